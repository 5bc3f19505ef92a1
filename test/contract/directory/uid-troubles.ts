// Troubles that OpenLDAP and 389 Directory Server meet alike, as sentences that each of their files says of its own server: expired
// passwords, and sockets cut in the middle of a reset.

import { describe, expect, test } from 'vitest';
import { SAMPLE_PASSWORD } from '../../../scripts/lab/sample-people.js';
import type { DirectoryKind } from '../../../src/agent/directory/directory-kind.js';
import type { Directory, Settlement } from '../../../src/agent/directory/ports.js';
import type { Cut } from '../../support/cutting-proxy.js';
import { change, reset } from './directory-contract.js';
import {
  accountOf,
  applyTo,
  aSecondAfter,
  behindProxy,
  intentFor,
  type LdapForTests,
  signsIn,
  unsettled,
} from './ldap-under-test.js';

const signal = () => AbortSignal.timeout(20_000);

/** Once for a file. `server` and `directory` are asked for inside the tests only. */
export function meetsUidTroubles(under: {
  readonly kind: DirectoryKind;
  readonly server: () => LdapForTests;
  readonly directory: () => Directory;
  /** What a reset settles as that never reached the server, and whose it is. */
  readonly lostRequest: readonly [Settlement, uid: string];
}): void {
  test('whose password has expired changes it by the current one, and by no other', async () => {
    const directory = under.directory();
    expect((await accountOf(directory, 'mona')).state).toMatchObject({ isPasswordExpired: true, mustChange: false });
    expect(await applyTo(directory, 'mona', change('Wrong-Gate-91', 'Lantern-Quay-70'))).toMatchObject({
      kind: 'wrong-password',
    });
    expect(await applyTo(directory, 'mona', change(SAMPLE_PASSWORD, 'Lantern-Quay-71'))).toEqual({ kind: 'applied' });
    expect(await signsIn(under.server(), { uid: 'mona', password: 'Lantern-Quay-71' })).toBe(true);
  });

  test('a password that has to be changed is never set where the rules do not make anybody change it', async () => {
    expect(await applyTo(under.directory(), 'ada', { ...reset('Lantern-Quay-58'), mustChange: true })).toEqual({
      kind: 'agent-fault',
      reason: 'must-change-has-no-effect',
      evidence: undefined,
    });
    expect(await signsIn(under.server(), { uid: 'ada', password: SAMPLE_PASSWORD })).toBe(true);
  });

  describe('behind a proxy that cuts', () => {
    const [whenNeverSent, personNeverReached] = under.lostRequest;
    test.each<[Cut, Settlement, string]>([
      ['lose-answer', 'applied', 'kim1'],
      ['lose-request', whenNeverSent, personNeverReached],
    ])('a reset that meets %s is lost, and settles as %s', async (cut, settlement, uid) => {
      await using path = await behindProxy(under.server(), under.kind);
      await using intent = await intentFor(path.directory, uid);
      await aSecondAfter(intent);

      path.proxy.cutNext(cut);
      expect(await intent.apply(reset('Lantern-Quay-72'), signal())).toEqual({ kind: 'answer-lost' });

      expect(await path.directory.settle(unsettled(intent, 'reset'), signal())).toBe(settlement);
      expect(await signsIn(under.server(), { uid, password: 'Lantern-Quay-72' })).toBe(settlement === 'applied');
    });
  });
}
