// "Was this not you?": what was done to an account, and one button that stops it; what came of pressing it; and a link that is none.
// The last takes nothing of any link, so that used up, made up and too old are one page. A GET must do nothing, so this is a form.

import { Button, type FormTarget, PageForm } from './form-parts.js';
import { renderPage, type Surroundings } from './layout.js';
import type { Disownable, PasswordFate } from './page-words.js';
import { ButtonLink, ContactLink, Lead, Onward } from './prose-parts.js';

export interface DisownView {
  readonly form: FormTarget;
  readonly what: Disownable;
  /** When it was done, written out in the person's language and with its time zone. */
  readonly when: string;
  /** How long nobody can reset or unlock the account here after it was said, unless an administrator lifts that. */
  readonly blockDays: number;
  /** Whether it is tried to make the password useless as well. */
  readonly willInvalidate: boolean;
  /** How many ways of proving who one is are taken away as well. */
  readonly waysToRemove: number;
}

export function disownPage(view: DisownView, surroundings: Surroundings): string {
  const words = surroundings.texts.disown;
  return renderPage({
    heading: words.heading,
    surroundings,
    children: (
      <>
        <Lead>{words.lead[view.what]}</Lead>
        <dl class="facts">
          <dt>{words.when}</dt>
          <dd>
            <bdi>{view.when}</bdi>
          </dd>
        </dl>
        <p>{words.ifYou}</p>
        <p>{words.ifNot(view.blockDays)}</p>
        {view.waysToRemove > 0 && <p>{words.willRemove(view.waysToRemove)}</p>}
        {view.willInvalidate && <p>{words.willInvalidate}</p>}
        <PageForm target={view.form}>
          <Onward>
            <Button>{words.confirm}</Button>
          </Onward>
        </PageForm>
      </>
    ),
  });
}

export interface DisownedView {
  readonly blockDays: number;
  readonly password: PasswordFate;
  readonly waysRemoved: number;
  readonly areAdministratorsTold: boolean;
}

export function disownedPage(view: DisownedView, surroundings: Surroundings): string {
  const words = surroundings.texts.disown;
  return renderPage({
    heading: words.saidHeading,
    surroundings,
    scene: 'raised',
    children: (
      <>
        <Lead>{words.saidLead(view.blockDays)}</Lead>
        <p>{words.password[view.password]}</p>
        {view.waysRemoved > 0 && <p>{words.waysRemoved(view.waysRemoved)}</p>}
        <p>{view.areAdministratorsTold ? words.isTold : words.tellYourself}</p>
        <Onward>
          <ContactLink surroundings={surroundings} />
        </Onward>
      </>
    ),
  });
}

export function disownLinkUnknownPage(surroundings: Surroundings): string {
  const { texts, startHref } = surroundings;
  return renderPage({
    heading: texts.disown.unknownHeading,
    surroundings,
    scene: 'raised',
    children: (
      <>
        <Lead>{texts.disown.unknownLead}</Lead>
        <p>{texts.disown.unknownAdvice}</p>
        <Onward>
          <ButtonLink href={startHref}>{texts.layout.backToStart}</ButtonLink>
          <ContactLink surroundings={surroundings} />
        </Onward>
      </>
    ),
  });
}
