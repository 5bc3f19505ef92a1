// The port for setting a way of proving up: a first step, and for most a second one that shows that it works.
// Who may set up, and what must be proved before, is decided outside; see security-info.

import type { TenantId } from '../../protocol/identifiers.js';
import type { Language } from '../languages/language.js';
import type { ThrottleName } from '../throttles/throttle-rules.js';
import type { MethodKind } from './every-method.js';
import type { AccountRef } from './method-store.js';

/** Whose set-up, in which session. */
export interface SetupStep {
  readonly account: AccountRef;
  readonly sessionHash: string;
  readonly supportId: string;
  readonly organisationName: string;
  /** As the person signs in. */
  readonly userId: string;
  /** Canonical. Their mailboxes open with the very password that may be lost one day: no code is any use there. */
  readonly workAddresses: readonly string[];
  /** In which the person is written to. */
  readonly language: Language;
}

/** What the second step confirms. Kept sealed with the session, and by nobody else. */
export interface PendingSetup {
  /** What the page shows of it, as the method's own page reads it; empty: nothing. */
  readonly prompt: string;
  /** The method's own. */
  readonly data: string;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
  readonly triesLeft: number;
}

export type SetupProblem =
  | 'missing'
  | 'malformed'
  /** Nothing is sent to that country. */
  | 'not-served'
  /** What confirms it is not right; it may be tried again. */
  | 'wrong'
  /** Too late, or too many tries: it begins anew. */
  | 'expired'
  | 'there-already'
  /** A mailbox that opens with the password itself. */
  | 'not-private'
  | 'too-many'
  | 'question-twice'
  | 'answer-too-short'
  | 'answer-too-long'
  /** Word for word in its question. */
  | 'answer-in-question'
  /** The person's own user ID, or the organisation's name. */
  | 'answer-is-name'
  | 'answers-alike'
  /** Nothing could be sent just now. */
  | 'not-now'
  /** What was sent last is not long ago, or it was many: nothing more for now. */
  | 'too-many-sent';

export type SetupResult =
  | { readonly kind: 'pending'; readonly pending: PendingSetup }
  /** `id`: of what was set up, see ways-to-remove.ts. `shown`: what the person is told once, as recovery codes are. */
  | { readonly kind: 'done'; readonly id: string; readonly shown: readonly string[] }
  | {
      readonly kind: 'refused';
      readonly problem: SetupProblem;
      /** In which of the typed fields, counted from 0. Default: of the form as a whole, or of its only field. */
      readonly at?: number;
      /** What was chosen in the form and may be shown again: never what only the person knows. Default: nothing. */
      readonly chosen?: readonly string[];
    };

export interface MethodSetup {
  readonly kind: MethodKind;
  /** Whether the organisation has what it needs. Default: every one has. */
  readonly isOpenTo?: (tenantId: TenantId) => boolean;
  /** It asks for nothing in its first step: to open its page is to begin. Default: its page comes first. */
  readonly opensWithStep?: true;
  /**
   * The throttle of the account that counts what the first step sends, which may be taken again with what it showed (`prompt`); undefined: it
   * sends nothing.
   */
  readonly sends?: ThrottleName;
  /** `typed`: what was typed into each field of the first step, in order; none where it asks for nothing. */
  begin(step: SetupStep, typed: readonly string[]): Promise<SetupResult>;
  /** `typed`: of the second step. Never called for what `begin` did not leave pending. */
  confirm(step: SetupStep, pending: PendingSetup, typed: readonly string[]): Promise<SetupResult>;
}
