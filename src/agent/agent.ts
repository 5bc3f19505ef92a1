// Wires the agent: the only file that knows both its subjects and its technologies. Decides nothing.
// Starts what runs for years – link, sync, housekeeping – and ends it in order when the signal says so.

import { randomBytes, randomUUID } from 'node:crypto';
import { assertNever } from '../failure/assert.js';
import { OperatorMistake } from '../failure/failure.js';
import type { Log } from '../logging/log.js';
import type { AccountAnchor } from '../protocol/identifiers.js';
import type { PassKind } from '../protocol/sync-reports.js';
import type { Clock } from '../timing/clock.js';
import { nextTurn } from '../timing/waits.js';
import { inspectAccount } from './accounts/inspect-account.js';
import { toManagedAccount } from './accounts/managed-account.js';
import { toldDirectoriesOf } from './accounts/told-groups.js';
import {
  checkHealth,
  type HealthWatch,
  recover,
  repeat,
  settled,
  syncAtFirstLink,
  untilReady,
  watchHealth,
  watchHold,
  watchRequests,
} from './background-work.js';
import type { AgentConfig } from './config.js';
import { intervalMs, startCron } from './cron/cron-schedule.js';
import { FileIdentityStore } from './data-folder/file-identity-store.js';
import { FileSealingKeyStore } from './data-folder/file-sealing-key-store.js';
import { isHeldIn } from './data-folder/hold-file.js';
import type { DirectoryAccount } from './directory/directory-account.js';
import { DirectorySet } from './directory/directory-set.js';
import type { Identity } from './enrolment/identity.js';
import { createAgentEvents } from './events.js';
import { WarningSet } from './health/warnings.js';
import { createProxyAgent } from './https/proxy-agent.js';
import { AgentLink } from './link/link.js';
import type { Serve } from './link/served-link.js';
import { authoritiesOf, nameServiceFor, openDirectories, randomFraction } from './open-directories.js';
import { openOwnPasswordRules } from './own-password-rules.js';
import { OVERLAP_MS_DEFAULT, ROTATE_AFTER_MS_DEFAULT, SealingKeyRing } from './sealing-keys/sealing-key-ring.js';
import { proxyCredentials } from './secrets.js';
import { AgentDatabase, databaseFileIn } from './sqlite/agent-database.js';
import { DataFolderLock } from './sqlite/data-folder-lock.js';
import { SqliteAuditJournal } from './sqlite/sqlite-audit-journal.js';
import { SqliteFollowedBook } from './sqlite/sqlite-followed-book.js';
import { nextGeneration } from './sqlite/sqlite-generations.js';
import { SqliteLedger } from './sqlite/sqlite-ledger.js';
import { SqlitePassBook } from './sqlite/sqlite-pass-book.js';
import { SqliteRemovalApprovals } from './sqlite/sqlite-removal-approvals.js';
import { RECORDS_KEPT_MAX } from './sync/pass-book.js';
import { endedPasses, isFullPassOwed, isTooSoon } from './sync/pass-report.js';
import { isDueSoon, refuseOrder, runOrder } from './sync/run-order.js';
import { StandBy } from './sync/stand-by.js';
import { dueByItself, SyncRunner } from './sync/sync-runner.js';
import { wsTransportOpener } from './websocket/ws-transport.js';
import { createCommandHandler, WRITES_PER_DOMAIN_CONTROLLER_MAX_DEFAULT } from './write-back/handle-command.js';
import { makeThrowAwayPassword } from './write-back/throw-away-password.js';
import { LiveRules, operationsOf } from './write-back-rules.js';

const HOUSEKEEPING_EVERY_MS = 3_600_000;
const MINUTE_MS = 60_000;
const MARK_BYTES = 16;
/** All there are: the last whole one may lie behind hundreds that failed. */
const RECORDS_LOOKED_AT = RECORDS_KEPT_MAX * 2;
const PASSES_TOLD = 5;
/** For how long at a time a pass waits for whoever waits for an answer: with as many as there may be it still goes on. */
const GIVES_WAY_MS = 50;

/** The agent has no identity yet. */
export class NotEnrolled extends OperatorMistake {
  readonly code = 'not-enrolled';
  readonly retry = { mayRetry: false, why: 'somebody has to enrol the agent first' };
}

export interface AgentOptions {
  readonly config: AgentConfig;
  readonly software: string;
  readonly log: Log;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Runs until the signal aborts, then drains. Throws NotEnrolled, DataFolderInUse, or what the data folder's files throw. */
export async function runAgent(options: AgentOptions): Promise<'asked' | 'revoked'> {
  const { config, software, clock } = options;
  const { dataFolder } = config;
  const events = createAgentEvents(options.log);
  const identity = await loadIdentity(config);

  await using stack = new AsyncDisposableStack();
  // Ends the background work when the link ends by itself (revoked) as well as when we are asked to.
  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);

  stack.use(DataFolderLock.take(dataFolder));
  const database = stack.use(AgentDatabase.open(databaseFileIn(dataFolder)));
  const ledger = new SqliteLedger(database);
  const journal = new SqliteAuditJournal(database);
  const keys = await SealingKeyRing.open({
    store: new FileSealingKeyStore(dataFolder),
    clock,
    owner: { tenantId: identity.tenantId, agentId: identity.agentId, identity: identity.privateKey },
    rotateAfterMs: ROTATE_AFTER_MS_DEFAULT,
    overlapMs: OVERLAP_MS_DEFAULT,
  });
  const opened = await openDirectories(config, clock, events, stack);
  const directory = new DirectorySet(opened.map(({ config: { id }, directory }) => ({ id, directory })));
  const rules = new LiveRules(config.directories);
  const disposition = (account: DirectoryAccount) => rules.decide(account, clock.nowMs());

  const handler = createCommandHandler({
    tenantId: identity.tenantId,
    ledger,
    journal,
    keys,
    writer: directory,
    gate: { isHeld: () => isHeldIn(dataFolder), isDraining: () => options.signal.aborted },
    guardrails: config.guardrails,
    decideDisposition: disposition,
    passwordRules: await openOwnPasswordRules(config, { reader: directory, clock, events }),
    makeThrowAway: () => makeThrowAwayPassword(randomBytes),
    writesPerDomainControllerMax: WRITES_PER_DOMAIN_CONTROLLER_MAX_DEFAULT,
    clock,
    events,
  });
  const inspect = {
    reader: directory,
    decideDisposition: disposition,
    toldGroups: (account: DirectoryAccount) => rules.toldGroups(account),
    bannedWords: config.passwords.bannedWords,
    events,
  };
  const serve: Serve = async (request, requestSignal, mayWrite) => {
    switch (request.kind) {
      case 'inspect':
        return { kind: 'inspected', inspection: await inspectAccount(inspect, request.subject, requestSignal) };
      case 'reset':
      case 'reset-after-compromise':
      case 'unlock':
      case 'change':
      case 'invalidate-password':
      case 'sign-in':
        return { kind: 'outcome', outcome: await handler.handle(request, requestSignal, mayWrite) };
      default:
        return assertNever(request);
    }
  };

  const link = new AgentLink({
    identity,
    instanceId: randomUUID(),
    open: wsTransportOpener({ ...(await networkOf(config)), clock }),
    announcement: () => ({
      software,
      sealingKeys: [...keys.published()],
      operations: operationsOf(config.directories),
      isHeld: isHeldIn(dataFolder),
      ...toldDirectoriesOf(config.directories),
    }),
    serve,
    clock,
    random: randomBytes,
    randomFraction,
    events,
  });
  const approvals = new SqliteRemovalApprovals(database, clock);
  const followed = new SqliteFollowedBook(database);
  const passes = new SqlitePassBook(database, clock);
  passes.forgetTaken();
  /** What each directory said of itself, by id, once it has answered; undefined: nothing. Before that no pass runs over it. */
  const reached = new Map<string, AccountAnchor | undefined>();
  const sync = new SyncRunner({
    directoryIds: opened.map(({ config: { id } }) => id),
    runPass: async (order, passSignal) => {
      const { directoryId } = order;
      const deps = { book: passes, nextGeneration: () => nextGeneration(database), clock };
      if (!reached.has(directoryId)) return refuseOrder(order, deps);
      const result = await runOrder(
        order,
        {
          ...deps,
          directoryKey: reached.get(directoryId),
          reader: directory.member(directoryId),
          judgeManaged: (account) => rules.judgeManaged(account),
          mirrorOf: (account) =>
            rules.judgeManaged(account).kind === 'managed'
              ? toManagedAccount(account, disposition(account), rules.toldGroups(account))
              : undefined,
          exchange: (frame, frameSignal) => link.exchangeSync(frame, frameSignal),
          limits: config.sync.removals,
          approvals,
          followed,
          rules: () => ({ word: rules.word(directoryId, software), news: rules.news }),
          untilQuiet: async () => {
            await nextTurn();
            return link.untilQuiet(GIVES_WAY_MS);
          },
          makeMark: () => randomBytes(MARK_BYTES).toString('base64url'),
          events,
        },
        passSignal,
      );
      if (isDueSoon(result)) standBy.retry(directoryId, order.kind);
      // The last few again, in their order: one that ended while there was no link is told with the next.
      for (const pass of endedPasses(passes.latest(directoryId, PASSES_TOLD)).reverse()) link.tellPass(pass);
    },
    onFault: ({ directoryId }, failure) => events.housekeepingFailed({ task: `a pass over ${directoryId}`, failure }),
    signal,
  });
  const standBy = new StandBy({ sync, clock, signal });

  const health: HealthWatch = {
    opened,
    namesFor: (directory) => nameServiceFor(directory, clock),
    passes,
    warnings: new WarningSet(),
    rules,
    everyMs: config.health.checkEveryMinutes * MINUTE_MS,
    deltaEveryMs: () => intervalMs({ expression: config.sync.deltaSchedule, timeZone: config.sync.timeZone }),
    randomFraction,
    onReadinessChanged: () => void sync.requestAll('delta'),
    clock,
    events,
    signal,
  };

  const { deltaSchedule, reconciliationSchedule, fullSchedule, timeZone, jitterSeconds } = config.sync;
  /** A full pass that was missed, or came to no end, is caught up with by the next delta. */
  const owedKind = (directoryId: string, kind: PassKind = 'delta'): PassKind =>
    isFullPassOwed(passes.latest(directoryId, RECORDS_LOOKED_AT), fullPasses.lastDueMs(clock.nowMs()), clock.nowMs())
      ? 'full'
      : kind;
  const dueOf = (kind: PassKind) =>
    opened
      .map(({ config: { id } }) => id)
      .filter((id) => kind === 'full' || !isTooSoon(passes.latest(id, 1), clock.nowMs()))
      .map((id) => dueByItself(id, owedKind(id, kind)));
  const scheduled = (setting: string, expression: string, kind: PassKind) =>
    stack.use(
      startCron({
        setting: `sync.${setting}`,
        expression,
        timeZone,
        jitterMs: jitterSeconds * 1000,
        onDue: () => void sync.request(...dueOf(kind)),
      }),
    );
  scheduled('deltaSchedule', deltaSchedule, 'delta');
  scheduled('reconciliationSchedule', reconciliationSchedule, 'reconciliation');
  const fullPasses = scheduled('fullSchedule', fullSchedule, 'full');

  events.agentStarted({
    software,
    tenantId: identity.tenantId,
    agentId: identity.agentId,
    isHeld: isHeldIn(dataFolder),
  });
  const background = [
    startWork(health, { link, sync, reached, firstKind: owedKind }),
    recover(handler, { clock, events, signal }),
    repeat(
      { clock, everyMs: HOUSEKEEPING_EVERY_MS, signal, events, task: 'rotate keys, forget old commands' },
      async () => {
        if (await keys.rotateIfDue()) {
          events.sealingKeysRotated();
          link.announce();
        }
        ledger.prune(clock.nowMs());
      },
    ),
    watchHold(dataFolder, { link, clock, events, signal }),
    watchRequests(passes, { sync, clock, events, signal }),
  ].map((task) => settled(task, { events, signal }));

  const end = await link.run(options.signal);
  ending.abort(new Error('the agent stops'));
  await handler.whenIdle();
  await Promise.all([...background, sync.requestAll('delta')]);
  const why = end === 'revoked' ? 'revoked' : 'asked';
  events.agentStopped({ why });
  return why;
}

/**
 * Directories first, then their health, then the mirror, which says of everybody what the first two allow. One that is away keeps
 * nobody of the others waiting: it is mirrored when it is there.
 */
async function startWork(
  health: HealthWatch,
  {
    link,
    sync,
    reached,
    firstKind,
  }: {
    readonly link: AgentLink;
    readonly sync: SyncRunner;
    readonly reached: Map<string, AccountAnchor | undefined>;
    readonly firstKind: (directoryId: string) => PassKind;
  },
): Promise<void> {
  const { opened, signal } = health;
  const ready = opened.map(async (each) => {
    const probe = await untilReady(each, health);
    if (probe !== undefined) reached.set(each.config.id, probe.baseAnchor);
    return each.config.id;
  });
  await Promise.race(ready);
  const first = await checkHealth(health);
  await Promise.all([
    watchHealth(first, health),
    ...ready.map(async (asked) => {
      const directoryId = await asked;
      await syncAtFirstLink({ link, sync, signal }, dueByItself(directoryId, firstKind(directoryId)));
    }),
  ]);
}

/** How to reach the front door: its authority and the proxy on the way. */
export async function networkOf(config: AgentConfig) {
  const { caFile, proxyUrl, proxyCredentials: source } = config.frontDoor;
  const credentials = await proxyCredentials(source);
  return {
    authoritiesPem: await authoritiesOf('frontDoor.caFile', caFile),
    proxyAgent: proxyUrl === undefined ? undefined : await createProxyAgent({ url: proxyUrl, credentials }),
  };
}

/** The address is that of the settings: a front door may move, and proves itself by the pinned key wherever it is. */
async function loadIdentity(config: AgentConfig): Promise<Identity> {
  const identity = await new FileIdentityStore(config.dataFolder).load();
  if (identity !== undefined) return { ...identity, frontDoorUrl: config.frontDoor.url };
  throw new NotEnrolled(
    'this agent is not enrolled: get a code from the front door, then run `drawbridge agent enrol`',
  );
}
