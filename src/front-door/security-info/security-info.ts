// What a signed-in person does with their ways of proving who they are: sees them, sets up, names and removes. Every change needs a way
// that was proved a short while ago (own-proofs.ts), where there is one, and is told to the person's other addresses.
// Knows no HTTP and no page. How a way is set up is its method's, see methods/method-setup.ts.

import type { AuditJournal } from '../audit/audit-journal.js';
import { ownerOf } from '../methods/directory-addresses.js';
import type { MethodKind } from '../methods/every-method.js';
import type { MethodSetup, SetupResult, SetupStep } from '../methods/method-setup.js';
import type { AccountRef, KeptMethod, MethodStore } from '../methods/method-store.js';
import { type RegisteredMethod, registeredMethods } from '../methods/proof-method.js';
import { RECOVERY_CODES_ID, RECOVERY_CODES_KIND } from '../methods/ways-to-remove.js';
import { everyAddress } from '../notices/every-address.js';
import { FLOW_LIMITS } from '../resets/flow.js';
import type { Caller } from '../resets/prove.js';
import type { SignedIn, Visit, VisitPerson } from '../sign-in/visit.js';
import * as visitSteps from '../sign-in/visit.js';
import { choosePolicy } from '../tenants/choose-policy.js';
import type { Tenant } from '../tenants/tenant.js';
import { accountKey, messageThrottles } from '../throttles/throttles.js';
import { kindsOffered, lookAtSecurityInfo, mayChangeWays, methodsToConfirm } from './look-at-security-info.js';
import { type OwnProofsDeps, ownProofs } from './own-proofs.js';
import { type Own, type OwnStepsDeps, ownSteps } from './own-steps.js';
import { workAddresses } from './work-addresses.js';

/** What was done to somebody's ways. */
export const CHANGES = ['added', 'removed'] as const;
export type Change = (typeof CHANGES)[number];

export interface SecurityInfoDeps extends OwnProofsDeps, OwnStepsDeps {
  readonly store: MethodStore;
  readonly setups: readonly MethodSetup[];
  readonly audit: AuditJournal;
  /** Ends whatever is being proved for the account elsewhere. */
  readonly endFlowsOf: (account: AccountRef) => Promise<void>;
  /** Ends every visit in which the account is signed in, but for one session's. */
  readonly signOutElsewhere: (account: AccountRef, exceptSessionHash: string) => Promise<void>;
  /** Tells the person, at the addresses they had before; must not reject for a mail that cannot be sent. */
  readonly tellChanged: (changed: {
    readonly tenant: Tenant;
    readonly visit: Pick<Visit, 'userId' | 'supportId' | 'language'>;
    readonly account: AccountRef;
    readonly addresses: readonly string[];
    readonly method: MethodKind;
    readonly change: Change;
    /** Of what was added, so that it can be taken away again; undefined: nothing was. */
    readonly addedId: string | undefined;
  }) => Promise<void>;
}

export const METHOD_NAME_UNITS_MAX = 40;

export type SecurityInfo = ReturnType<typeof createSecurityInfo>;

export function createSecurityInfo(deps: SecurityInfoDeps) {
  const { store, setups, throttles, audit, clock } = deps;
  const signedIn = ownSteps(deps);

  return {
    look: (visit: Visit) => lookAtSecurityInfo(deps, visit),
    ...ownProofs(deps, signedIn),
    openSetup,
    confirmNamed,
    goOnSettingUp,
    sendAgain,
    leave,
    rename,
    remove,
    sayAllIsRight,
    leadToMissing,
  };

  /** Opens the page of setting a way up; where nothing is asked for there, its first step is taken with it. */
  async function openSetup(caller: Caller, kind: MethodKind): Promise<void> {
    await changing(caller, async (own) => {
      if (!isOffered(own, kind)) return undefined;
      if (setups.find((each) => each.kind === kind)?.opensWithStep) return begun(own, kind, []);
      return visitSteps.move(own.visit, { at: { kind: 'setting-up', method: kind }, news: undefined });
    });
  }

  /** Sends a code to what the directory names of the person: nothing has to be typed, and then it is theirs as if it had been. */
  async function confirmNamed(caller: Caller, id: string): Promise<void> {
    await changing(caller, async (own) => {
      const method = (await toConfirm(own)).find((each) => each.id === id);
      const visit = method && (await begun(own, method.kind, [method.address]));
      const at = visit && settingUp(visit);
      if (visit === undefined || at?.pending === undefined) return visit;
      return visitSteps.move(visit, { at: { ...at, isNamed: true } });
    });
  }

  function toConfirm({ person, tenant }: Own): Promise<readonly RegisteredMethod[]> {
    const policy = choosePolicy(tenant, person);
    return methodsToConfirm(deps.proofMethods, kindsOffered(setups, policy, tenant), person, policy);
  }

  /** Whichever step of setting up comes next. */
  async function goOnSettingUp(caller: Caller, typed: readonly string[]): Promise<void> {
    await signedIn(caller, async (own) => {
      const at = settingUp(own.visit);
      if (at === undefined || !isOffered(own, at.method)) return undefined;
      if (at.pending !== undefined) return confirmed(own, at.method, at.pending, typed);
      return visitSteps.isConfirmed(own.visit, clock.nowMs()) ? begun(own, at.method, typed) : undefined;
    });
  }

  /** A new code to where the last one went; until it is on its way, that one is good. */
  async function sendAgain(caller: Caller): Promise<void> {
    await signedIn(caller, async (own) => {
      const at = settingUp(own.visit);
      const pending = at?.pending;
      if (at === undefined || pending === undefined || !isOffered(own, at.method)) return undefined;
      const nowMs = clock.nowMs();
      const mayBegin = visitSteps.isConfirmed(own.visit, nowMs) || nowMs < pending.expiresAtMs;
      const isSent = setups.find((each) => each.kind === at.method)?.sends !== undefined;
      if (!mayBegin || !isSent) return undefined;
      const isEarly = nowMs < pending.issuedAtMs + FLOW_LIMITS.resendWaitMs;
      const visit = isEarly ? undefined : await begun(own, at.method, [pending.prompt]);
      const sent = visit && settingUp(visit);
      if (visit === undefined || sent?.pending === undefined) {
        const problem = sent?.problem ?? 'too-many-sent';
        return visitSteps.move(own.visit, { at: { ...at, wasSentAgain: false, problem } });
      }
      return visitSteps.move(visit, { at: { ...sent, isNamed: at.isNamed, wasSentAgain: true } });
    });
  }

  async function begun(own: Own, kind: MethodKind, typed: readonly string[]): Promise<Visit | undefined> {
    const { person, visit } = own;
    const setup = setups.find((each) => each.kind === kind);
    if (setup === undefined) return undefined;
    const counted = messageThrottles(setup.sends, accountKey(person.tenantId, person.anchor));
    if (!(await throttles.attempt(counted)))
      return visitSteps.move(visit, { at: { kind: 'setting-up', method: kind, problem: 'blocked' } });
    const before = await store.list(person);
    const result = await setup.begin(stepOf(own), typed);
    // What was refused was not sent.
    if (result.kind === 'refused') for (const key of counted) await throttles.giveBack(key);
    return settled(own, { kind, pending: undefined, result, before });
  }

  /** What is pending was begun while it was allowed: finding the phone may take longer than that. */
  async function confirmed(
    own: Own,
    kind: MethodKind,
    pending: NonNullable<VisitPending>,
    typed: readonly string[],
  ): Promise<Visit | undefined> {
    const setup = setups.find((each) => each.kind === kind);
    if (setup === undefined) return undefined;
    const before = await store.list(own.person);
    const result = await setup.confirm(stepOf(own), pending, typed);
    const isOver = result.kind === 'refused' && result.problem === 'expired';
    const isGuess = result.kind === 'refused' && result.problem === 'wrong';
    const left = isOver ? undefined : { ...pending, triesLeft: pending.triesLeft - (isGuess ? 1 : 0) };
    return settled(own, { kind, pending: left, result, before });
  }

  /** Back to the list, whatever was begun. */
  async function leave(caller: Caller): Promise<void> {
    await signedIn(caller, async ({ visit }) => visitSteps.leave(visit));
  }

  async function rename(caller: Caller, id: string, typed: string): Promise<void> {
    await changing(caller, async ({ visit, person }) => {
      const name = typed.replaceAll(/\p{C}/gu, ' ').trim().slice(0, METHOD_NAME_UNITS_MAX).toWellFormed();
      return (await store.rename(person, id, name)) ? visitSteps.move(visit, { news: 'renamed' }) : undefined;
    });
  }

  async function remove(caller: Caller, id: string): Promise<void> {
    await changing(caller, async (own) => {
      const { visit, person } = own;
      const kept = await store.list(person);
      const kind = await removeKept(person, id, kept);
      if (kind === undefined) return undefined;
      // Whoever proves something elsewhere may be about to use what is gone, or has used it to change ways.
      await deps.endFlowsOf(person);
      await deps.signOutElsewhere(person, caller.sessionHash);
      const told = everyAddress(person.noticeAddresses, kept);
      await changed(own, {
        kind,
        change: 'removed',
        told,
        addedId: undefined,
      });
      return visitSteps.showRemoved(visit, told.length > 0 ? 'removed' : 'removed-untold');
    });
  }

  /** Of which kind it was; undefined: there is none of this id. */
  async function removeKept(
    person: VisitPerson,
    id: string,
    kept: readonly KeptMethod[],
  ): Promise<MethodKind | undefined> {
    if (id === RECOVERY_CODES_ID) {
      await store.setRecoveryCodes(person, [], clock.nowMs());
      return RECOVERY_CODES_KIND;
    }
    return (await store.remove(person, id)) ? kept.find((one) => one.id === id)?.kind : undefined;
  }

  /** The person has looked at all of it. */
  async function sayAllIsRight(caller: Caller): Promise<void> {
    await changing(caller, async ({ visit, person }) => {
      await store.confirm(person, clock.nowMs());
      return visitSteps.move(visit, { news: 'confirmed' });
    });
  }

  /** Whoever has just signed in, has too little and may change it: to setting up the first kind that is missing, where that is required. */
  async function leadToMissing(caller: Caller): Promise<void> {
    await changing(caller, async (own) => {
      const { visit, person, tenant } = own;
      if (!tenant.registration.isRequired) return undefined;
      const policy = choosePolicy(tenant, person);
      const counted = ownerOf(person, policy.directoryAddresses);
      const registered = (await registeredMethods(deps.proofMethods, policy.methods, counted)).map(({ kind }) => kind);
      if (new Set(registered).size >= policy.gates) return undefined;
      // The list offers it, and nothing has to be typed for it.
      if ((await toConfirm(own)).some(({ kind }) => !registered.includes(kind))) return undefined;
      const kind = setups.map((setup) => setup.kind).find((each) => isOffered(own, each) && !registered.includes(each));
      return kind && visitSteps.move(visit, { at: { kind: 'setting-up', method: kind } });
    });
  }

  async function settled(
    own: Own,
    set: {
      readonly kind: MethodKind;
      readonly pending: VisitPending;
      readonly result: SetupResult;
      /** What there was before. */
      readonly before: readonly KeptMethod[];
    },
  ): Promise<Visit | undefined> {
    const { kind, result } = set;
    const { visit, person } = own;
    switch (result.kind) {
      case 'pending':
        return visitSteps.move(visit, { at: { kind: 'setting-up', method: kind, pending: result.pending } });
      case 'refused': {
        const { problem, at: field } = result;
        const chosen = result.chosen?.map((each) => each.slice(0, visitSteps.CHOSEN_UNITS_MAX).toWellFormed());
        const isNamed = set.pending && settingUp(visit)?.isNamed;
        const at = { kind: 'setting-up', method: kind, pending: set.pending, isNamed, problem, field, chosen } as const;
        return visitSteps.move(visit, { at });
      }
      case 'done': {
        const told = everyAddress(person.noticeAddresses, set.before);
        await changed(own, {
          kind,
          change: 'added',
          told,
          addedId: result.id,
        });
        const at =
          result.shown.length === 0
            ? ({ kind: 'list' } as const)
            : ({ kind: 'shown', method: kind, texts: [...result.shown] } as const);
        return visitSteps.move(visit, { at, news: told.length > 0 ? 'added' : 'added-untold' });
      }
    }
  }

  async function changed(
    { visit, person, tenant }: Own,
    done: {
      readonly kind: MethodKind;
      readonly change: Change;
      readonly told: readonly string[];
      readonly addedId: string | undefined;
    },
  ): Promise<void> {
    const { kind, change, told, addedId } = done;
    const { tenantId, anchor } = person;
    const event = change === 'added' ? 'method-added' : 'method-removed';
    await audit.append({ event, fields: { tenantId, supportId: visit.supportId, anchor, method: kind } });
    const account = { tenantId, anchor };
    // Whatever `notify` says: who added a way for themselves is found by nobody else.
    await deps.tellChanged({ tenant, visit, account, addresses: told, method: kind, change, addedId });
  }

  function stepOf({ caller, visit, person, tenant }: Own): SetupStep {
    return {
      account: { tenantId: person.tenantId, anchor: person.anchor },
      sessionHash: caller.sessionHash,
      supportId: visit.supportId,
      organisationName: tenant.name,
      userId: visit.userId,
      workAddresses: workAddresses(person, tenant),
      language: caller.language,
    };
  }

  /** A change of somebody's ways: only where one of them was proved a short while ago, and this is turned on for them. */
  async function changing(caller: Caller, change: (own: Own) => Promise<Visit | undefined>): Promise<void> {
    await signedIn(caller, async (own) => {
      const { visit, person, tenant } = own;
      const mayChange = visitSteps.isConfirmed(visit, clock.nowMs()) && mayChangeWays(tenant, person);
      return mayChange ? change(own) : undefined;
    });
  }

  function isOffered({ tenant, person }: Own, kind: MethodKind): boolean {
    return mayChangeWays(tenant, person) && kindsOffered(setups, choosePolicy(tenant, person), tenant).includes(kind);
  }
}

type SettingUp = Extract<SignedIn['at'], { kind: 'setting-up' }>;
type VisitPending = SettingUp['pending'];

function settingUp({ stage }: Visit): SettingUp | undefined {
  return stage.kind === 'signed-in' && stage.at.kind === 'setting-up' ? stage.at : undefined;
}
