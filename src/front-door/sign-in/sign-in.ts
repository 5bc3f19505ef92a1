// Takes a visit from step to step: who comes, with which password, to sign in or to change it. Reads where it is, does what the step
// needs, writes where it is now. A name that nobody answers to is led the same way, and its password is wrong.
// Knows no HTTP and no page; of a directory's passwords it only ever holds what is sealed.

import { parseResetId } from '../../protocol/identifiers.js';
import { LIMITS } from '../../protocol/limits.js';
import { anchorOfName } from '../../protocol/named-account.js';
import type { ResetOutcome } from '../../protocol/outcomes.js';
import type { PasswordPolicy } from '../../protocol/password-policy.js';
import type { SealedPassword } from '../../protocol/sealed-password.js';
import { canonicalUserId } from '../../protocol/user-id.js';
import type { AuditJournal } from '../audit/audit-journal.js';
import { ownerOf } from '../methods/directory-addresses.js';
import { METHOD_KINDS } from '../methods/every-method.js';
import type { AccountRef } from '../methods/method-store.js';
import { type ProofMethod, registeredMethods } from '../methods/proof-method.js';
import { askAgents } from '../people/ask-agents.js';
import { CLOUD_PASSWORD_POLICY } from '../people/cloud-password-rules.js';
import { resolvePerson } from '../people/resolve-person.js';
import { identityOf } from '../resets/find-route.js';
import type { Caller } from '../resets/prove.js';
import type { ResetFlowDeps } from '../resets/reset-flow.js';
import type { OwnSealingKey } from '../sealing-keys/own-sealing-key.js';
import { choosePolicy } from '../tenants/choose-policy.js';
import type { Tenant } from '../tenants/tenant.js';
import type { ThrottleKey } from '../throttles/throttle-store.js';
import { accountKey, type Throttles } from '../throttles/throttles.js';
import { afterEntry, isFailedTry } from './after-entry.js';
import { type EntryAgents, entryRecipients, isSealedForAll } from './entry-recipients.js';
import { failuresOf, typedKeyOf } from './entry-throttles.js';
import { type JudgeDeps, judgeEntry } from './judge-entry.js';
import type { Entering, EntryOperation, Purpose, Visit, VisitCommand, VisitPerson } from './visit.js';
import * as steps from './visit.js';
import type { VisitStore } from './visit-store.js';

/**
 * So long before its end a command is not taken any more: the agent's own look at its end must not come to another word, which only an
 * account that is there would be told.
 */
const NOT_TAKEN_BEFORE_END_MS = 15_000;

export interface SignInDeps extends JudgeDeps, Pick<ResetFlowDeps, 'tellDone'> {
  readonly tenants: readonly Tenant[];
  readonly visits: VisitStore;
  readonly proofMethods: readonly ProofMethod[];
  readonly throttles: Throttles;
  readonly audit: AuditJournal;
  /** Ends whatever is being proved for the account. */
  readonly endFlowsOf: (account: AccountRef) => Promise<void>;
  /** 32 bytes: hashes what was typed. */
  readonly digestKey: Uint8Array;
  readonly randomUuid: () => string;
}

/** What the page of the current password is made from. */
export interface Entry {
  readonly visit: Visit;
  readonly stage: Entering;
  readonly operation: EntryOperation;
  readonly command: VisitCommand;
  readonly recipients: readonly Pick<OwnSealingKey, 'keyId' | 'publicKey'>[];
  /** The account's place in what is sealed: a name until the agent has found who answers to it. */
  readonly anchor: ReturnType<typeof anchorOfName>;
  /** Of the account, once the password was right; undefined before, when nobody may be told whose page it is. */
  readonly rules: Pick<KnownRules, 'policy' | 'names'> | undefined;
}

interface KnownRules {
  readonly policy: PasswordPolicy;
  readonly names: { readonly samAccountName: string; readonly displayName: string } | undefined;
}

export type VisitState =
  | { readonly kind: 'here'; readonly visit: Visit }
  | { readonly kind: 'none' }
  | { readonly kind: 'over' };

export type SignIn = ReturnType<typeof createSignIn>;

export function createSignIn(deps: SignInDeps) {
  const { visits, clock, throttles, audit } = deps;
  const running = new Map<string, Promise<void>>();

  return { begin, current, openEntry, submit, signOut, step };

  /** Starts anew, in place of whatever the session was at. The session is renamed with its visit. */
  async function begin(
    caller: Caller & { readonly newSessionHash: string },
    question: {
      readonly tenant: Tenant | undefined;
      readonly userId: string;
      readonly purpose: Purpose;
      readonly signal: AbortSignal;
    },
  ): Promise<Visit> {
    const { tenant, purpose, signal } = question;
    // Before anybody is looked up: whoever watches it go must not see how long that took.
    await visits.remove(caller.sessionHash);
    const userId = question.userId.slice(0, LIMITS.userIdUnitsMax);
    const ofAddress: ThrottleKey = { name: 'sign-ins-from-address', key: caller.addressKey };
    const isAllowed = await throttles.attempt([ofAddress]);
    const isOpen = isAllowed && tenant !== undefined && isOffered(tenant);
    const started = {
      supportId: deps.randomUuid(),
      language: caller.language,
      tenantId: tenant?.id,
      userId,
      purpose,
      person: isOpen ? await personOf(tenant, userId, signal) : undefined,
      nowMs: clock.nowMs(),
    };
    const visit = steps.startVisit(started);
    // Nothing is kept of whoever asks too often: they could fill the store.
    if (!isAllowed) {
      const untilMs = (await throttles.blockedUntil([ofAddress])) ?? visit.expiresAtMs;
      return steps.stopVisit(visit, { kind: 'blocked', untilMs });
    }
    await visits.put(caller.newSessionHash, visit);
    return visit;
  }

  /** Where the session's visit is; waits for a password that is being judged. */
  async function current(sessionHash: string): Promise<VisitState> {
    await running.get(sessionHash);
    const stored = await visits.find(sessionHash);
    if (stored === undefined) return { kind: 'none' };
    const { visit, version } = stored;
    if (steps.isVisitOver(visit, clock.nowMs())) return { kind: 'over' };
    const disownedUntilMs = steps.isKnown(visit) ? await disownedUntil(visit) : undefined;
    if (disownedUntilMs !== undefined)
      return { kind: 'here', visit: steps.stopVisit(visit, { kind: 'blocked', untilMs: disownedUntilMs }) };
    if (visit.stage.kind !== 'submitted' || running.has(sessionHash)) return { kind: 'here', visit };
    // Nobody waits for the answer any more: this process was restarted in between.
    const again = steps.operationOf(visit.stage) === 'change' ? steps.endVisit(visit, 'unknown') : awayOf(visit);
    await visits.save(sessionHash, again, version);
    return { kind: 'here', visit: again };
  }

  /** Readies the command that the page of the current password is for. Undefined: the visit is elsewhere. */
  async function openEntry(caller: Caller, signal: AbortSignal): Promise<Entry | undefined> {
    // Or whoever asks for the page meanwhile would see when its password was judged.
    await running.get(caller.sessionHash);
    const visit = await step(caller, async (before) => {
      if (before.stage.kind !== 'entering') return undefined;
      const nowMs = clock.nowMs();
      const { command } = before.stage;
      // A reload keeps the command while it is young, so that a page already open stays good.
      const isYoung = command !== undefined && command.notAfterMs - nowMs > LIMITS.commandLifetimeMs / 2;
      return steps.armEntry(before, isYoung ? command : freshCommand(nowMs));
    });
    if (visit?.stage.kind !== 'entering' || visit.stage.command === undefined) return undefined;
    const { stage, person } = visit;
    const { command } = visit.stage;
    const operation = steps.operationOf(stage);
    const ofAgents = entryRecipients(agentsOf(visit, operation));
    const ours = await deps.visitKeys.offer(command.resetId, person?.kind === 'cloud-only');
    return {
      visit,
      stage,
      operation,
      command,
      recipients: [...ofAgents.map(({ keyId, publicKey }) => ({ keyId, publicKey })), ours],
      anchor: anchorOfName(canonicalUserId(visit.userId) ?? ''),
      rules: stage.isKnown && person !== undefined ? await rulesOf(person, signal) : undefined,
    };
  }

  /**
   * Judges the current password, and with it sets a new one where that is what the person came for. `sealed` undefined: what was
   * posted is not sealed, and is not looked at any further. `rename`: gives the session another name once somebody is signed in. `keepPace`:
   * nobody who asks for the visit is answered before it resolves, or a second request would see how long the judging took.
   */
  async function submit(
    caller: Caller,
    sealed: readonly SealedPassword[] | undefined,
    { rename, keepPace }: { readonly rename: () => string; readonly keepPace: () => Promise<void> },
  ): Promise<void> {
    const first = running.get(caller.sessionHash);
    if (first !== undefined) return first;
    const own = submitOnce(caller, sealed, rename).finally(keepPace);
    running.set(caller.sessionHash, own);
    try {
      await own;
    } finally {
      running.delete(caller.sessionHash);
    }
  }

  async function submitOnce(
    caller: Caller,
    sealed: readonly SealedPassword[] | undefined,
    rename: () => string,
  ): Promise<void> {
    if (sealed === undefined) {
      await step(caller, async (visit) => steps.askEntryAgain(visit, 'not-sealed'));
      return;
    }
    let command: VisitCommand | undefined;
    const failures = (visit: Visit) => failuresOf(deps, visit, caller);
    const visit = await step(caller, async (before) => {
      if (before.stage.kind !== 'entering') return undefined;
      command = before.stage.command;
      if (command !== undefined && !isInTime(before, command, sealed))
        return steps.askEntryAgain(before, 'seal-expired');
      // Counted before it is judged, so that guesses made at the same time cannot all slip through.
      if (await throttles.attempt(failures(before))) return steps.submitEntry(before);
      const untilMs = await throttles.blockedUntil(failures(before));
      return steps.stopVisit(before, { kind: 'blocked', untilMs: untilMs ?? before.expiresAtMs });
    });
    if (visit?.stage.kind !== 'submitted' || command === undefined) return;
    const operation = steps.operationOf(visit.stage);
    const outcome = await judgeEntry(deps, { visit, operation, command, sealed });
    await settle(caller, visit, operation, outcome, rename);
  }

  /** Whether what was sealed for the command can be opened by whoever may have to. Never looks at who is meant. */
  function isInTime(visit: Visit, { resetId, notAfterMs }: VisitCommand, sealed: readonly SealedPassword[]): boolean {
    if (visit.stage.kind !== 'entering' || clock.nowMs() >= notAfterMs - NOT_TAKEN_BEFORE_END_MS) return false;
    const sealedFor = sealed.map(({ keyId }) => keyId);
    const agents = agentsOf(visit, steps.operationOf(visit.stage));
    return isSealedForAll(sealedFor, deps.visitKeys.offered(resetId), agents);
  }

  function agentsOf({ tenantId, person }: Visit, operation: EntryOperation): EntryAgents {
    const agents = tenantId === undefined ? [] : deps.relay.liveAgents(tenantId);
    return { agents, knownBy: person?.knownBy ?? [], operation, nowMs: clock.nowMs() };
  }

  async function settle(
    caller: Caller,
    visit: Visit,
    operation: EntryOperation,
    outcome: ResetOutcome,
    rename: () => string,
  ): Promise<void> {
    const { person, tenantId, supportId } = visit;
    const nowMs = clock.nowMs();
    const blockedUntilMs = await shutUntil(visit, operation, outcome);
    const next =
      blockedUntilMs === undefined
        ? afterEntry(visit, operation, outcome, nowMs)
        : steps.stopVisit(visit, { kind: 'blocked', untilMs: blockedUntilMs });
    const after = next === 'enter' ? steps.enter(visit, nowMs, await hasMethods(visit)) : next;
    const stored = await visits.find(caller.sessionHash);
    if (stored !== undefined && after !== undefined) {
      if (steps.isKnown(after) && !steps.isKnown(visit)) {
        // A name that was planted in the browser before is worth nothing from here on.
        await visits.put(rename(), after);
        await visits.remove(caller.sessionHash);
      } else await visits.save(caller.sessionHash, after, stored.version);
    }
    const [own, ...everybodys] = failuresOf(deps, visit, caller);
    if (!isFailedTry(next, outcome)) {
      for (const key of everybodys) await throttles.giveBack(key);
      if (own !== undefined)
        await (outcome.kind === 'done' ? throttles.clear([own.name], own.key) : throttles.giveBack(own));
    }
    await audit.append({
      event: operation === 'sign-in' ? 'sign-in-answered' : 'change-answered',
      fields: {
        tenantId,
        supportId,
        anchor: person?.anchor,
        typedHash: person === undefined ? typedKeyOf(deps, visit) : undefined,
        result: outcome.kind,
        reason: 'reason' in outcome ? outcome.reason : 'rules' in outcome ? outcome.rules.join(' ') : undefined,
      },
    });
    if (operation === 'change' && outcome.kind === 'done' && person !== undefined)
      await endOthersAndTell(visit, person, caller);
  }

  /** The right password lets nobody in while the account is disowned. */
  async function shutUntil(
    visit: Visit,
    operation: EntryOperation,
    outcome: ResetOutcome,
  ): Promise<number | undefined> {
    return operation === 'sign-in' && outcome.kind === 'done' ? disownedUntil(visit) : undefined;
  }

  /** Somebody has said that this account was taken over: asked at every step, since it may be said in the middle of one. */
  async function disownedUntil({ person }: Visit): Promise<number | undefined> {
    if (person === undefined) return undefined;
    return throttles.blockedUntil([{ name: 'disowned', key: accountKey(person.tenantId, person.anchor) }]);
  }

  async function endOthersAndTell(visit: Visit, person: VisitPerson, caller: Caller): Promise<void> {
    await visits.removeOfAccount(person, caller.sessionHash);
    await deps.endFlowsOf(person);
    const tenant = deps.tenants.find(({ id }) => id === person.tenantId);
    if (tenant?.notify !== true) return;
    await deps.tellDone({ tenant, flow: visit, person, operation: 'reset' });
  }

  async function signOut(caller: Caller): Promise<void> {
    await visits.remove(caller.sessionHash);
  }

  /** Reads, changes, writes. Resolves to what was written, or undefined when nothing was. */
  async function step(
    { sessionHash, language }: Caller,
    change: (visit: Visit) => Promise<Visit | undefined>,
  ): Promise<Visit | undefined> {
    const stored = await visits.find(sessionHash);
    if (stored === undefined || steps.isVisitOver(stored.visit, clock.nowMs())) return undefined;
    if (steps.isKnown(stored.visit) && (await disownedUntil(stored.visit)) !== undefined) return undefined;
    const changed = await change(stored.visit);
    if (changed === undefined) return undefined;
    const after = { ...changed, language };
    return (await visits.save(sessionHash, after, stored.version)) ? after : undefined;
  }

  /** Whether there is any, also one that no policy takes: the password alone must never get the better of it. */
  async function hasMethods({ person }: Visit): Promise<boolean> {
    if (person === undefined) return false;
    const tenant = deps.tenants.find(({ id }) => id === person.tenantId);
    const rule = tenant === undefined ? 'count' : choosePolicy(tenant, person).directoryAddresses;
    return (await registeredMethods(deps.proofMethods, METHOD_KINDS, ownerOf(person, rule))).length > 0;
  }

  async function personOf(tenant: Tenant, userId: string, signal: AbortSignal): Promise<VisitPerson | undefined> {
    const canonical = canonicalUserId(userId);
    if (canonical === undefined) return undefined;
    const resolved = await resolvePerson(deps, { tenantId: tenant.id, userId: canonical, signal });
    const { account, ...identity } = identityOf(resolved, tenant);
    return account && { ...identity, ...account };
  }

  async function rulesOf(person: VisitPerson, signal: AbortSignal): Promise<KnownRules | undefined> {
    if (person.kind === 'cloud-only') return { policy: CLOUD_PASSWORD_POLICY, names: undefined };
    const { tenantId, anchor } = person;
    const { inspection } = await askAgents(deps, { tenantId, subject: { kind: 'anchor', anchor }, signal });
    if (inspection?.kind !== 'found') return undefined;
    const { samAccountName, displayName } = inspection.account;
    return { policy: inspection.policy, names: { samAccountName, displayName } };
  }

  function freshCommand(nowMs: number): VisitCommand {
    return { resetId: parseResetId(deps.randomUuid()), notAfterMs: nowMs + LIMITS.commandLifetimeMs };
  }
}

/** Whether people of the organisation come here with a password they know. */
export function isOffered({ signIn }: Tenant): boolean {
  return signIn;
}

function awayOf(visit: Visit): Visit {
  return steps.askEntryAgain(visit, 'away') ?? visit;
}
