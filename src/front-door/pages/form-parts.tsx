// The parts forms are made of: the form itself with its CSRF token, fields with label, hint and error, choices, buttons.
// Every error stands next to its field, is tied to it for screen readers, and is listed in the summary above the form.

import type { ComponentChildren } from 'preact';
import { FIELD_NAMES } from './field-names.js';
import type { Texts } from './texts/en.js';

/** Where a form is posted, and the token that shows it came from our own page. */
export interface FormTarget {
  readonly action: string;
  readonly csrfToken: string;
}

/** One problem as it is shown: the field it belongs to (undefined: the form as a whole) and its words. */
export interface ShownProblem {
  readonly fieldId: string | undefined;
  readonly text: string;
}

export function PageForm(props: { target: FormTarget; id?: string; class?: string; children: ComponentChildren }) {
  return (
    // Our own messages are shown in place of the browser's: they are in the page's language and stay on the page.
    <form id={props.id} class={props.class} method="post" action={props.target.action} novalidate>
      <input type="hidden" name={FIELD_NAMES.csrfToken} value={props.target.csrfToken} />
      {props.children}
    </form>
  );
}

export function ErrorSummary(props: { texts: Texts; problems: readonly ShownProblem[] }) {
  if (props.problems.length === 0) return null;
  return (
    // Focused on load: after a refused form, the list of problems is what must be read first (WCAG 3.3.1).
    <div class="error-summary" role="alert" tabindex={-1} autofocus>
      <h2>{props.texts.layout.errorSummary}</h2>
      <ul>
        {props.problems.map(({ fieldId, text }) => (
          <li key={text}>{fieldId === undefined ? text : <a href={`#${fieldId}`}>{text}</a>}</li>
        ))}
      </ul>
    </div>
  );
}

interface FieldProps {
  readonly id: string;
  readonly texts: Texts;
  readonly label: ComponentChildren;
  readonly hint?: string;
  readonly problem: string | undefined;
}

/** Attributes of the input itself. No `name` for a field that must not be posted. */
interface InputProps {
  readonly name?: string;
  readonly value?: string;
  readonly type?: 'text' | 'password';
  readonly inputmode?: 'email' | 'numeric' | 'tel' | 'text';
  readonly autocomplete: string;
  readonly maxlength?: number;
  readonly class?: string;
  /**
   * Which way its text runs: what is typed is Latin, whatever the page's language, and would be shown with its signs in another order.
   * Default: as its first letter has it.
   */
  readonly dir?: 'ltr';
}

export function TextField(props: FieldProps & { input: InputProps; children?: ComponentChildren }) {
  const { type, ...given } = props.input;
  const attributes = {
    id: props.id,
    autocapitalize: 'none',
    autocorrect: 'off',
    spellcheck: false,
    dir: 'auto' as 'auto' | 'ltr',
    ...given,
    ...describedBy(props),
  } as const;
  return (
    <div class="field" data-invalid={props.problem !== undefined ? 'true' : undefined}>
      <label for={props.id}>{props.label}</label>
      <FieldNotes {...props} />
      {props.children}
      {type === 'password' ? <input type="password" {...attributes} /> : <input type="text" {...attributes} />}
    </div>
  );
}

/** Whose password it is: shown, and what a password manager files it under. */
export function ToldAccount({ texts, account }: { texts: Texts; account: string }) {
  return (
    <div class="field">
      <label for="account">{texts.newPassword.account}</label>
      <input id="account" class="is-told" type="text" dir="ltr" readonly autocomplete="username" value={account} />
    </div>
  );
}

export function TextArea(props: FieldProps & { name: string; value: string; maxlength: number }) {
  return (
    <div class="field" data-invalid={props.problem !== undefined ? 'true' : undefined}>
      <label for={props.id}>{props.label}</label>
      <FieldNotes {...props} />
      <textarea
        id={props.id}
        name={props.name}
        dir="auto"
        rows={5}
        maxlength={props.maxlength}
        value={props.value}
        {...describedBy(props)}
      />
    </div>
  );
}

/** One out of a list that is too long to be shown whole. Nothing is chosen at first: `none` says that something is to be. */
export function SelectField(
  props: FieldProps & {
    name: string;
    none: string;
    options: readonly { readonly value: string; readonly label: string }[];
    chosen: string | undefined;
  },
) {
  return (
    <div class="field" data-invalid={props.problem !== undefined ? 'true' : undefined}>
      <label for={props.id}>{props.label}</label>
      <FieldNotes {...props} />
      <select id={props.id} name={props.name} autocomplete="off" {...describedBy(props)}>
        <option value="">{props.none}</option>
        {props.options.map(({ value, label }) => (
          <option key={value} value={value} selected={value === props.chosen} dir="auto">
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

export function RadioChoices(props: {
  id: string;
  texts: Texts;
  legend: string;
  name: string;
  choices: readonly Choice[];
  chosen: string | undefined;
  problem: string | undefined;
}) {
  return (
    <fieldset
      id={props.id}
      class="choices"
      tabindex={-1}
      data-invalid={props.problem !== undefined ? 'true' : undefined}
      aria-describedby={props.problem !== undefined ? `${props.id}-error` : undefined}
    >
      <legend>{props.legend}</legend>
      <FieldNotes {...props} />
      {props.choices.map(({ value, label, hint }, index) => (
        <div class="choice" key={value}>
          <input
            type="radio"
            id={`${props.id}-${index}`}
            name={props.name}
            value={value}
            checked={value === props.chosen}
            aria-describedby={hint === undefined ? undefined : `${props.id}-${index}-hint`}
          />
          <label for={`${props.id}-${index}`}>{label}</label>
          {hint !== undefined && (
            <p class="choice-hint" id={`${props.id}-${index}-hint`}>
              {hint}
            </p>
          )}
        </div>
      ))}
    </fieldset>
  );
}

export function Button(props: { id?: string; children: ComponentChildren }) {
  return (
    <button type="submit" class="button" id={props.id}>
      {props.children}
    </button>
  );
}

/** A button that posts the form with an `action`: lighter than the main one. */
export function ActionButton(props: { action: string; children: ComponentChildren }) {
  return (
    <button type="submit" class="button-quiet" name={FIELD_NAMES.action} value={props.action}>
      {props.children}
    </button>
  );
}

/**
 * Put first in a form whose action buttons come before the main one. A browser presses the first submit button of a form
 * when Enter is typed in a field: that must be *Next*, never *New characters*.
 */
export function PressedByEnter() {
  // Inert: nobody meets it by tab key or screen reader; the real button follows.
  return <button type="submit" class="visually-hidden" inert />;
}

/** Hint and error of a field, or of a group of them; whoever shows them ties them to it by `aria-describedby`. */
export function FieldNotes(props: { id: string; texts: Texts; hint?: string; problem: string | undefined }) {
  return (
    <>
      {props.hint !== undefined && (
        <p class="hint" id={`${props.id}-hint`}>
          {props.hint}
        </p>
      )}
      {props.problem !== undefined && (
        <p class="error" id={`${props.id}-error`}>
          <span class="visually-hidden">{props.texts.layout.errorPrefix} </span>
          {props.problem}
        </p>
      )}
    </>
  );
}

function describedBy(props: { id: string; hint?: string; problem: string | undefined }) {
  const ids = [props.hint !== undefined && `${props.id}-hint`, props.problem !== undefined && `${props.id}-error`];
  const present = ids.filter((id) => id !== false);
  return {
    'aria-describedby': present.length > 0 ? present.join(' ') : undefined,
    'aria-invalid': props.problem !== undefined ? ('true' as const) : undefined,
  };
}
