// The large directories that passes are measured on: how each is filled, asked by the yardstick, and changed by its administrator.

import { join } from 'node:path';
import type { ChangeCursor } from '../../src/agent/directory/ports.js';
import { activeDirectory } from '../../src/agent/ldap/active-directory/active-directory.js';
import { openLdap } from '../../src/agent/ldap/openldap/openldap.js';
import { systemClock } from '../../src/timing/clock.js';
import type { openCertificateAuthority } from '../lab/certificate-authority.js';
import { peopleLdif, startOpenLdap } from '../lab/openldap-directory.js';
import { prepareSambaDomain, startSambaDomain } from '../lab/samba-domain.js';
import { addCrowd, ensurePeople, LAB_PASSWORD_RULES } from '../lab/samba-people.js';
import { newPassword } from './bench-accounts.js';
import type { BridgedDirectory } from './bridge.js';
import { openLdapVersion, sambaVersion } from './machine.js';

export interface Crowd extends AsyncDisposable {
  /** As in "an OpenLDAP". */
  readonly name: string;
  readonly version: string;
  readonly directory: BridgedDirectory;
  readonly administrator: Pick<BridgedDirectory, 'bindName' | 'bindPassword'>;
  /** What the agent's own read of everybody asks for, as ldapsearch takes it. */
  readonly search: {
    readonly filter: string;
    readonly attributes: readonly string[];
    readonly controls: readonly string[];
  };
  /** Whoever was changed since, besides being somebody. `since`: as in `20261125193000`. */
  changedFilter(since: string): string;
  /** Where to follow changes from to be told of everybody; undefined: the directory does not tell of them so. */
  readonly fromTheBeginning: ((cursor: ChangeCursor) => ChangeCursor) | undefined;
  /** The name of a person's entry, by number. */
  dnOf(number: number): string;
}

export interface CrowdOptions {
  readonly folder: string;
  readonly address: string;
  readonly authority: Awaited<ReturnType<typeof openCertificateAuthority>>;
  readonly people: number;
}

const LONG_AGO_MS = 86_400_000;
const SUFFIX = 'dc=example,dc=com';

export async function openLdapCrowd({ folder, address, authority, people }: CrowdOptions): Promise<Crowd> {
  // Long settled: what was written just now is looked at again by every delta for a while.
  const writtenAt = new Date(systemClock.nowMs() - LONG_AGO_MS);
  // An address that is not the name, as many organisations have it, is the harder case: each is one more name to be found by.
  const mailOf = (number: number) => `given.family${number}@example.com`;
  const ldif = peopleLdif({
    peopleDn: `ou=people,${SUFFIX}`,
    count: people,
    password: newPassword(),
    mailOf,
    writtenAt,
  });
  const placed = { folder: join(folder, 'openldap'), address, authority, suffix: SUFFIX };
  // A unit that is as young as the last of its people is looked through again by the first delta.
  const unitsWrittenAt = new Date(writtenAt.getTime() - people * 1000 - LONG_AGO_MS);
  const slapd = await startOpenLdap({ ...placed, ldif, writtenAt: unitsWrittenAt });
  const { accounts } = openLdap({ baseDn: SUFFIX, clock: systemClock });
  const { bindName, password } = slapd.serviceAccount;
  return {
    name: 'an OpenLDAP',
    version: await openLdapVersion(),
    directory: {
      kind: 'openldap',
      url: slapd.url,
      baseDn: SUFFIX,
      scope: slapd.peopleDn,
      bindName,
      bindPassword: password,
    },
    administrator: { bindName: slapd.adminDn, bindPassword: slapd.adminPassword },
    search: { filter: accounts.everybody.toString(), attributes: accounts.search.attributes, controls: [] },
    changedFilter: (since) => `(&${accounts.everybody}(modifyTimestamp>=${since}Z))`,
    fromTheBeginning: undefined,
    dnOf: (number) => `uid=person${number},${slapd.peopleDn}`,
    [Symbol.asyncDispose]: () => slapd.stop(),
  };
}

const UNIT = 'OU=Staff';
const SERVICE_UNIT = 'OU=Service Accounts';
const SERVICE_ACCOUNT = 'svc-drawbridge';
/** Permissions alone (LDAP_SERVER_SD_FLAGS_OID, MS-ADTS 3.1.1.3.4.1.11), as the agent asks for them: a sequence of the number 4. */
const DACL_ONLY = '1.2.840.113556.1.4.801=::MAMCAQQ=';

export async function domainCrowd({ folder, address, authority, people }: CrowdOptions): Promise<Crowd> {
  const servicePassword = newPassword();
  const placed = { folder: join(folder, 'domain') };
  const prepared = await prepareSambaDomain(placed);
  await ensurePeople(prepared, {
    units: [UNIT, SERVICE_UNIT],
    policy: LAB_PASSWORD_RULES,
    people: [],
    serviceAccounts: [
      { samAccountName: SERVICE_ACCOUNT, password: servicePassword, unit: SERVICE_UNIT, delegatedUnits: [UNIT] },
    ],
  });
  await addCrowd(prepared, { unit: UNIT, count: people });
  const domain = await startSambaDomain({ ...placed, address, authority });
  const { accounts } = activeDirectory();
  const realm = domain.realm.toLowerCase();
  return {
    name: 'a Samba Active Directory',
    version: await sambaVersion(),
    directory: {
      kind: 'active-directory',
      url: domain.url,
      baseDn: domain.baseDn,
      scope: `${UNIT},${domain.baseDn}`,
      bindName: `${SERVICE_ACCOUNT}@${realm}`,
      bindPassword: servicePassword,
    },
    administrator: { bindName: `${domain.adminName}@${realm}`, bindPassword: domain.adminPassword },
    search: {
      filter: accounts.everybody.toString(),
      attributes: accounts.search.attributes,
      controls: [DACL_ONLY],
    },
    changedFilter: (since) => `(&${accounts.everybody}(whenChanged>=${since}.0Z))`,
    dnOf: (number) => `CN=person${number},${UNIT},${domain.baseDn}`,
    fromTheBeginning: (cursor) => JSON.stringify({ ...JSON.parse(cursor), accounts: '' }),
    [Symbol.asyncDispose]: () => domain.stop(),
  };
}
