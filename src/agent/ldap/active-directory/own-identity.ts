// Who the agent is to this domain: its account, and every identity by which rights may be granted to it. Reads only.

import { DirectoryMisconfigured } from '../../directory/ports.js';
import type { LdapConnection } from '../connection.js';
import { refusedTo } from '../connection-failures.js';
import type { Held, ServiceAccountNames, Trustee } from '../dialect.js';
import type { DomainController } from './domain-controller.js';
import { guidName } from './object-guid.js';
import { sidText } from './object-sid.js';
import { EVERYONE } from './security-descriptor.js';
import { readServiceAccount } from './service-account.js';

export interface OwnIdentity {
  readonly samAccountName: string;
  readonly sid: string;
  /** Its groups, nested ones too. */
  readonly groups: readonly string[];
  /** Itself, its groups, and what everybody is who has signed in. */
  readonly sids: ReadonlySet<string>;
}

/** Authenticated Users, This Organization (MS-DTYP 2.4.2.4): not in tokenGroups, and true of whoever has signed in here. */
const AFTER_SIGN_IN = [EVERYONE, 'S-1-5-11', 'S-1-5-15'];

type Asked = Held<Pick<DomainController, 'domain'>, Pick<LdapConnection, 'search'>>;

/** Throws DirectoryMisconfigured when the account cannot be told, or may not read itself. */
export async function readOwnIdentity(
  held: Asked,
  names: ServiceAccountNames,
  signal: AbortSignal,
): Promise<OwnIdentity> {
  const anchor = await readServiceAccount(held, names, signal);
  if (anchor === 'elsewhere') {
    throw new DirectoryMisconfigured(
      `${names.bindName} is not an account of this domain: its groups are not known here`,
    );
  }
  const attributes = ['sAMAccountName', 'objectSid', 'tokenGroups'];
  const [entry] = await held.connection
    .search({ base: guidName(anchor), scope: 'base', attributes }, signal)
    .catch(refusedTo('show the service account to itself'));
  const sid = sidText(entry?.bytes('objectSid') ?? Buffer.alloc(0));
  const samAccountName = entry?.text('sAMAccountName');
  if (entry === undefined || sid === undefined || samAccountName === undefined) {
    throw new DirectoryMisconfigured('the service account may not read its own objectSid and sAMAccountName');
  }
  const groups = entry.allBytes('tokenGroups').flatMap((bytes) => sidText(bytes) ?? []);
  return { samAccountName, sid, groups, sids: new Set([sid, ...groups, ...AFTER_SIGN_IN]) };
}

/** As the commands of a delegation name it. */
export async function readTrustee(held: Asked, names: ServiceAccountNames, signal: AbortSignal): Promise<Trustee> {
  const { samAccountName, sid } = await readOwnIdentity(held, names, signal);
  return { name: `${held.server.domain.netbiosName}\\${samAccountName}`, sid };
}
