// Asking what the last passes over the directories came to: what agents told, and nothing of another organisation.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { passReportsAnswerSchema } from '../../../../src/front-door/api/api-documents.js';
import { parseAgentId, parseTenantId } from '../../../../src/protocol/identifiers.js';
import { aFailedPass, anEndedPass } from '../../../support/pass-reports.js';
import { type ApiBench, makeApiBench } from './api-bench.js';

const agentId = parseAgentId('00000000-0000-4000-8000-0000000000a1');
const from = { tenantId: parseTenantId('example'), agentId };

let bench: ApiBench;
beforeEach(async () => {
  bench = await makeApiBench();
});
afterEach(async () => {
  expect(bench.failed).toEqual([]);
  await bench[Symbol.asyncDispose]();
});

async function passesOf(query = '') {
  const answer = await bench.caller.get(`/passes${query}`);
  expect(answer.statusCode).toBe(200);
  return passReportsAnswerSchema.parse(answer.json());
}

test('nothing was told yet', async () => {
  expect(await passesOf()).toEqual({ tenantId: 'example', passes: [], nowMs: bench.clock.nowMs() });
});

test('they come as they were told, of one directory or of all, and of no other organisation', async () => {
  const held = { planId: '0123456789ab', because: 'share' as const, gone: 40, present: 100, names: ['ada'] };
  const passes = [anEndedPass({ generation: 1, held }), aFailedPass(2), aFailedPass(3, 'staff')];
  for (const pass of passes) await bench.store.passReports.keep(from, pass);
  await bench.store.passReports.keep({ ...from, tenantId: parseTenantId('elsewhere') }, aFailedPass(9));
  const receivedAtMs = bench.clock.nowMs();
  const [full, failed, other] = passes.map((pass) => ({ ...pass, agentId, receivedAtMs }));

  expect((await passesOf()).passes).toEqual([other, failed, full]);
  expect((await passesOf('?directoryId=staff')).passes).toEqual([other]);
  expect((await passesOf('?directoryId=labs')).passes).toEqual([]);
  expect((await passesOf('?kind=full')).passes).toEqual([full]);
  expect((await passesOf('?directoryId=corp&kind=failed')).passes).toEqual([failed]);
});

test.each([
  '?directoryId=',
  '?directoryId=A%20B',
  '?directory=corp',
  '?kind=dry-run',
  '?directoryId=corp&directoryId=staff',
])('asked for as %s they are refused', async (query) => {
  expect((await bench.caller.get(`/passes${query}`)).statusCode).toBe(422);
});
