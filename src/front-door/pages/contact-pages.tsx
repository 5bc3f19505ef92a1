// "Contact your administrator": by a form that is mailed, or by the organisation's own portal; and the word that it was sent.
// The reason is general unless the view data holds one: what a stranger is told must not describe the account.

import type { ComponentChildren } from 'preact';
import { FIELD_LIMITS, FIELD_NAMES } from './field-names.js';
import { Button, ErrorSummary, type FormTarget, PageForm, TextArea, TextField } from './form-parts.js';
import { renderPage, type Surroundings } from './layout.js';
import type { ContactProblem, WhyContact } from './page-words.js';
import { ButtonLink, Lead, Onward, QuietLink } from './prose-parts.js';
import type { Texts } from './texts/en.js';
import { webAddress } from './web-address.js';

export interface ContactForm {
  readonly kind: 'form';
  readonly form: FormTarget;
  readonly values: { readonly account: string; readonly reply: string; readonly message: string };
  readonly problems: {
    readonly account: Extract<ContactProblem, `account-${string}`> | undefined;
    readonly reply: Extract<ContactProblem, `reply-${string}`> | undefined;
    readonly message: Extract<ContactProblem, `message-${string}`> | undefined;
    /** About the form as a whole. */
    readonly form: 'not-sent' | undefined;
  };
}

export interface ContactView {
  /** Undefined: they came by themselves. */
  readonly why: WhyContact | undefined;
  readonly way: ContactForm | { readonly kind: 'portal'; readonly href: string } | { readonly kind: 'none' };
}

export function contactPage(view: ContactView, surroundings: Surroundings): string {
  const { texts } = surroundings;
  const words = texts.contact;
  return renderPage({
    heading: words.heading,
    surroundings,
    hasErrors: view.way.kind === 'form' && shownProblems(view.way, texts).length > 0,
    children: (
      <>
        {view.way.kind === 'form' && <ErrorSummary texts={texts} problems={shownProblems(view.way, texts)} />}
        <Lead>{isTurnedAway(view.why) ? words.leadNotHere : words.lead}</Lead>
        {view.why !== undefined && <p>{words.why[view.why]}</p>}
        <Way way={view.way} surroundings={surroundings} />
      </>
    ),
  });
}

/** Whether nothing can be done here for this account, however often they try. */
function isTurnedAway(why: WhyContact | undefined): boolean {
  return why !== undefined && why !== 'cannot-use-methods' && why !== 'not-verified' && why !== 'blocked';
}

export function contactSentPage(surroundings: Surroundings): string {
  const { texts, startHref } = surroundings;
  return renderPage({
    heading: texts.contact.sentHeading,
    surroundings,
    children: (
      <>
        <Lead>{texts.contact.sentLead}</Lead>
        <p>{texts.contact.sentAdvice}</p>
        <Onward>
          <QuietLink href={startHref}>{texts.layout.backToStart}</QuietLink>
        </Onward>
      </>
    ),
  });
}

function Way({ way, surroundings }: { way: ContactView['way']; surroundings: Surroundings }) {
  const { texts, startHref } = surroundings;
  const again = <QuietLink href={startHref}>{texts.layout.backToStart}</QuietLink>;
  if (way.kind === 'form') return <FormWay way={way} texts={texts} again={again} />;
  const href = way.kind === 'portal' ? webAddress(way.href) : undefined;
  if (href === undefined)
    return (
      <>
        <p>{texts.contact.noWay}</p>
        <Onward>{again}</Onward>
      </>
    );
  return (
    <>
      <p>{texts.contact.portalLead}</p>
      <Onward>
        <ButtonLink href={href}>{texts.contact.portal}</ButtonLink>
        {again}
      </Onward>
    </>
  );
}

function FormWay({ way, texts, again }: { way: ContactForm; texts: Texts; again: ComponentChildren }) {
  const words = texts.contact;
  const { values, problems } = way;
  return (
    <>
      <p>{words.formLead}</p>
      <PageForm target={way.form}>
        <TextField
          id="account"
          texts={texts}
          label={words.account}
          problem={problems.account && words.problems[problems.account]}
          input={{
            name: FIELD_NAMES.account,
            value: values.account,
            autocomplete: 'username',
            inputmode: 'email',
            maxlength: FIELD_LIMITS.account,
            dir: 'ltr',
          }}
        />
        <TextField
          id="reply"
          texts={texts}
          label={words.reply}
          hint={words.replyHint}
          problem={problems.reply && words.problems[problems.reply]}
          input={{ name: FIELD_NAMES.reply, value: values.reply, autocomplete: 'off', maxlength: FIELD_LIMITS.reply }}
        />
        <TextArea
          id="message"
          texts={texts}
          label={words.message}
          hint={words.messageHint}
          problem={problems.message && words.problems[problems.message]}
          name={FIELD_NAMES.message}
          value={values.message}
          maxlength={FIELD_LIMITS.message}
        />
        <Onward>
          <Button>{words.send}</Button>
          {again}
        </Onward>
      </PageForm>
    </>
  );
}

function shownProblems(way: ContactForm, texts: Texts) {
  const { account, reply, message, form } = way.problems;
  const found = [
    { fieldId: 'account', problem: account },
    { fieldId: 'reply', problem: reply },
    { fieldId: 'message', problem: message },
    { fieldId: undefined, problem: form },
  ];
  return found.flatMap(({ fieldId, problem }) =>
    problem === undefined ? [] : [{ fieldId, text: texts.contact.problems[problem] }],
  );
}
