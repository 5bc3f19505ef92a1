// What each command of the front door does: settings in, one call, and what is printed. Decides nothing else.

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Failure } from '../failure/failure.js';
import { createLog } from '../logging/log.js';
import { parseAccountAnchor } from '../protocol/identifiers.js';
import { canonicalUserId } from '../protocol/user-id.js';
import { softwareName } from '../software.js';
import { auditLines, verdictLine } from '../terminal/audit-report.js';
import { columns } from '../terminal/columns.js';
import { readSecretInput, say, stopSignal } from '../terminal/terminal.js';
import { isoInstant, systemClock } from '../timing/clock.js';
import type { ApiScope } from './api/api-scopes.js';
import { issueApiToken } from './api/api-token.js';
import { argon2Hasher } from './argon2/argon2-hasher.js';
import { verifyJournal } from './audit/read-audit.js';
import {
  admitFirstPassword,
  agentIdOf,
  CommandRefused,
  mailAddressOf,
  personNamed,
  resetIdOf,
  supportIdOf,
  tenantNamed,
} from './command-arguments.js';
import { readFrontDoorConfig } from './config.js';
import { issueEnrolmentCode } from './enrolment/issue-code.js';
import { reportLinesOnUser, reportOnUser } from './explain-report.js';
import { openHouse, runFrontDoor } from './front-door.js';
import type { Language } from './languages/language.js';
import { noticeSettingsOf } from './notices/notice-settings.js';
import { maskAddress } from './pages/mask-address.js';
import { explainUser } from './resets/explain-user.js';
import { silentTexts } from './text-messages.js';
import { clearPerson } from './throttles/clear-person.js';
import { createThrottles } from './throttles/throttles.js';
import { proofMethodsOf } from './ways-of-proving.js';
import { changeableWords, wordingOf } from './wording/wording.js';

/** The journal is not what was written. */
class JournalBroken extends Failure {
  readonly code = 'journal-broken';
  readonly retry = { mayRetry: false, why: 'what was altered stays altered' };
}

const AUDIT_ENTRIES_SHOWN = 50;

interface ConfigOption {
  readonly config: string;
}

export async function run({ config: file }: ConfigOption): Promise<void> {
  const config = await readFrontDoorConfig(file);
  const log = createLog({ level: config.log.level, program: 'front-door' });
  await runFrontDoor({ config, software: await softwareName(), log, clock: systemClock, signal: stopSignal() });
}

export async function issueCode(tenantId: string, { config }: ConfigOption): Promise<void> {
  await using house = await openHouse(await readFrontDoorConfig(config), systemClock);
  const tenant = tenantNamed(house, tenantId);
  const deps = {
    registry: house.store.agents,
    frontDoorKey: house.secrets.signingKey,
    clock: systemClock,
    random: randomBytes,
  };
  const { code } = await issueEnrolmentCode(deps, tenant.id);
  await house.store.audit.append({ event: 'enrolment-code-issued', fields: { tenantId: tenant.id } });
  // Nothing else on standard output, so that it can be piped into `drawbridge agent enrol`.
  say(code.expose());
}

export async function listAgents(
  tenantId: string,
  { config, json }: ConfigOption & { readonly json?: true },
): Promise<void> {
  await using house = await openHouse(await readFrontDoorConfig(config), systemClock);
  const agents = (await house.store.agents.list(tenantNamed(house, tenantId).id)).map((agent) => ({
    agentId: agent.agentId,
    name: agent.name,
    enrolledAt: isoInstant(agent.enrolledAtMs),
    lastSeenAt: agent.lastSeenAtMs === undefined ? 'never' : isoInstant(agent.lastSeenAtMs),
    state: agent.isRevoked ? 'revoked' : 'enrolled',
    fingerprint: createHash('sha256').update(agent.identityPublicKey).digest('hex').slice(0, 32),
  }));
  if (json === true) say(JSON.stringify(agents, null, 2));
  else if (agents.length === 0) say('No agent is enrolled. Issue a code with `drawbridge front-door enrolment-code`.');
  else say(...columns(AGENT_HEADINGS, agents.map(Object.values<string>)));
}

/** Of the listed fields, in their order. A link that holds is marked when it begins: the time may be days ago. */
const AGENT_HEADINGS = ['agent id', 'name', 'enrolled', 'link began or ended', 'state', 'fingerprint'];

export async function revokeAgent(agentText: string, { config }: ConfigOption): Promise<void> {
  await using house = await openHouse(await readFrontDoorConfig(config), systemClock);
  const agentId = agentIdOf(agentText);
  if (!(await house.store.agents.revoke(agentId)))
    throw new CommandRefused('there is no agent with this id; `drawbridge front-door agents list` shows them');
  await house.store.audit.append({ event: 'agent-revoked', fields: { agentId } });
  say('Revoked. A running link of it ends within seconds, and it cannot come back.');
}

export async function addCloudAccount(
  tenantId: string,
  user: string,
  options: ConfigOption & {
    readonly name: string;
    readonly resetMail: readonly string[];
    readonly administrator?: true;
  },
): Promise<void> {
  await using house = await openHouse(await readFrontDoorConfig(options.config), systemClock);
  const userId = canonicalUserId(user);
  if (userId === undefined) throw new CommandRefused('this is no user ID');
  const tenant = tenantNamed(house, tenantId);
  const addresses = options.resetMail.map(mailAddressOf);
  using password = await readSecretInput('the first password');
  admitFirstPassword(password, [userId]);
  const account = { tenantId: tenant.id, anchor: parseAccountAnchor(randomUUID()) };
  const isAdded = await house.store.cloudAccounts.add({
    ...account,
    userIds: [userId],
    displayName: options.name,
    addresses,
    isAdministrator: options.administrator === true,
    passwordHash: await argon2Hasher.hash(password.exposeBytes()),
  });
  if (!isAdded) throw new CommandRefused('this tenant has an account with this user ID already');
  await house.store.audit.append({ event: 'cloud-account-added', fields: account });
  say(`Added ${userId}.`);
}

export async function clearThrottles(tenantId: string, user: string, { config }: ConfigOption): Promise<void> {
  await using house = await openHouse(await readFrontDoorConfig(config), systemClock);
  const { store, secrets } = house;
  const { account, userIds } = await personNamed(house, tenantNamed(house, tenantId), user);
  const deps = { store: store.throttles, digestKey: secrets.digestKey, nowMs: systemClock.nowMs() };
  const cleared = await clearPerson(deps, { ...account, userIds });
  const names = cleared.map(({ name }) => name).join(' ');
  await store.audit.append({ event: 'throttles-cleared', fields: { ...account, result: names || 'none' } });
  if (cleared.length === 0) say('Nothing was counted for this person. Blocks of an address end by themselves.');
  for (const { name, blockedUntilMs } of cleared) {
    say(
      `Cleared: ${name}${blockedUntilMs === undefined ? '' : `, which was shut until ${isoInstant(blockedUntilMs)}`}`,
    );
  }
}

export async function issueToken(
  tenantId: string,
  options: ConfigOption & { readonly name: string; readonly scope: readonly ApiScope[] },
): Promise<void> {
  await using house = await openHouse(await readFrontDoorConfig(options.config), systemClock);
  const tenant = tenantNamed(house, tenantId);
  const deps = { tokens: house.store.apiTokens, clock: systemClock, random: randomBytes };
  const wanted = { tenantId: tenant.id, name: options.name, scopes: options.scope };
  const { token, id } = await issueApiToken(deps, wanted);
  const fields = { tenantId: tenant.id, tokenId: id, result: options.scope.join(' ') };
  await house.store.audit.append({ event: 'token-issued', fields });
  say(token.expose());
}

export async function listTokens(tenantId: string, { config }: ConfigOption): Promise<void> {
  await using house = await openHouse(await readFrontDoorConfig(config), systemClock);
  const tokens = await house.store.apiTokens.list(tenantNamed(house, tenantId).id);
  const rows = tokens.map(({ id, name, scopes, lastUsedAtMs }) => [
    id,
    name,
    scopes.join(','),
    lastUsedAtMs === undefined ? 'never' : isoInstant(lastUsedAtMs),
  ]);
  if (rows.length === 0) say('No token was issued.');
  else say(...columns(['token id', 'name', 'scopes', 'last used'], rows));
}

export async function revokeToken(tokenId: string, { config }: ConfigOption): Promise<void> {
  await using house = await openHouse(await readFrontDoorConfig(config), systemClock);
  if (!(await house.store.apiTokens.revoke(tokenId)))
    throw new CommandRefused('there is no token with this id; `drawbridge front-door api-token list` shows them');
  await house.store.audit.append({ event: 'token-revoked', fields: { tokenId } });
  say('Revoked.');
}

export async function explain(
  tenantId: string,
  userId: string,
  { config: file, json }: ConfigOption & { readonly json?: true },
): Promise<void> {
  const config = await readFrontDoorConfig(file);
  await using house = await openHouse(config, systemClock);
  const { store, secrets } = house;
  const throttles = createThrottles({ store: store.throttles, clock: systemClock });
  const deps = {
    mirror: store.mirror,
    cloudAccounts: store.cloudAccounts,
    clock: systemClock,
    throttles,
    digestKey: secrets.digestKey,
    // Only asked who is registered for what: nothing is sent.
    proofMethods: proofMethodsOf(house, {
      outbox: { put: async () => false },
      texts: silentTexts(config, { store, throttles }),
      clock: systemClock,
      noticeSettings: noticeSettingsOf({ wording: wordingOf([]), looks: new Map(), timeZone: 'UTC' }),
      hasher: argon2Hasher,
      publicUrl: config.publicUrl,
    }),
    maskAddress,
  };
  const tenant = tenantNamed(house, tenantId);
  const explained = await explainUser(deps, { tenant, userId, signal: stopSignal() });
  const report = reportOnUser(explained, { tenant, userId, inForce: house.policies.inForce(tenant.id) });
  say(...(json === true ? [JSON.stringify(report, null, 2)] : reportLinesOnUser(report)));
}

export async function printTexts(language: Language): Promise<void> {
  // What JSON writes YAML reads.
  const lines = changeableWords(language).map(([place, text]) => `  ${place}: ${JSON.stringify(text)}`);
  say(`${language}:`, ...lines);
}

export async function verifyAudit({ config }: ConfigOption): Promise<void> {
  await using house = await openHouse(await readFrontDoorConfig(config), systemClock);
  const { verdict, entries } = await verifyJournal(house.store.audit);
  const line = `${verdictLine(verdict)} (${entries} entries read)`;
  if (verdict.kind === 'broken') throw new JournalBroken(line);
  say(line);
}

export async function showAudit({
  config,
  resetId,
  supportId,
  json,
}: ConfigOption & { readonly resetId?: string; readonly supportId?: string; readonly json?: true }): Promise<void> {
  const reset = resetId === undefined ? undefined : resetIdOf(resetId);
  const visit = supportId === undefined ? undefined : supportIdOf(supportId);
  await using house = await openHouse(await readFrontDoorConfig(config), systemClock);
  const { audit } = house.store;
  const entries = await entriesAsked();
  if (json === true) say(JSON.stringify(entries, null, 2));
  else say(...auditLines(entries));

  function entriesAsked() {
    if (reset !== undefined) return audit.ofReset(reset);
    return visit === undefined ? audit.latest(AUDIT_ENTRIES_SHOWN) : audit.ofVisit(visit);
  }
}
