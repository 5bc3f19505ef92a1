// `bench bridge`: the same resets over a directory that answers at once, so that what is left is the bridge's own cost; and, to
// say how fast "at once" is, a bare password write on a real OpenLDAP, interleaved.

import { join } from 'node:path';
import { openCertificateAuthority } from '../lab/certificate-authority.js';
import { DIRECTORY_PORTS, LAB_RANGES, pickLabAddress } from '../lab/lab-address.js';
import { LabFailure } from '../lab/lab-failure.js';
import { peopleLdif, startOpenLdap } from '../lab/openldap-directory.js';
import { BareWriter } from './bare-writer.js';
import { accountsFor, inTurn, newPassword } from './bench-accounts.js';
import type { BenchOptions } from './bench-options.js';
import { agentDurationsMs, startBridge } from './bridge.js';
import { INSTANT_BASE_DN, INSTANT_UNIT, startInstantDirectory } from './instant-directory.js';
import { measureLedgerSync } from './ledger-sync.js';
import { describeMachine, openLdapVersion } from './machine.js';
import { partsOf } from './parts.js';
import { Portal } from './portal.js';
import { type BenchReport, waysOf } from './report.js';
import { measureRounds, type RoundsPlan } from './rounds.js';

const PLAN = { inTurn: 100, pauseMs: 20, together: 160, callers: 16, warmUp: 100 };
const FRONT_DOOR_PORT = 8443;
const INSTANT_PORT = 1636;
/** Each may make two hundred calls at once and fifty a second. */
const PORTALS = 6;

export async function benchBridge(options: BenchOptions): Promise<BenchReport> {
  const { folder, onStep } = options;
  const plan: RoundsPlan = { ...PLAN, rounds: options.rounds };
  const people = accountsFor(plan.warmUp + plan.rounds * (plan.inTurn + plan.together));
  await using stack = new AsyncDisposableStack();
  const authority = await openCertificateAuthority(join(folder, 'ca'));
  const host = await pickLabAddress(LAB_RANGES.bench, [...DIRECTORY_PORTS, INSTANT_PORT, FRONT_DOOR_PORT]);

  onStep('Starting a directory that answers at once, and OpenLDAP');
  const instant = stack.use(await startInstantDirectory({ host, port: INSTANT_PORT, authority, people }));
  const suffix = 'dc=example,dc=com';
  const ldif = peopleLdif({ peopleDn: `ou=people,${suffix}`, count: people, password: newPassword() });
  const slapd = stack.use(
    await startOpenLdap({ folder: join(folder, 'openldap'), address: host, authority, suffix, ldif }),
  );
  const [someAccount] = instant.accounts;
  if (someAccount === undefined) throw new LabFailure('the directory has nobody in it');

  onStep('Starting the front door and the agent');
  const directory = {
    url: instant.url,
    baseDn: INSTANT_BASE_DN,
    scope: INSTANT_UNIT,
    bindName: 'svc-drawbridge@corp.example.com',
    bindPassword: newPassword(),
  };
  const places = { folder, host, port: FRONT_DOOR_PORT };
  const bridge = await startBridge({ places, authority, directory, portals: PORTALS, stack });
  const connections = plan.callers;
  const { caFile } = authority;
  const portal = stack.use(await Portal.open({ ...bridge, caFile, someAccount, connections }));
  const bare = stack.use(await BareWriter.open({ ...directory, caFile, connections }));
  const { bindName, password: bindPassword } = slapd.serviceAccount;
  const openLdap = stack.use(await BareWriter.open({ url: slapd.url, caFile, bindName, bindPassword, connections }));

  const bareAccount = inTurn(instant.accounts);
  const bridgeAccount = inTurn(instant.accounts);
  const openLdapAccount = inTurn(
    Array.from({ length: people }, (_, at) => ({ distinguishedName: `uid=person${at},${slapd.peopleDn}`, anchor: '' })),
  );
  const times = await measureRounds(
    [
      { name: 'bare warm modify, at once', run: () => bare.reset(bareAccount(), newPassword(), 'active-directory') },
      {
        name: 'bare warm modify, OpenLDAP',
        run: () => openLdap.reset(openLdapAccount(), newPassword(), 'user-password'),
      },
      { name: 'sealed reset through the API', run: () => portal.reset(bridgeAccount(), newPassword()) },
    ],
    plan,
    (round) => onStep(`Measuring, round ${round + 1} of ${plan.rounds}`),
  );
  return {
    name: 'bridge',
    about: "The same over a directory that answers at once: what is added is the bridge's own cost.",
    machine: [...(await describeMachine()), await openLdapVersion()],
    ...plan,
    ways: waysOf(times),
    parts: [
      ...partsOf(portal.resets, await agentDurationsMs(bridge.agentLogFile), plan),
      measureLedgerSync(bridge.agentDataFolder),
    ],
    aim: undefined,
  };
}
