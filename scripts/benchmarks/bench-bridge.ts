// `bench bridge`: the same resets on a directory that is fast, a real OpenLDAP which syncs every write to its disk, so that what is
// left is the bridge's own cost; beside the bare write on the same server, and the agent's adapter alone.

import { join } from 'node:path';
import { openCertificateAuthority } from '../lab/certificate-authority.js';
import { DIRECTORY_PORTS, LAB_RANGES, pickLabAddress } from '../lab/lab-address.js';
import { LabFailure } from '../lab/lab-failure.js';
import { peopleLdif, startOpenLdap } from '../lab/openldap-directory.js';
import { openAdapter } from './adapter-alone.js';
import { BareWriter } from './bare-writer.js';
import { accountsFor, inTurn, newPassword } from './bench-accounts.js';
import type { BenchOptions } from './bench-options.js';
import { agentDurationsMs, type BridgedDirectory, startBridge } from './bridge.js';
import { measureLedgerSync } from './ledger-sync.js';
import { describeMachine, openLdapVersion } from './machine.js';
import { MinimalBridge } from './minimal-bridge/minimal-bridge.js';
import { partsOf } from './parts.js';
import { Portal } from './portal.js';
import { type BenchReport, waysOf } from './report.js';
import { measureRounds, type RoundsPlan } from './rounds.js';
import { uidAccounts } from './uid-accounts.js';

const PLAN = { inARow: 200, inTurn: 100, pauseMs: 20, together: 160, callers: 16, warmUp: 500 };
const AIM_ADDED_MS = 1.5;
const FRONT_DOOR_PORT = 8443;
const MINIMAL_DOOR_PORT = 8444;
/** Each may make two hundred calls at once and fifty a second. */
const PORTALS = 6;

export async function benchBridge(options: BenchOptions): Promise<BenchReport> {
  const { folder, onStep } = options;
  const plan: RoundsPlan = { ...PLAN, rounds: options.rounds };
  const people = accountsFor(plan.warmUp + plan.rounds * (plan.inARow + plan.inTurn + plan.together));
  await using stack = new AsyncDisposableStack();
  const authority = await openCertificateAuthority(join(folder, 'ca'));
  const host = await pickLabAddress(LAB_RANGES.bench, [...DIRECTORY_PORTS, FRONT_DOOR_PORT, MINIMAL_DOOR_PORT]);

  onStep('Starting the directory (a throw-away OpenLDAP) and its people');
  const suffix = 'dc=example,dc=com';
  const ldif = peopleLdif({ peopleDn: `ou=people,${suffix}`, count: people, password: newPassword() });
  const slapd = stack.use(
    await startOpenLdap({ folder: join(folder, 'openldap'), address: host, authority, suffix, ldif }),
  );
  const { caFile } = authority;
  const directory: BridgedDirectory = {
    kind: 'openldap',
    url: slapd.url,
    baseDn: suffix,
    scope: slapd.peopleDn,
    bindName: slapd.serviceAccount.bindName,
    bindPassword: slapd.serviceAccount.password,
  };
  const accounts = await uidAccounts(directory, caFile, '(uid=person*)');
  const [someAccount] = accounts;
  if (someAccount === undefined) throw new LabFailure('the directory shows none of its people');

  onStep('Starting the front door and the agent');
  const places = { folder, host, port: FRONT_DOOR_PORT };
  const bridge = await startBridge({ places, authority, directory, portals: PORTALS, stack });
  const connections = plan.callers;
  const portal = stack.use(await Portal.open({ ...bridge, caFile, someAccount, connections }));
  const bare = stack.use(await BareWriter.open({ ...directory, caFile, connections }));
  const minimal = stack.use(
    await MinimalBridge.open({
      host,
      port: MINIMAL_DOOR_PORT,
      authority,
      directory: { ...directory, caFile, connections },
      write: 'password-modify',
    }),
  );
  const adapter = stack.use(await openAdapter(directory, caFile));

  const bareAccount = inTurn(accounts);
  const minimalAccount = inTurn(accounts);
  const adapterAccount = inTurn(accounts);
  const bridgeAccount = inTurn(accounts);
  const times = await measureRounds(
    [
      { name: 'bare warm write (RFC 3062)', run: () => bare.reset(bareAccount(), newPassword(), 'password-modify') },
      { name: 'a minimal sealed bridge', run: () => minimal.reset(minimalAccount(), newPassword()) },
      { name: "the agent's adapter alone", run: () => adapter.reset(adapterAccount()) },
      { name: 'sealed reset through the API', run: () => portal.reset(bridgeAccount(), newPassword()) },
    ],
    plan,
    (round) => onStep(`Measuring, round ${round + 1} of ${plan.rounds}`),
  );
  const ways = waysOf(times);
  const measured = ways.at(-1)?.inARow.addedP50Ms.median ?? Number.NaN;
  return {
    name: 'bridge',
    about: "The same on OpenLDAP, which syncs every write to its disk: what is added is the bridge's own cost.",
    machine: [...(await describeMachine()), await openLdapVersion()],
    ...plan,
    ways,
    parts: [
      ...partsOf(portal.resets, await agentDurationsMs(bridge.agentLogFile), plan),
      measureLedgerSync(bridge.agentDataFolder),
    ],
    aim: { text: `at most ${AIM_ADDED_MS} ms added to the bare p50`, measured, isMet: measured <= AIM_ADDED_MS },
  };
}
