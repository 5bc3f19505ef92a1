// "Choose a new password": the directory's rules before typing, ticked while typing, how hard it is to guess, and two fields that are
// never posted.
// The fields have no name; the page's script seals what is in them into the hidden field. Without the script nothing can leave.

import type { SealedExplanation } from '../../protocol/sealed-explanation.js';
import type { NewPasswordWords } from '../passwords/new-password-words.js';
import type { PasswordRule } from '../passwords/password-hints.js';
import type { PasswordProblem } from '../passwords/password-problem.js';
import { DataBlock } from './data-block.js';
import { FIELD_NAMES } from './field-names.js';
import { Button, ErrorSummary, type FormTarget, PageForm, TextField, ToldAccount } from './form-parts.js';
import { renderPage, type Surroundings } from './layout.js';
import type { EntryProblem, Must } from './page-words.js';
import { Lead, Notice, Onward, QuietLink } from './prose-parts.js';
import type { Texts } from './texts/en.js';

/** What the script finds in `<script id="sealing">`; see browser/sealing-block.ts for its reader. */
export interface SealingBlock {
  /** One for each live agent; `publicKey` in base64url. */
  readonly recipients: readonly { readonly keyId: string; readonly publicKey: string }[];
  readonly context: {
    readonly tenantId: string;
    readonly resetId: string;
    readonly anchor: string;
    readonly operation: 'reset' | 'change' | 'sign-in';
    readonly flags: { readonly unlock: boolean; readonly mustChange: boolean };
    readonly notAfterMs: number;
  };
}

export interface NewPasswordView {
  readonly form: FormTarget;
  /** The user ID as typed: shown, and what a password manager files the new password under. */
  readonly account: string;
  readonly rules: readonly PasswordRule[];
  readonly sealing: SealingBlock;
  /** Who can open it: the organisation's agents, or the front door for an account of its own. Said to the person, so it must be true. */
  readonly sealedFor: 'organisation' | 'front-door';
  /** Why the last attempt was not taken, the first thing to repair first; empty on the first visit. */
  readonly problems: readonly PasswordProblem[];
  /** Which word it was refused for, which the person's browser alone can open; undefined where nobody said. */
  readonly explanation?: SealedExplanation | undefined;
  /** Where the password is changed by the one before it. Undefined: nobody knows that one. */
  readonly change?: { readonly must: Must | undefined; readonly problem: EntryProblem | undefined };
  /** Address of the built `new-password` module (see dist/browser/.vite/manifest.json). */
  readonly scriptSrc: string;
}

/** Ids the page and its script share: renaming one is renaming both (browser/new-password.ts). */
const CURRENT = 'current-password';
const PASSWORD = 'new-password';
const AGAIN = 'new-password-again';

export function newPasswordPage(view: NewPasswordView, surroundings: Surroundings): string {
  const { texts, startHref } = surroundings;
  const words = texts.newPassword;
  const problem = view.problems.map((found) => words.problems[found]).join(' ') || undefined;
  const isAboutRepeat = view.problems.includes('different');
  const { change } = view;
  const currentProblem = change?.problem && currentProblemText(change.problem, texts);
  return renderPage({
    heading: change === undefined ? words.heading : texts.signedIn.change.heading,
    surroundings,
    hasErrors: problem !== undefined || currentProblem !== undefined,
    ...(change === undefined ? { progress: { at: 'finish', operation: 'reset' } } : {}),
    scriptSrc: view.scriptSrc,
    children: (
      <>
        <ErrorSummary
          texts={texts}
          problems={[
            ...(currentProblem === undefined ? [] : [{ fieldId: CURRENT, text: currentProblem }]),
            ...view.problems.map((found) => ({
              fieldId: found === 'different' ? AGAIN : PASSWORD,
              text: words.problems[found],
            })),
          ]}
        />
        {change?.must !== undefined && <Notice kind="fact">{texts.signedIn.change.must[change.must]}</Notice>}
        <Lead>{change === undefined ? words.lead : texts.signedIn.change.lead}</Lead>
        <noscript>
          <p class="notice notice-fact">{words.noScript}</p>
        </noscript>
        <PageForm target={view.form} id="new-password-form">
          <input type="hidden" name={FIELD_NAMES.sealed} id="sealed" value="" />
          <ToldAccount texts={texts} account={view.account} />
          {view.change !== undefined && (
            <TextField
              id={CURRENT}
              texts={texts}
              label={texts.signedIn.change.current}
              problem={currentProblem}
              input={{ type: 'password', autocomplete: 'current-password', dir: 'ltr' }}
            />
          )}
          <Rules texts={texts} rules={view.rules} />
          <TextField
            id={PASSWORD}
            texts={texts}
            label={words.password}
            problem={isAboutRepeat ? undefined : problem}
            input={{ type: 'password', autocomplete: 'new-password', dir: 'ltr' }}
          />
          <Strength />
          <TextField
            id={AGAIN}
            texts={texts}
            label={words.again}
            problem={isAboutRepeat ? problem : undefined}
            input={{ type: 'password', autocomplete: 'new-password', dir: 'ltr' }}
          />
          <div class="check">
            <input
              type="checkbox"
              id="show-password"
              aria-controls={[...(change === undefined ? [] : [CURRENT]), PASSWORD, AGAIN].join(' ')}
            />
            <label for="show-password">{words.show}</label>
          </div>
          <p class="hint">{words.sealedFor[view.sealedFor]}</p>
          <Onward>
            <Button>{words.finish}</Button>
            {change !== undefined && <QuietLink href={startHref}>{texts.signedIn.name.forgot}</QuietLink>}
          </Onward>
          <p id="sending" class="hint" role="status" />
        </PageForm>
        <DataBlock id="sealing" value={view.sealing} />
        {view.explanation !== undefined && <DataBlock id="sealed-explanation" value={view.explanation} />}
        <DataBlock id="new-password-words" value={scriptWords(view, surroundings)} />
      </>
    ),
  });
}

/** Whoever changes a password has signed in with it: only the password can be wrong now, and not whose it is. */
function currentProblemText(problem: EntryProblem, { results, signedIn }: Texts): string {
  return problem === 'wrong' ? results.wrongCurrentPassword : signedIn.entry.problems[problem];
}

function Rules(props: { texts: Texts; rules: readonly PasswordRule[] }) {
  const words = props.texts.newPassword;
  if (props.rules.length === 0) return <p class="hint">{words.rulesNone}</p>;
  return (
    <section class="rules" aria-labelledby="rules-heading">
      <h2 id="rules-heading">{words.rules}</h2>
      <ul>
        {props.rules.map((rule, index) => (
          // The mark is a word as well as a sign, and stays empty until the script has something to say.
          <li key={rule.kind} id={`rule-${index}`}>
            <span class="rule-text">{ruleText(rule, props.texts)}</span> <span class="rule-mark" />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Filled by the script, and nothing before: below the rules and the field, so that neither moves while somebody types. */
function Strength() {
  return (
    <>
      <p id="strength" class="strength" hidden>
        <span class="strength-bar" aria-hidden="true">
          <span class="strength-segment" />
          <span class="strength-segment" />
          <span class="strength-segment" />
        </span>
        <span class="strength-word" />
        <span class="strength-advice" />
      </p>
      {/* Not atomic: of the two, only what has changed is spoken. */}
      <p class="visually-hidden" role="status" aria-atomic="false">
        <span id="rules-status" class="visually-hidden" /> <span id="strength-status" class="visually-hidden" />
      </p>
      {/* Nothing that keeps anybody from it: what they should know of what they typed. */}
      <p id="notices" class="hint" role="status" />
    </>
  );
}

export function ruleText(rule: PasswordRule, texts: Texts): string {
  const words = texts.newPassword.rule;
  switch (rule.kind) {
    case 'length-at-least':
      return words.lengthAtLeast(rule.units);
    case 'categories':
      return words.categories(rule.atLeast);
    case 'without-name':
      return words.withoutName;
    case 'not-recent':
      return words.notRecent(rule.remembered);
    case 'age-at-least':
      return words.ageAtLeast(rule.hours);
    case 'not-guessable':
      return words.notGuessable;
  }
}

function scriptWords({ rules, account }: NewPasswordView, { texts, organisationName }: Surroundings): NewPasswordWords {
  const words = texts.newPassword;
  const names = rules.flatMap((rule) => (rule.kind === 'without-name' ? rule.names : []));
  return {
    rules,
    about: [account, organisationName, ...names],
    strength: words.strength,
    strengthAdvice: words.strengthAdvice,
    notices: words.notices,
    marks: words.marks,
    announce: Array.from({ length: rules.length + 1 }, (_, met) => words.announce(met, rules.length)),
    errorPrefix: texts.layout.errorPrefix,
    sending: words.sending,
    problems: words.problems,
    explained: {
      name: words.explained.name('{words}'),
      common: words.explained.common('{words}'),
      banned: words.explained.banned('{words}'),
      short: words.explained.short,
      quoted: words.explained.quoted('{word}'),
      advice: words.explained.advice,
      locale: texts.locale,
    },
    currentMissing: texts.signedIn.entry.problems.missing,
  };
}
