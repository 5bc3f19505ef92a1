// What the domain itself says happened, asked past both programs: how often a password was written or failed, and who can sign in.

import { EqualityFilter } from 'ldapts';
import { proveBind } from '../../scripts/lab/proofs.js';
import { boundAs } from '../support/directory-administrator.js';
import type { TestDomain } from '../support/samba.js';

/**
 * How many times each account's password has been written since it was made: every originating write raises the version of
 * `unicodePwd` in `replPropertyMetaData` by one, whatever it wrote.
 */
export async function passwordWritesOf(domain: TestDomain, accounts: readonly string[]): Promise<readonly number[]> {
  const administrator = { bindName: `${domain.adminName}@${domain.realm}`, password: domain.adminPassword };
  return boundAs(domain, administrator, async (client) => {
    const writes: number[] = [];
    for (const account of accounts) {
      const { searchEntries } = await client.search(domain.baseDn, {
        filter: new EqualityFilter({ attribute: 'sAMAccountName', value: account }),
        attributes: [METADATA],
        explicitBufferAttributes: [METADATA],
      });
      const data = searchEntries[0]?.[METADATA];
      if (!Buffer.isBuffer(data)) throw new Error(`nothing is known of ${account}`);
      writes.push(versionOf(UNICODE_PWD, data));
    }
    return writes;
  });
}

/** The same of one account. */
export async function passwordWrites(domain: TestDomain, account: string): Promise<number> {
  const [writes = 0] = await passwordWritesOf(domain, [account]);
  return writes;
}

const METADATA = 'replPropertyMetaData';
/** Its ATTRTYP, as the default prefix table of MS-DRSR 5.16.4 makes it of 1.2.840.113556.1.4.90. */
const UNICODE_PWD = 0x0009005a;
/** Version, reserved, count and reserved; then for each attribute its id, its version and 40 bytes on when and where. */
const HEADER_BYTES = 16;
const ENTRY_BYTES = 48;

/** 0 for an attribute that was never written. */
function versionOf(attribute: number, metadata: Buffer): number {
  const count = metadata.readUInt32LE(8);
  for (let entry = 0; entry < count; entry++) {
    const at = HEADER_BYTES + entry * ENTRY_BYTES;
    if (metadata.readUInt32LE(at) === attribute) return metadata.readUInt32LE(at + 4);
  }
  return 0;
}

/** How many failed sign-ins the domain counts for the account just now. */
export async function failedSignIns(domain: TestDomain, account: string): Promise<number> {
  const administrator = { bindName: `${domain.adminName}@${domain.realm}`, password: domain.adminPassword };
  return boundAs(domain, administrator, async (client) => {
    const filter = new EqualityFilter({ attribute: 'sAMAccountName', value: account });
    const { searchEntries } = await client.search(domain.baseDn, { filter, attributes: ['badPwdCount'] });
    return Number(searchEntries[0]?.badPwdCount ?? 0);
  });
}

/** Whether the person can sign in with this password. */
export async function canSignIn(domain: TestDomain, account: string, password: string): Promise<boolean> {
  const bindName = `${account}@${domain.realm.toLowerCase()}`;
  const { kind, said } = await proveBind({ url: domain.url, caFile: domain.caFile, bindName, password });
  if (kind === 'unreachable') throw new Error(`nothing is proven: ${said}`);
  return kind === 'accepted';
}
