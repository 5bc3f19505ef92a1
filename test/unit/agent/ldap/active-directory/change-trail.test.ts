// By which of its two ways changes of Active Directory are followed, and what each says of who is gone.

import { describe, expect, test } from 'vitest';
import { changeTrail } from '../../../../../src/agent/ldap/active-directory/change-trail.js';
import { LdapRefusal } from '../../../../../src/agent/ldap/ldap-errors.js';
import { aLease, anAccountEntry } from '../../../../support/account-leases.js';
import { anEntry } from '../../../../support/ldap-entries.js';

const trail = changeTrail([]);
const signal = () => new AbortController().signal;
const root = anEntry({ dn: '', highestCommittedUSN: '41' });
const somebodyDeleted = anAccountEntry();

/** A controller that counts its changes, and refuses DirSync so. */
function controller(answers: Parameters<typeof aLease>[0], refusal?: LdapRefusal) {
  const { connection, server } = aLease(answers);
  return {
    connection: refusal === undefined ? connection : { ...connection, searchChanges: () => Promise.reject(refusal) },
    server: { ...server, invocationId: 'of-dc1' },
  };
}

async function begun(refusal?: LdapRefusal) {
  const read = await trail.begin(controller([[somebodyDeleted], [root]], refusal), signal());
  read.note(anAccountEntry({ uSNChanged: '40' }));
  return read.end() ?? '';
}

describe('a whole read', () => {
  test('is followed on by DirSync where that is answered, which tells who is gone to whom they are shown', async () => {
    const cursor = await begun();
    expect(JSON.parse(cursor)).toMatchObject({ dirSync: 'DC=corp' });
    expect(trail.areGoneTold(cursor)).toBe(true);
  });

  test.each([
    ['knows no such question', 12],
    ['does not let us ask it', 50],
    ['does not do as it is asked', 53],
  ])('is followed on by uSNChanged where the controller %s, and who is gone is looked for', async (_, code) => {
    const cursor = await begun(new LdapRefusal(code, ''));
    expect(JSON.parse(cursor)).toEqual({ counted: 'uSNChanged', incarnation: 'of-dc1', last: '41' });
    expect(trail.areGoneTold(cursor)).toBe(false);
    const step = await trail.follow(controller([[root]]), cursor, signal()).next();
    expect(step).toEqual({ value: cursor, done: true });
  });

  test('fails where the controller is only busy, and is not followed in another way from then on', async () => {
    const busy = new LdapRefusal(51, '');
    await expect(begun(busy)).rejects.toBe(busy);
  });
});
