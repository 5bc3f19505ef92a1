// The port for a way of proving who one is: what is registered, how a proof is begun, whether an answer is right.
// A method neither counts attempts nor knows where in the flow it is: throttles and the flow do.

import { europeanDigits } from '../languages/european-digits.js';
import type { Language } from '../languages/language.js';
import type { ThrottleName } from '../throttles/throttle-rules.js';
import type { MethodKind } from './every-method.js';
import type { AccountRef } from './method-store.js';

/** One registered way, as the flow carries it. */
export interface RegisteredMethod {
  readonly id: string;
  readonly kind: MethodKind;
  /** Where the code is sent to; empty where none is. */
  readonly address: string;
  /** Of the one row that is to prove it, where several might. Default: whichever of its kind the account has. */
  readonly keptId?: string | undefined;
}

/** A proof that is awaited: a code, or whatever the method asks for. */
export interface OpenProof {
  /** Keyed hash of the code, bound to session, account and gate; empty where the code is not ours. */
  readonly digest: string;
  /** What the page shows of it, as the method's own page reads it; empty: nothing. */
  readonly prompt: string;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
  readonly triesLeft: number;
}

/** Whose methods are asked for; made by directory-addresses.ts, which decides what counts of what is known of a person. */
export interface MethodOwner extends AccountRef {
  /** Addresses and phones that count as the person's own without having been set up here. */
  readonly countedAddresses: readonly string[];
  readonly countedPhones: readonly string[];
}

/** Which step of which flow a proof is for: a code is good for this step alone. */
export interface ProofStep {
  readonly sessionHash: string;
  readonly account: AccountRef;
  readonly gate: number;
  readonly supportId: string;
  readonly organisationName: string;
  /** In which the person is written to. */
  readonly language: Language;
}

/** For whoever only knows the end of an address, as the page shows it, nothing is sent: the person types the whole of it first. */
export interface AddressCheck {
  /** As of a proof; undefined: it cannot be such an address. */
  typed(fields: readonly string[]): string | undefined;
  matches(method: RegisteredMethod, typed: string): boolean;
}

export type ProofVerdict =
  | 'right'
  | 'wrong'
  | 'expired'
  | 'already-used'
  /** It was not looked at, since too many others are; it may be tried again. */
  | 'not-now'
  /** It is right, and counted lower than it did before: there may be two of what there must be one of. */
  | 'counter-back';

export interface ProofMethod {
  readonly kind: MethodKind;
  /** A code that was good once is no guess: whoever types it has the sheet it stands on. Default: it counts as one. */
  readonly forgivesUsed?: true;
  /** The throttle of the account that counts what `start` sends to the person; undefined: it sends nothing, and costs nothing. */
  readonly sends?: ThrottleName;
  /** What has to be right before `start` may send anything; undefined: nothing. */
  readonly addressCheck?: AddressCheck;
  /** After a wrong answer, or one too late, it is asked anew by another `start`, with the tries that are left. Default: the same stays open. */
  readonly isAskedAnew?: true;
  /** What was typed into each field, in order, as `verify` takes it; undefined: it cannot be an answer of this kind. */
  typed(fields: readonly string[]): string | undefined;
  registered(owner: MethodOwner): Promise<readonly RegisteredMethod[]>;
  /** Begins a proof. Undefined when what it sends could not be handed over just now. */
  start(step: ProofStep, method: RegisteredMethod): Promise<OpenProof | undefined>;
  /** `answer` is what `typed` gave. `open` is what `start` gave, if anything is open. */
  verify(step: ProofStep, method: RegisteredMethod, open: OpenProof | undefined, answer: string): Promise<ProofVerdict>;
}

/** What somebody has registered, of the kinds that are taken. */
export async function registeredMethods(
  proofMethods: readonly ProofMethod[],
  kinds: readonly MethodKind[],
  owner: MethodOwner,
): Promise<readonly RegisteredMethod[]> {
  const taken = proofMethods.filter(({ kind }) => kinds.includes(kind));
  return (await Promise.all(taken.map((method) => method.registered(owner)))).flat();
}

/** Six digits out of what was typed: spaces and hyphens are forgiven, anything else is not a code. */
export function typedCode([typed = '']: readonly string[]): string | undefined {
  const compact = compactCode(typed);
  return /^[0-9]{6}$/.test(compact) ? compact : undefined;
}

/** A code of whichever kind without what people and keyboards put into it: spaces, hyphens, signs that are not seen, other digits. */
export function compactCode(typed: string): string {
  return europeanDigits(typed)
    .normalize('NFKC')
    .replaceAll(/[\s\p{Pd}\p{Cf}]/gu, '');
}
