// Sends a code to a phone, for whichever step asks for one, within every limit on what may be sent: to the number, to its range, to its
// country, for the organisation, and for the money of the day. Knows no step, and no gateway but by its port. Numbers are kept as keyed hashes.

import { createHmac } from 'node:crypto';
import { canonicalBytes } from '../../../protocol/canonical-bytes.js';
import type { TenantId } from '../../../protocol/identifiers.js';
import { callingCodeOf } from '../../../protocol/phone-number.js';
import type { Clock } from '../../../timing/clock.js';
import type { AuditJournal } from '../../audit/audit-journal.js';
import type { RandomBytes } from '../../captcha/random-draws.js';
import type { Language } from '../../languages/language.js';
import type { NoticeSettings } from '../../notices/notice-settings.js';
import type { ThrottleName } from '../../throttles/throttle-rules.js';
import type { ThrottleKey } from '../../throttles/throttle-store.js';
import type { Throttles } from '../../throttles/throttles.js';
import { CODE_LIFETIME_MS, CODE_TRIES_MAX, drawSentCode } from '../sent-code.js';
import {
  costOf,
  dayOf,
  decideSpend,
  isServed,
  type Millionths,
  rangeOf,
  type TextRules,
  takeBack,
} from './decide-send.js';
import { partsOf } from './message-parts.js';
import type { SpendStore } from './spend-store.js';
import { type TextGateway, TextNotSent } from './text-gateway.js';
import { writeCodeText } from './write-text.js';

interface TextEvent {
  readonly tenantId: TenantId;
  readonly supportId: string;
}

export interface TextEvents {
  textSent(event: TextEvent & { readonly parts: number }): void;
  textNotSent(event: TextEvent & { readonly mayHaveGone: boolean; readonly failure: unknown }): void;
  /** Not even tried: `limit` holds. */
  textHeldBack(event: TextEvent & { readonly limit: ThrottleName | 'countries' | 'cost-of-day' }): void;
  /** Once a day and organisation. */
  textsStopped(event: { readonly tenantId: TenantId }): void;
}

export interface TextCodeDeps {
  readonly gateway: TextGateway;
  readonly rules: TextRules;
  readonly spend: SpendStore;
  readonly throttles: Pick<Throttles, 'attempt'>;
  readonly audit: Pick<AuditJournal, 'append'>;
  readonly events: TextEvents;
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** 32 bytes. */
  readonly digestKey: Uint8Array;
  readonly noticeSettings: NoticeSettings;
  /** Of the pages, without a port. */
  readonly host: string;
}

/** What is of text messages alone, and is there only where there is a gateway. */
export type TextMeans = Pick<TextCodeDeps, 'gateway' | 'rules' | 'spend' | 'throttles' | 'audit' | 'events' | 'host'>;

export interface TextRecipient {
  readonly tenantId: TenantId;
  readonly number: string;
  readonly language: Language;
  readonly organisationName: string;
  readonly supportId: string;
}

/** Undefined when it was not sent, for whatever reason. `digestOf`: what is kept of the code. */
export async function sendTextCode(deps: TextCodeDeps, to: TextRecipient, digestOf: (code: string) => string) {
  const { gateway, rules, events, clock } = deps;
  const { tenantId, number, supportId } = to;
  const code = drawSentCode(deps.random);
  const text = writeCodeText(code, { ...deps.noticeSettings(to), host: deps.host });
  const parts = partsOf(text);
  const cost = costOf(rules, number, parts);
  const limit = isServed(rules, number)
    ? ((await shutBy(deps, to)) ?? (await spend(deps, tenantId, cost)))
    : 'countries';
  if (limit !== undefined) {
    events.textHeldBack({ tenantId, supportId, limit });
    return undefined;
  }
  try {
    await gateway.send({ number, text });
  } catch (failure) {
    if (!(failure instanceof TextNotSent)) throw failure;
    const { mayHaveGone } = failure;
    events.textNotSent({ tenantId, supportId, mayHaveGone, failure });
    if (!mayHaveGone) await giveBack(deps, tenantId, cost);
    return undefined;
  }
  events.textSent({ tenantId, supportId, parts });
  // From now on: a gateway may have taken its time.
  const nowMs = clock.nowMs();
  return {
    digest: digestOf(code),
    issuedAtMs: nowMs,
    expiresAtMs: nowMs + CODE_LIFETIME_MS,
    triesLeft: CODE_TRIES_MAX,
  };
}

/** The narrowest first: who is shut there takes nothing from what is everybody's. */
async function shutBy({ throttles, digestKey }: TextCodeDeps, { tenantId, number }: TextRecipient) {
  const hashed = (text: string) =>
    createHmac('sha256', digestKey)
      .update(canonicalBytes('drawbridge/text-throttle/1', [text]))
      .digest('base64url');
  const keys: readonly ThrottleKey[] = [
    { name: 'texts-to-number', key: hashed(number) },
    { name: 'texts-to-range', key: `${tenantId}/${hashed(rangeOf(number))}` },
    { name: 'texts-to-country', key: `${tenantId}/${callingCodeOf(number)}` },
    { name: 'texts-of-tenant', key: tenantId },
  ];
  for (const key of keys) if (!(await throttles.attempt([key]))) return key.name;
  return undefined;
}

async function spend(deps: TextCodeDeps, tenantId: TenantId, cost: Millionths) {
  const { rules, audit, events } = deps;
  const { kind, isNews } = await deps.spend.update(tenantId, dayOf(deps.clock.nowMs()), (before) => {
    const decision = decideSpend(rules, before, cost);
    return { spent: decision.spent, result: decision };
  });
  if (isNews) {
    events.textsStopped({ tenantId });
    await audit.append({ event: 'texts-stopped', fields: { tenantId, reason: 'cost-of-day' } });
  }
  return kind === 'stop' ? 'cost-of-day' : undefined;
}

/** At midnight it is given back to the new day, where it does nothing: what it was taken from is over. */
async function giveBack({ spend, clock }: TextCodeDeps, tenantId: TenantId, cost: Millionths): Promise<void> {
  await spend.update(tenantId, dayOf(clock.nowMs()), (before) => ({
    spent: takeBack(before, cost),
    result: undefined,
  }));
}
