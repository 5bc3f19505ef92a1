// "This wasn't me": shuts the account's self-service, ends what is under way there, takes away what was set up, tells the administrators
// and, where the organisation wants that, has the password made useless. Looking does nothing; saying so does it once.
// Knows no page and no mail server. What it says came of it is true: told only what was handed over, invalidated only what was done.

import { parseResetId } from '../../protocol/identifiers.js';
import { LIMITS } from '../../protocol/limits.js';
import { type OutcomeCode, outcomeCodeOf } from '../../protocol/outcome-codes.js';
import type { ResetOutcome } from '../../protocol/outcomes.js';
import type { Clock } from '../../timing/clock.js';
import type { AuditJournal } from '../audit/audit-journal.js';
import type { AccountRef } from '../methods/method-store.js';
import { type RemovableWay, type RemovingStore, removeWay, waysToRemove } from '../methods/ways-to-remove.js';
import type { Carried, Command } from '../resets/carry-out.js';
import type { Tenant } from '../tenants/tenant.js';
import { accountKey, type Throttles } from '../throttles/throttles.js';
import type { DisownLinks } from './disown-links.js';
import type { Disowned, DisownLink, DisownStore, PasswordFate, StoredDisownLink } from './disown-store.js';

/** What there is to see behind a link. A link of nobody's, or one that somebody else used up, shows nothing. */
export type DisownView =
  | {
      readonly kind: 'open';
      readonly tenant: Tenant;
      readonly link: DisownLink;
      /** Whether it will be tried, of this account. */
      readonly willInvalidate: boolean;
      /** How many ways of proving who one is would be taken away now. */
      readonly waysToRemove: number;
    }
  | { readonly kind: 'said'; readonly tenant: Tenant; readonly link: DisownLink; readonly disowned: Disowned };

/** For the administrators. */
export interface DisownedNews {
  readonly tenant: Tenant;
  readonly link: DisownLink;
  readonly saidAtMs: number;
  readonly password: PasswordFate;
  readonly waysRemoved: number;
  /** Of the attempt to invalidate the password; undefined where there was none. */
  readonly outcomeCode: OutcomeCode | undefined;
}

export interface DisownEvents {
  /** Advice: reach the person by a way you already trust, and see that whoever was in is out. */
  accountDisowned(event: {
    readonly tenantId: Tenant['id'];
    readonly supportId: string;
    readonly what: DisownLink['what'];
    readonly password: PasswordFate;
    readonly waysRemoved: number;
    readonly areAdministratorsTold: boolean;
  }): void;
}

export interface DisowningDeps {
  readonly tenants: readonly Tenant[];
  readonly links: Pick<DisownLinks, 'find'>;
  readonly store: Pick<DisownStore, 'use' | 'settle'>;
  readonly throttles: Pick<Throttles, 'attempt' | 'clear'>;
  /** Ends every flow of the account, and whoever is signed in to it; resolves once what was submitted is answered. */
  readonly endFlows: (account: AccountRef) => Promise<void>;
  readonly methods: RemovingStore;
  readonly isCloudOnly: (account: AccountRef) => Promise<boolean>;
  /** Has an agent set a password that nobody learns. */
  readonly invalidate: (account: AccountRef, command: Command) => Promise<Carried>;
  /** False where nobody could be told: the organisation has no mail for it, or there is no room. */
  readonly tellAdministrators: (news: DisownedNews) => Promise<boolean>;
  readonly audit: Pick<AuditJournal, 'append'>;
  readonly events: DisownEvents;
  readonly clock: Clock;
  readonly randomUuid: () => string;
}

export interface Disowning {
  /** Undefined: nothing that this session may be told of. Waits for what this session has just said. */
  look(token: string, sessionHash: string): Promise<DisownView | undefined>;
  /** Says it, in this session's name. A second time, or with a link that is not good, does nothing. */
  disown(token: string, sessionHash: string): Promise<void>;
}

export function createDisowning(deps: DisowningDeps): Disowning {
  const { clock, throttles, audit } = deps;
  const running = new Map<string, Promise<void>>();

  return {
    async look(token, sessionHash) {
      const seen = await known(token);
      if (seen === undefined) return undefined;
      const { tenant, link } = seen;
      if (link.use === undefined) {
        const willInvalidate = await isToInvalidate(tenant, link.account);
        return { kind: 'open', tenant, link, willInvalidate, waysToRemove: (await addedThenOrSince(link)).length };
      }
      if (link.use.sessionHash !== sessionHash) return undefined;
      // What went wrong there is told to who said it.
      await running.get(link.linkId)?.catch(() => undefined);
      const disowned = (await deps.links.find(token))?.use?.disowned ?? (await unknownOf(tenant, link.account));
      return { kind: 'said', tenant, link, disowned };
    },
    async disown(token, sessionHash) {
      const seen = await known(token);
      if (seen === undefined || seen.link.use !== undefined) return;
      const { tenant, link } = seen;
      const first = running.get(link.linkId);
      if (first !== undefined) return first;
      const own = sayOnce(tenant, link, sessionHash);
      running.set(link.linkId, own);
      try {
        await own;
      } finally {
        running.delete(link.linkId);
      }
    },
  };

  async function sayOnce(tenant: Tenant, link: DisownLink, sessionHash: string): Promise<void> {
    // First, and as often as it is said: what follows may fail, and these do no harm twice.
    await shut(link.account);
    await deps.endFlows(link.account);
    if (await deps.store.use(link.linkId, sessionHash)) await carryThrough(tenant, link);
  }

  async function known(token: string): Promise<{ tenant: Tenant; link: StoredDisownLink } | undefined> {
    const link = await deps.links.find(token);
    const tenant = link && deps.tenants.find(({ id }) => id === link.account.tenantId);
    return tenant === undefined || link === undefined ? undefined : { tenant, link };
  }

  /** For the whole time from now on, also where it was shut already. */
  async function shut({ tenantId, anchor }: AccountRef): Promise<void> {
    const key = accountKey(tenantId, anchor);
    await throttles.clear(['disowned'], key);
    await throttles.attempt([{ name: 'disowned', key }]);
  }

  async function carryThrough(tenant: Tenant, link: DisownLink): Promise<void> {
    const { account, what, supportId } = link;
    const saidAtMs = clock.nowMs();
    await audit.append({ event: 'account-disowned', fields: { ...account, supportId, operation: what } });
    const waysRemoved = await removeWays(link);
    const { password, outcomeCode } = await endPassword(tenant, link);
    const news = { tenant, link, saidAtMs, password, waysRemoved, outcomeCode };
    const areAdministratorsTold = await deps.tellAdministrators(news);
    const disowned = { password, waysRemoved, areAdministratorsTold };
    await deps.store.settle(link.linkId, disowned);
    deps.events.accountDisowned({ tenantId: tenant.id, supportId, what, ...disowned });
  }

  /** Whoever did what is disowned may have done this as well: what the person set up themselves can be set up again. */
  async function addedThenOrSince({ account, addedId, doneAtMs }: DisownLink): Promise<readonly RemovableWay[]> {
    const all = await waysToRemove(deps.methods, account);
    return all.filter(({ id, setUpAtMs }) => id === addedId || setUpAtMs >= doneAtMs);
  }

  async function removeWays(link: DisownLink): Promise<number> {
    const { account, supportId } = link;
    let removed = 0;
    for (const { id, kind } of await addedThenOrSince(link)) {
      if (!(await removeWay(deps.methods, account, id))) continue;
      removed += 1;
      await audit.append({ event: 'method-removed', fields: { ...account, supportId, method: kind } });
    }
    return removed;
  }

  /** No agent sets a password of the front door's own accounts. */
  async function isToInvalidate({ onDisowned }: Tenant, account: AccountRef): Promise<boolean> {
    return onDisowned === 'stop-and-invalidate-password' && !(await deps.isCloudOnly(account));
  }

  /** It was said, and a fault or a restart came in between: promise nothing. */
  async function unknownOf(tenant: Tenant, account: AccountRef): Promise<Disowned> {
    const password = (await isToInvalidate(tenant, account)) ? 'unknown' : 'kept';
    return { password, waysRemoved: 0, areAdministratorsTold: false };
  }

  async function endPassword(
    tenant: Tenant,
    { account, supportId }: DisownLink,
  ): Promise<Pick<DisownedNews, 'password' | 'outcomeCode'>> {
    if (!(await isToInvalidate(tenant, account))) return { password: 'kept', outcomeCode: undefined };
    const resetId = parseResetId(deps.randomUuid());
    const command = { resetId, notAfterMs: clock.nowMs() + LIMITS.commandLifetimeMs };
    const { outcome, agentId } = await deps.invalidate(account, command);
    const outcomeCode = outcomeCodeOf(outcome);
    const fields = { ...account, supportId, agentId, result: outcome.kind, reason: outcomeCode };
    await audit.append({ event: 'invalidation-answered', resetId, fields });
    return { password: fateBy(outcome), outcomeCode };
  }
}

function fateBy(outcome: ResetOutcome): PasswordFate {
  if (outcome.kind === 'done') return 'invalidated';
  const mayBeReplaced = outcome.kind === 'refused-by-policy' && outcome.hasReplacedOldPassword === true;
  return outcome.kind === 'unknown' || outcome.kind === 'agent-fault' || mayBeReplaced ? 'unknown' : 'not-invalidated';
}
