// How it ended, in words that are true: changed, unlocked, not known, too late, not permitted. Nothing here blames the person
// for what the directory or its service account did.

import { renderPage, type Surroundings } from './layout.js';
import type { Operation } from './page-words.js';
import { ButtonLink, ContactLink, Lead, Notice, Onward, QuietLink, Steps } from './prose-parts.js';

export interface DoneView {
  /** The organisation's sign-in page, if it has told us. */
  readonly signInHref: string | undefined;
}

export interface PasswordChangedView extends DoneView {
  readonly unlockedToo: boolean;
  /** A mail about it is on its way to the person. */
  readonly isTold: boolean;
}

export function passwordChangedPage(view: PasswordChangedView, surroundings: Surroundings): string {
  const { texts } = surroundings;
  const words = texts.results.changed;
  return renderPage({
    heading: words.heading,
    surroundings,
    scene: 'lowered',
    children: (
      <>
        <Lead>{words.lead}</Lead>
        {view.unlockedToo && <Notice kind="good">{words.unlockedToo}</Notice>}
        <SignIn href={view.signInHref} surroundings={surroundings} />
        <Steps heading={words.next} steps={[...words.steps, ...(view.isTold ? [words.told] : [])]} />
      </>
    ),
  });
}

export interface UnlockedView extends DoneView {
  /** False where the directory said that there was no lock to clear. */
  readonly wasLocked: boolean;
}

export function unlockedPage(view: UnlockedView, surroundings: Surroundings): string {
  const { texts, startHref } = surroundings;
  const { unlocked, wasNotLocked } = texts.results;
  const { heading, lead } = view.wasLocked ? unlocked : wasNotLocked;
  return renderPage({
    heading,
    surroundings,
    scene: 'lowered',
    children: (
      <>
        <Lead>{lead}</Lead>
        <SignIn href={view.signInHref} surroundings={surroundings} />
        {view.wasLocked && <Steps heading={unlocked.next} steps={unlocked.steps} />}
        <Onward>
          <QuietLink href={startHref}>{texts.layout.backToStart}</QuietLink>
        </Onward>
      </>
    ),
  });
}

export interface UnknownOutcomeView extends DoneView {
  readonly operation: Operation;
}

export function unknownOutcomePage(view: UnknownOutcomeView, surroundings: Surroundings): string {
  const { texts } = surroundings;
  const words = view.operation === 'unlock' ? texts.results.unknownUnlock : texts.results.unknownReset;
  return renderPage({
    heading: words.heading,
    surroundings,
    children: (
      <>
        <Lead>{words.lead}</Lead>
        <Steps heading={words.next} steps={words.steps} inOrder />
        <SignIn href={view.signInHref} surroundings={surroundings} />
        <Onward>
          <ContactLink surroundings={surroundings} />
        </Onward>
      </>
    ),
  });
}

/** The request was too old when the directory could have taken it: nothing happened. */
export function expiredPage(surroundings: Surroundings): string {
  const { texts, startHref } = surroundings;
  return renderPage({
    heading: texts.results.expired.heading,
    surroundings,
    scene: 'raised',
    children: (
      <>
        <Lead>{texts.results.expired.lead}</Lead>
        <Onward>
          <ButtonLink href={startHref}>{texts.layout.backToStart}</ButtonLink>
        </Onward>
      </>
    ),
  });
}

/** The service account may not do it: the organisation's to repair, and not the person's fault. */
export function notPermittedPage(surroundings: Surroundings): string {
  const words = surroundings.texts.results.notPermitted;
  return renderPage({
    heading: words.heading,
    surroundings,
    scene: 'raised',
    children: (
      <>
        <Lead>{words.lead}</Lead>
        <p>{words.advice}</p>
        <Onward>
          <ContactLink surroundings={surroundings} />
        </Onward>
      </>
    ),
  });
}

function SignIn(props: { href: string | undefined; surroundings: Surroundings }) {
  if (props.href === undefined) return null;
  return (
    <Onward>
      <ButtonLink href={props.href}>{props.surroundings.texts.results.signIn}</ButtonLink>
    </Onward>
  );
}
