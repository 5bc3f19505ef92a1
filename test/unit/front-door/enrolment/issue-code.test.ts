// How many codes and agents there may be: beyond that nobody is given a code.

import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { ENROLMENT_LIMITS } from '../../../../src/front-door/enrolment/agent-registry.js';
import { generateFrontDoorKey, readFrontDoorKey } from '../../../../src/front-door/enrolment/front-door-key.js';
import { issueEnrolmentCode } from '../../../../src/front-door/enrolment/issue-code.js';
import { parseAgentId, parseTenantId } from '../../../../src/protocol/identifiers.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { memoryAgentRegistry } from '../../../support/memory-agent-registry.js';

const tenantId = parseTenantId('example');

function anIssuer() {
  const registry = memoryAgentRegistry();
  const frontDoorKey = readFrontDoorKey(generateFrontDoorKey());
  const issue = (tenant = tenantId) =>
    issueEnrolmentCode({ registry, frontDoorKey, clock: new FakeClock(), random: randomBytes }, tenant);
  return { registry, issue };
}

test('no code is issued to a tenant with as many agents as it may have, until one is revoked', async () => {
  const { registry, issue } = anIssuer();
  const idOf = (index: number) => parseAgentId(`00000000-0000-4000-8000-${String(index).padStart(12, '0')}`);
  for (let index = 0; index < ENROLMENT_LIMITS.agentsPerTenantMax; index += 1) {
    await registry.add({
      agentId: idOf(index),
      tenantId,
      name: 'srv',
      identityPublicKey: new Uint8Array(32),
      enrolledAtMs: 1,
      lastSeenAtMs: undefined,
      isRevoked: false,
    });
  }
  await expect(issue()).rejects.toMatchObject({ code: 'no-more-enrolments' });
  expect((await issue(parseTenantId('elsewhere'))).code.expose()).toMatch(/^DB1-/);
  await registry.revoke(idOf(0));
  expect((await issue()).code.expose()).toMatch(/^DB1-/);
});

test('no code is issued while too many wait for their use', async () => {
  const { issue } = anIssuer();
  for (let index = 0; index < ENROLMENT_LIMITS.codesMax; index += 1) await issue();
  await expect(issue()).rejects.toMatchObject({ code: 'no-more-enrolments' });
});
