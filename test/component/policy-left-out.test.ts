// A policy that was put over the API outlives the settings it was put under: the front door says at its start what of it cannot work any
// more, and `explain` says it too.

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSqliteStore } from '../../src/front-door/sqlite/sqlite-store.js';
import { policyDocumentSchema } from '../../src/front-door/tenants/policy-document.js';
import { parseTenantId } from '../../src/protocol/identifiers.js';
import { systemClock } from '../../src/timing/clock.js';
import { runDrawbridge, startProgram } from '../support/programs.js';
import { loneFrontDoor, SETTINGS } from './lone-front-door.js';

const document = policyDocumentSchema.parse({
  reset: 'everyone',
  policies: [
    { name: 'all', appliesTo: 'everyone', gates: 2, methods: ['email-code', 'text-message', 'security-questions'] },
  ],
});

test('what the settings do not set up any more is told at the start and by explain, and not warned of as if it held', async () => {
  await using house = await loneFrontDoor();
  const config = await house.settings({ tenants: SETTINGS.tenants.map((each) => ({ ...each, policySource: 'api' })) });
  const start = async (log: string) => {
    const args = ['front-door', '--config', config];
    const program = await startProgram({ args, logFile: join(house.folder, log) });
    await program.until('front-door-started');
    return program;
  };
  const first = await start('before.log');
  await first.end('SIGTERM');
  expect(first.lines('policy-method-left-out')).toEqual([]);
  {
    const path = join(house.folder, 'data', 'front-door.sqlite');
    await using store = await openSqliteStore({ path, clock: systemClock });
    await store.policies.put(parseTenantId('example'), { document, putAtMs: 1, tokenId: 'token-1' }, 0);
  }
  await using program = await start('after.log');
  await program.until('policy-method-left-out', 2);
  await program.end('SIGTERM');
  expect(program.lines('policy-method-left-out')).toMatchObject([
    {
      level: 'warn',
      tenantId: 'example',
      policy: 'all',
      method: 'text-message',
      why: expect.stringContaining('gateway'),
    },
    { level: 'warn', tenantId: 'example', policy: 'all', method: 'security-questions' },
  ]);
  expect(program.lines('security-questions-taken')).toEqual([]);
  const explained = await runDrawbridge(['front-door', 'explain', 'example', 'ada', '--json', '--config', config]);
  expect(JSON.parse(explained.output).policyFrom).toContain('text-message of all is left out');
});
