// A real OpenLDAP with a crowd in it, both programs before it, and two truths to compare: what the directory holds, asked as its
// administrator, and what the front door's mirror holds, read from its file.

import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Client } from 'ldapts';
import { Attribute, Change } from 'ldapts';
import { inject, vi } from 'vitest';
import { z } from 'zod';
import { openCertificateAuthority } from '../../scripts/lab/certificate-authority.js';
import { LAB_RANGES, pickLabAddress } from '../../scripts/lab/lab-address.js';
import { type OpenLdapDirectory, peopleLdif, startOpenLdap } from '../../scripts/lab/openldap-directory.js';
import { type PassRecord, passRecordSchema } from '../../src/agent/sync/pass-report.js';
import { parseAccountAnchor } from '../../src/protocol/identifiers.js';
import { accountOf, personValuesSchema } from '../../src/protocol/person-values.js';
import { asAdministrator } from '../support/directory-administrator.js';
import { type Bridge, type BridgeOptions, makeBridge, succeeded, TENANT } from './bridge.js';

export interface SyncBench extends AsyncDisposable {
  readonly server: OpenLdapDirectory;
  readonly bridge: Bridge;
  /** By uid. */
  directory(): Promise<Truth>;
  mirror(): Truth;
  /** How many accounts the front door has written into its mirror after that time; who has gone is not among them. */
  writtenAfter(timeMs: number): number;
  add(...uids: readonly string[]): Promise<void>;
  remove(...uids: readonly string[]): Promise<void>;
  /** Another name for the person, and another mail address. */
  change(...uids: readonly string[]): Promise<void>;
  /** Another agent of the same directory at the same front door, enrolled, not started. */
  secondAgent(): Promise<Bridge>;
  /** `drawbridge agent sync --json`. */
  sync(...args: readonly string[]): Promise<{ readonly code: number | null; readonly record: PassRecord }>;
}

/** What both sides must agree in: anchor, name and address of everybody. */
export type Truth = Readonly<Record<string, { anchor: string; displayName: string; mail: readonly string[] }>>;

const SUFFIX = 'dc=example,dc=com';
/** Far below what OpenLDAP lets one connection have (`conn_max_pending_auth`). */
const WRITES_AT_ONCE = 50;
const WHOLE_WITHIN = { timeout: 30_000, interval: 200 };

/** `further`: added to the agent's directory, and to the front door's tenant. */
export async function openSyncBench(
  people: number,
  further: Pick<BridgeOptions, 'directory' | 'tenant'> = {},
): Promise<SyncBench> {
  const folder = await mkdtemp(join(inject('labFolder'), 'sync-'));
  const authority = await openCertificateAuthority(folder);
  const server = await startOpenLdap({
    folder: join(folder, 'directory'),
    address: await pickLabAddress(LAB_RANGES.tests),
    authority,
    ldif: peopleLdif({ peopleDn: `ou=people,${SUFFIX}`, count: people, password: 'unused' }),
    durability: 'no-sync',
  });
  const options = {
    domain: { ...server, folder, baseDn: SUFFIX, realm: 'LDAP.EXAMPLE.COM' },
    authority,
    directory: { kind: 'openldap', operationTimeoutMs: 1_000, connectTimeoutMs: 1_000, ...further.directory },
    tenant: further.tenant ?? {},
  };
  const bridge = await makeBridge({ ...options, name: 'bridge' });
  let serial = 0;
  const dnOf = (uid: string) => `uid=${uid},${server.peopleDn}`;
  const forAll = (uids: readonly string[], act: (client: Client, uid: string) => Promise<unknown>) =>
    asAdministrator(server, async (client) => {
      for (let at = 0; at < uids.length; at += WRITES_AT_ONCE)
        await Promise.all(uids.slice(at, at + WRITES_AT_ONCE).map((uid) => act(client, uid)));
    });
  return {
    server,
    bridge,
    directory: () => directoryTruth(server),
    mirror: () => mirrorTruth(bridge),
    writtenAfter: (timeMs) => {
      const [row] = rowsOf(bridge, 'select count(*) as written from accounts where seen_at_ms > ?', timeMs);
      return Number(row?.written);
    },
    add: (...uids) =>
      forAll(uids, (client, uid) =>
        client.add(dnOf(uid), {
          objectClass: 'inetOrgPerson',
          uid,
          cn: `Person ${uid}`,
          sn: 'Example',
          mail: `${uid}@example.com`,
        }),
      ),
    remove: (...uids) => forAll(uids, (client, uid) => client.del(dnOf(uid))),
    change: (...uids) =>
      forAll(uids, (client, uid) => {
        serial += 1;
        const replaced = { displayName: `Név ${serial}`, mail: `${uid}.${serial}@example.com` };
        const changes = Object.entries(replaced).map(
          ([type, value]) =>
            new Change({ operation: 'replace', modification: new Attribute({ type, values: [value] }) }),
        );
        return client.modify(dnOf(uid), changes);
      }),
    secondAgent: async () => {
      const second = await makeBridge({ ...options, name: 'second', linkPortFor: async () => bridge.frontDoorPort });
      const code = succeeded(await bridge.frontDoor(['enrolment-code', TENANT])).trim();
      succeeded(await second.agent(['enrol', '--name', 'dc2'], code));
      return second;
    },
    sync: (...args) => syncOf(bridge, ...args),
    [Symbol.asyncDispose]: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** `drawbridge agent sync --json` of this agent. */
export async function syncOf(
  bridge: Bridge,
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly record: PassRecord }> {
  const { code, output, errorOutput } = await bridge.agent(['sync', '--json', ...args]);
  const [record] = output === '' ? [] : z.array(passRecordSchema).parse(JSON.parse(output));
  if (record === undefined) throw new Error(errorOutput);
  return { code, record };
}

/** Has passes made until one is whole, and resolves to what that one found to do; the link may still be on its way. */
export function untilWhole(bench: SyncBench, ...kind: readonly string[]) {
  return vi.waitFor(async () => {
    const { code, record } = await bench.sync(...kind);
    if (code !== 0 || record.result.kind !== 'done') throw new Error(`not whole: ${JSON.stringify(record)}`);
    return record.result.report;
  }, WHOLE_WITHIN);
}

function directoryTruth(server: OpenLdapDirectory): Promise<Truth> {
  return asAdministrator(server, async (client) => {
    const { searchEntries } = await client.search(server.peopleDn, {
      filter: '(objectClass=inetOrgPerson)',
      attributes: ['uid', 'entryUUID', 'cn', 'displayName', 'mail'],
      paged: true,
    });
    return Object.fromEntries(
      searchEntries.map(({ uid, entryUUID, cn, displayName, mail }) => [
        String(uid),
        {
          anchor: String(entryUUID),
          displayName: String(displayName === undefined || displayName.length === 0 ? cn : displayName),
          mail: [mail ?? []].flat().map(String),
        },
      ]),
    );
  });
}

function mirrorTruth(bridge: Bridge): Truth {
  const rows = rowsOf(bridge, 'select anchor, person from accounts where absent_since_ms is null');
  const accounts = rows.map(({ anchor, person }) =>
    accountOf(personValuesSchema.parse(JSON.parse(String(person))), {
      anchor: parseAccountAnchor(String(anchor)),
      disposition: { kind: 'not-managed-here' },
    }),
  );
  const inPeople = accounts.filter(({ samAccountName }) => samAccountName !== 'svc-drawbridge');
  return Object.fromEntries(
    inPeople.map(({ samAccountName, anchor, displayName, mail }) => [samAccountName, { anchor, displayName, mail }]),
  );
}

/** Read beside the front door, or after its end. */
function rowsOf({ frontDoorData }: Bridge, statement: string, ...values: readonly number[]) {
  const file = new DatabaseSync(join(frontDoorData, 'front-door.sqlite'), { readOnly: true });
  try {
    return file.prepare(statement).all(...values);
  } finally {
    file.close();
  }
}
