// Where the flow stops: not verified, try later, blocked, ended elsewhere, time is up, lost, our own mistake, no such page.
// "We couldn't verify your account" takes no view data about the person, so that it cannot tell one reason from another.

import type { ComponentChildren } from 'preact';
import { renderPage, type Surroundings } from './layout.js';
import { ButtonLink, ContactLink, Lead, Onward } from './prose-parts.js';

export function cannotVerifyPage(surroundings: Surroundings): string {
  const words = surroundings.texts.stops.cannotVerify;
  return stop(words, surroundings, {
    more: (
      <>
        <p>{words.reasons}</p>
        <ul>
          {words.causes.map((cause) => (
            <li key={cause}>{cause}</li>
          ))}
        </ul>
      </>
    ),
    again: words.tryAgain,
  });
}

export interface TryLaterView {
  /** `before-proof`: said at the start. `at-the-end`: the directory went away after the person had done their part. */
  readonly stage: 'before-proof' | 'at-the-end';
  /** Where "try again" leads: the step itself while the flow lasts. Default: the start. */
  readonly againHref?: string;
}

export function tryLaterPage(view: TryLaterView, surroundings: Surroundings): string {
  const words = surroundings.texts.stops.tryLater;
  return stop({ heading: words.heading, lead: words.lead[view.stage] }, surroundings, {
    more: (
      <>
        <p>{words.advice}</p>
        {view.againHref === undefined ? null : <p>{words.staysProven}</p>}
      </>
    ),
    again: words.tryAgain,
    againHref: view.againHref,
  });
}

export interface BlockedView {
  /** When it ends, already written out in the person's language and with its time zone; undefined where that is not told. */
  readonly until: string | undefined;
}

export function blockedPage(view: BlockedView, surroundings: Surroundings): string {
  const words = surroundings.texts.stops.blocked;
  return stop(words, surroundings, {
    more: (
      <>
        <p>{view.until === undefined ? words.within : words.until(view.until)}</p>
        <p>{words.advice}</p>
      </>
    ),
  });
}

export interface SessionOverView {
  readonly lifetimeMinutes: number;
}

export function sessionOverPage(view: SessionOverView, surroundings: Surroundings): string {
  const words = surroundings.texts.stops.sessionOver;
  return stop({ heading: words.heading, lead: words.lead(view.lifetimeMinutes) }, surroundings, {
    again: words.startAgain,
  });
}

/** Another browser, a portal or an administrator did something to the account meanwhile. */
export function endedElsewherePage(surroundings: Surroundings): string {
  const words = surroundings.texts.stops.endedElsewhere;
  return stop(words, surroundings, { more: <p>{words.advice}</p>, again: words.startAgain });
}

/** No session, or a form that was not made for this one. */
export function cookiesNeededPage(surroundings: Surroundings): string {
  const words = surroundings.texts.stops.cookiesNeeded;
  return stop(words, surroundings, { more: <p>{words.advice}</p>, again: surroundings.texts.layout.backToStart });
}

export function somethingWrongPage(surroundings: Surroundings): string {
  const words = surroundings.texts.stops.somethingWrong;
  return stop(words, surroundings, { more: <p>{words.advice}</p>, again: surroundings.texts.layout.backToStart });
}

export function notFoundPage(surroundings: Surroundings): string {
  return stop(surroundings.texts.stops.notFound, surroundings, { again: surroundings.texts.layout.backToStart });
}

function stop(
  words: { readonly heading: string; readonly lead: string },
  surroundings: Surroundings,
  options: { readonly more?: ComponentChildren; readonly again?: string; readonly againHref?: string | undefined },
): string {
  return renderPage({
    heading: words.heading,
    surroundings,
    scene: 'raised',
    children: (
      <>
        <Lead>{words.lead}</Lead>
        {options.more}
        <Onward>
          {options.again !== undefined && (
            <ButtonLink href={options.againHref ?? surroundings.startHref}>{options.again}</ButtonLink>
          )}
          <ContactLink surroundings={surroundings} />
        </Onward>
      </>
    ),
  });
}
