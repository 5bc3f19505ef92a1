// Who may keep a directory's mirror: one at a time, and never nobody for long.

import { expect, test } from 'vitest';
import { LEASE_UNUSED_MS, LEASE_WITHOUT_PASS_MS, mayLead } from '../../../../src/front-door/people/sync-lease.js';
import { parseAgentId } from '../../../../src/protocol/identifiers.js';

const first = parseAgentId('00000000-0000-4000-8000-0000000000a1');
const second = parseAgentId('00000000-0000-4000-8000-0000000000a2');

const nowMs = 100 * LEASE_WITHOUT_PASS_MS;
const lease = (completedAgoMs: number, usedAgoMs: number) => ({
  agentId: first,
  fence: 3,
  completedAtMs: nowMs - completedAgoMs,
  usedAtMs: nowMs - usedAgoMs,
});

test.each([
  ['nobody has it', undefined, second, [second], true],
  ['it has it already', lease(0, 0), first, [first, second], true],
  ['it has it, and another is linked too', lease(0, 0), first, [second], true],
  ['another has it and works', lease(0, 0), second, [first, second], false],
  ['another has it and is gone', lease(0, 0), second, [second], true],
  ['another completes nothing', lease(LEASE_WITHOUT_PASS_MS, LEASE_UNUSED_MS), second, [first, second], true],
  ['another is at a long pass', lease(LEASE_WITHOUT_PASS_MS, LEASE_UNUSED_MS - 1), second, [first, second], false],
  ['another rests between two', lease(LEASE_WITHOUT_PASS_MS - 1, LEASE_UNUSED_MS), second, [first, second], false],
] as const)('%s', (_, held, agentId, linked, expected) => {
  const isLinked = (id: string) => (linked as readonly string[]).includes(id);
  expect(mayLead(held, { agentId, isLinked, nowMs })).toBe(expected);
});
