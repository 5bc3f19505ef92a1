// `bench reset`: whole sealed resets on a real Samba Active Directory, beside a bare warm LDAP modify of the same accounts on
// the same domain controller, and beside the agent's own directory adapter alone (which reads the account before it writes).

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'ldapts';
import { guidText } from '../../src/agent/ldap/active-directory/object-guid.js';
import { openCertificateAuthority } from '../lab/certificate-authority.js';
import { DIRECTORY_PORTS, LAB_RANGES, pickLabAddress } from '../lab/lab-address.js';
import { LabFailure } from '../lab/lab-failure.js';
import { type SambaDomain, startSambaDomain } from '../lab/samba-domain.js';
import { ensurePeople, LAB_PASSWORD_RULES } from '../lab/samba-people.js';
import { openAdapter } from './adapter-alone.js';
import { BareWriter } from './bare-writer.js';
import { accountsFor, type BenchAccount, inTurn, newPassword } from './bench-accounts.js';
import type { BenchOptions } from './bench-options.js';
import { agentDurationsMs, type BridgedDirectory, startBridge } from './bridge.js';
import { measureLedgerSync } from './ledger-sync.js';
import { describeMachine, sambaVersion } from './machine.js';
import { MinimalBridge } from './minimal-bridge/minimal-bridge.js';
import { partsOf } from './parts.js';
import { Portal } from './portal.js';
import { type BenchReport, waysOf } from './report.js';
import { measureRounds, type RoundsPlan } from './rounds.js';

const PLAN = { inARow: 50, inTurn: 50, pauseMs: 20, together: 64, callers: 16, warmUp: 500 };
const AIM_RATIO = 1.25;
const FRONT_DOOR_PORT = 8443;
const MINIMAL_DOOR_PORT = 8444;
const UNIT = 'OU=Staff';
const SERVICE_UNIT = 'OU=Service Accounts';
const SERVICE_ACCOUNT = 'svc-drawbridge';

export async function benchReset(options: BenchOptions): Promise<BenchReport> {
  const { folder, onStep } = options;
  const plan: RoundsPlan = { ...PLAN, rounds: options.rounds };
  await using stack = new AsyncDisposableStack();
  const authority = await openCertificateAuthority(join(folder, 'ca'));
  const host = await pickLabAddress(LAB_RANGES.bench, [...DIRECTORY_PORTS, FRONT_DOOR_PORT, MINIMAL_DOOR_PORT]);

  onStep('Starting the directory (a throw-away Samba Active Directory domain) and its people');
  const domain = stack.use(await startSambaDomain({ folder: join(folder, 'domain'), address: host, authority }));
  const servicePassword = newPassword();
  await addPeople(
    domain,
    servicePassword,
    accountsFor(plan.warmUp + plan.rounds * (plan.inARow + plan.inTurn + plan.together)),
  );
  const directory: BridgedDirectory = {
    kind: 'active-directory',
    url: domain.url,
    baseDn: domain.baseDn,
    scope: `${UNIT},${domain.baseDn}`,
    bindName: `${SERVICE_ACCOUNT}@${domain.realm.toLowerCase()}`,
    bindPassword: servicePassword,
  };
  const accounts = await readAccounts(domain, directory);
  const [someAccount] = accounts;
  if (someAccount === undefined) throw new LabFailure('the directory shows none of its people');

  onStep('Starting the front door and the agent');
  const places = { folder, host, port: FRONT_DOOR_PORT };
  const bridge = await startBridge({ places, authority, directory, portals: 2, stack });
  const connections = plan.callers;
  const portal = stack.use(await Portal.open({ ...bridge, caFile: authority.caFile, someAccount, connections }));
  const bare = stack.use(await BareWriter.open({ ...directory, caFile: authority.caFile, connections }));
  const minimal = stack.use(
    await MinimalBridge.open({
      host,
      port: MINIMAL_DOOR_PORT,
      authority,
      directory: { ...directory, caFile: authority.caFile, connections },
      write: 'active-directory',
    }),
  );
  const adapter = stack.use(await openAdapter(directory, authority.caFile));

  const bareAccount = inTurn(accounts);
  const minimalAccount = inTurn(accounts);
  const adapterAccount = inTurn(accounts);
  const bridgeAccount = inTurn(accounts);
  const times = await measureRounds(
    [
      { name: 'bare warm modify', run: () => bare.reset(bareAccount(), newPassword(), 'active-directory') },
      { name: 'a minimal sealed bridge', run: () => minimal.reset(minimalAccount(), newPassword()) },
      { name: "the agent's adapter alone", run: () => adapter.reset(adapterAccount()) },
      { name: 'sealed reset through the API', run: () => portal.reset(bridgeAccount(), newPassword()) },
    ],
    plan,
    (round) => onStep(`Measuring, round ${round + 1} of ${plan.rounds}`),
  );
  const ways = waysOf(times);
  const measured = ways.at(-1)?.inARow.p50Ratio.median ?? Number.NaN;
  return {
    name: 'reset',
    about: 'A password reset on Samba Active Directory over LDAPS.',
    machine: [...(await describeMachine()), await sambaVersion()],
    ...plan,
    ways,
    parts: [
      ...partsOf(portal.resets, await agentDurationsMs(bridge.agentLogFile), plan),
      measureLedgerSync(bridge.agentDataFolder),
    ],
    aim: { text: `at most ${AIM_RATIO} × the bare p50`, measured, isMet: measured <= AIM_RATIO },
  };
}

async function addPeople(domain: SambaDomain, servicePassword: string, count: number): Promise<void> {
  await ensurePeople(domain, {
    units: [UNIT, SERVICE_UNIT],
    policy: LAB_PASSWORD_RULES,
    people: Array.from({ length: count }, (_, number) => ({
      samAccountName: `person${number}`,
      password: newPassword(),
      unit: UNIT,
      mail: `person${number}@corp.example.com`,
      otherMailboxes: [`person${number}@example.net`],
    })),
    serviceAccounts: [
      { samAccountName: SERVICE_ACCOUNT, password: servicePassword, unit: SERVICE_UNIT, delegatedUnits: [UNIT] },
    ],
  });
}

async function readAccounts(domain: SambaDomain, directory: BridgedDirectory): Promise<BenchAccount[]> {
  const tlsOptions = { ca: await readFile(domain.caFile, 'utf8'), minVersion: 'TLSv1.2' } as const;
  const client = new Client({ url: directory.url, tlsOptions });
  await client.bind(directory.bindName, directory.bindPassword);
  const { searchEntries } = await client.search(directory.scope, {
    scope: 'one',
    filter: '(sAMAccountName=person*)',
    attributes: ['objectGUID'],
    explicitBufferAttributes: ['objectGUID'],
  });
  await client.unbind();
  return searchEntries.flatMap(({ dn, objectGUID }) => {
    const anchor = Buffer.isBuffer(objectGUID) ? guidText(objectGUID) : undefined;
    return anchor === undefined ? [] : [{ distinguishedName: dn, anchor }];
  });
}
