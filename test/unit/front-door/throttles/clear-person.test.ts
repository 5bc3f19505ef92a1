// An administrator lifts what holds for one person: all of it, whichever name it was counted under, and nobody else's.

import { expect, test } from 'vitest';
import { openSqliteStore } from '../../../../src/front-door/sqlite/sqlite-store.js';
import { clearPerson } from '../../../../src/front-door/throttles/clear-person.js';
import { THROTTLE_RULES, type ThrottleName } from '../../../../src/front-door/throttles/throttle-rules.js';
import { accountKey, createThrottles, nobodysKey, typedKey } from '../../../../src/front-door/throttles/throttles.js';
import { parseAccountAnchor, parseTenantId } from '../../../../src/protocol/identifiers.js';
import { FakeClock } from '../../../support/fake-clock.js';

const tenantId = parseTenantId('example');
const digestKey = new Uint8Array(32);
const ada = { tenantId, anchor: parseAccountAnchor('ada'), userIds: ['ada', 'ada@example.com'] };
const adas = accountKey(tenantId, ada.anchor);

async function counted() {
  const clock = new FakeClock();
  const store = await openSqliteStore({ path: ':memory:', clock });
  const throttles = createThrottles({ store: store.throttles, clock });
  const shut = async (name: ThrottleName, key: string) => {
    for (let left = THROTTLE_RULES[name].attemptsMax; left > 0; left -= 1) await throttles.attempt([{ name, key }]);
  };
  const clear = () => clearPerson({ store: store.throttles, digestKey, nowMs: clock.nowMs() }, ada);
  return { clock, throttles, shut, clear };
}

test('lifts every block of the account, of its methods and of its names, and says until when each held', async () => {
  const { clock, throttles, shut, clear } = await counted();
  const typed = typedKey(digestKey, tenantId, 'ada@example.com');
  const keys = [
    { name: 'failed-proofs', key: adas },
    { name: 'proof-attempts', key: `${adas}/email-code` },
    { name: 'resets', key: adas },
    { name: 'starts', key: `${adas}/192.0.2.1` },
    { name: 'starts', key: `${typed}/192.0.2.1` },
    { name: 'starts', key: `${nobodysKey(typed)}/192.0.2.1` },
    { name: 'starts-from-everywhere', key: typed },
    { name: 'failed-sign-ins', key: `${typed}/192.0.2.1` },
    { name: 'failed-sign-ins-from-everywhere', key: typed },
  ] as const;
  for (const { name, key } of keys) await shut(name, key);
  await throttles.attempt([{ name: 'code-mails', key: adas }]);
  const dayMs = THROTTLE_RULES['failed-proofs'].blockMs;
  const hourMs = THROTTLE_RULES.starts.blockMs;
  expect(await clear()).toEqual([
    { name: 'failed-proofs', blockedUntilMs: clock.nowMs() + dayMs },
    { name: 'proof-attempts', blockedUntilMs: clock.nowMs() + dayMs },
    { name: 'code-mails', blockedUntilMs: undefined },
    { name: 'resets', blockedUntilMs: clock.nowMs() + dayMs },
    { name: 'starts', blockedUntilMs: clock.nowMs() + hourMs },
    { name: 'starts-from-everywhere', blockedUntilMs: clock.nowMs() + hourMs },
    { name: 'failed-sign-ins', blockedUntilMs: clock.nowMs() + hourMs },
    { name: 'failed-sign-ins-from-everywhere', blockedUntilMs: clock.nowMs() + hourMs },
  ]);
  expect(await throttles.blockedUntil(keys)).toBeUndefined();
  expect(await clear()).toEqual([]);
});

test('leaves other people, the same name in another organisation, and addresses', async () => {
  const { throttles, shut, clear } = await counted();
  const others = [
    { name: 'failed-proofs', key: accountKey(tenantId, parseAccountAnchor('ada2')) },
    { name: 'failed-proofs', key: accountKey(parseTenantId('elsewhere'), ada.anchor) },
    { name: 'starts-from-everywhere', key: typedKey(digestKey, parseTenantId('elsewhere'), 'ada') },
    { name: 'failed-proofs-from-address', key: '192.0.2.1' },
  ] as const;
  for (const { name, key } of others) await shut(name, key);
  expect(await clear()).toEqual([]);
  for (const key of others) expect(await throttles.blockedUntil([key]), key.name).toBeDefined();
});
