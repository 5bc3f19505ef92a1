// The port for what people see of a method, and what administrators are told of it: where it is chosen, the page of proving, the pages of
// setting up, its lines in `explain`. Every function is from view data to HTML or words: what it shows was looked up before.
// The words themselves are in pages/texts, in every language.

import type { Language } from '../languages/language.js';
import type { FormTarget } from '../pages/form-parts.js';
import type { Surroundings } from '../pages/layout.js';
import type { CodeProblem, Operation, QuestionsSetupProblem, SetupProblem } from '../pages/page-words.js';
import type { Texts } from '../pages/texts/en.js';
import type { Tenant } from '../tenants/tenant.js';
import type { PendingSetup } from './method-setup.js';
import type { OpenProof } from './proof-method.js';

/** A mailbox or a phone of which no part may be shown yet; `number` tells several of one kind apart, counted from 1. */
export interface UnseenAddress {
  readonly number: number | undefined;
}

/** How a method says an address of which all may be shown, or nothing but that there is one, or which of several. */
export interface AddressWords {
  readonly seen: (address: string) => string;
  readonly unseen: string;
  /** Of several of one kind. Default: as of one. */
  readonly numbered?: (number: string) => string;
}

export function saidAddress(address: string | UnseenAddress, { seen, unseen, numbered }: AddressWords): string {
  if (typeof address === 'string') return seen(address);
  return address.number === undefined || numbered === undefined ? unseen : numbered(String(address.number));
}

/** What is not seen has nothing to mask. */
export function maskedBy(mask: (address: string) => string, address: string | UnseenAddress): string | UnseenAddress {
  return typeof address === 'string' ? mask(address) : address;
}

export interface MethodFace {
  /** Its page has a script of its own: `browser/<kind>.ts` in its folder, built with those of the other pages. Default: it has none. */
  readonly hasScript?: true;
  /** Where a way is chosen. `address`: whole; it is masked here. */
  readonly choice: (address: string | UnseenAddress, texts: Texts) => { readonly label: string; readonly hint: string };
  readonly proofPage: (view: ProofView, surroundings: Surroundings) => string;
  /** Both steps of setting it up: without what is pending the first one, or what is shown when its time is over. */
  readonly setUpPage: (view: SetUpView, surroundings: Surroundings) => string;
  /** What the person is told once, when it is set up. Default: nothing is. */
  readonly toldOncePage?: (view: ToldOnceView, surroundings: Surroundings) => string;
  /** For administrators, in English. `address`: masked. */
  readonly explained: (address: string | UnseenAddress, texts: Texts) => ExplainedMethod;
}

/** What every page of a method is given. */
interface MethodPageView {
  readonly form: FormTarget;
  /** The page's language. */
  readonly language: Language;
  /** Whose person is asked, where that is known. */
  readonly tenant: Pick<Tenant, 'language' | 'securityQuestions'> | undefined;
  /** Address of its script, where it has one. */
  readonly scriptSrc: string | undefined;
}

export interface ProofView extends MethodPageView {
  /** What it leads to; undefined where that is no reset and no unlock, and no line says where the person is. */
  readonly operation: Operation | undefined;
  /** Counted from 1. */
  readonly gate: number;
  readonly gates: number;
  readonly hasOtherMethod: boolean;
  /** Whole: the page masks it. Empty where there is none. */
  readonly address: string | UnseenAddress;
  /** What is awaited; undefined: nothing was begun, or nothing is any more. */
  readonly open: OpenProof | undefined;
  /** What became of the last step. */
  readonly notice: ProofNotice | undefined;
}

export type ProofNotice = CodeProblem | 'counter-back' | 'sent-again';

export interface SetUpView extends MethodPageView {
  readonly problem: SetupProblem | QuestionsSetupProblem | undefined;
  /** In which of the posted fields it is, counted from 0; undefined: in none of them. */
  readonly problemAt: number | undefined;
  readonly pending: Pick<PendingSetup, 'prompt'> | undefined;
  /** What is pending was sent once more. */
  readonly wasSentAgain: boolean;
  /** What was chosen in the form and is shown again. */
  readonly chosen: readonly string[];
}

export interface ToldOnceView {
  readonly form: FormTarget;
  readonly texts: readonly string[];
  /** Whose they are, since when, and where they are used: what a printed page must say years later. */
  readonly account: string;
  readonly madeOn: string;
  readonly address: string;
}

export interface ExplainedMethod {
  /** As it stands among the ways to choose from. */
  readonly choice: string;
  /** Of the page, or pages, of proving it. */
  readonly heading: string;
  readonly says: readonly string[];
}
