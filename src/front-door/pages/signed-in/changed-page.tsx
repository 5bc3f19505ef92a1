// How changing the password ended, for whoever knew the one before: changed, not known, not permitted.

import { renderPage, type Surroundings } from '../layout.js';
import { ButtonLink, ContactLink, Lead, Onward, QuietLink, Steps } from '../prose-parts.js';

export interface ChangedView {
  readonly result: 'changed' | 'unknown' | 'not-permitted';
  /** The organisation's sign-in page, or the one for the security info. */
  readonly signInHref: string;
  /** A mail about it is on its way to the person. */
  readonly isTold: boolean;
}

export function changedPage({ result, signInHref, isTold }: ChangedView, surroundings: Surroundings): string {
  const { texts } = surroundings;
  const words = texts.signedIn.changed;
  const { next, steps, told } = texts.results.changed;
  const shown = {
    changed: { heading: words.heading, lead: words.lead, scene: 'lowered' },
    unknown: { heading: words.unknownHeading, lead: words.unknownLead, scene: undefined },
    'not-permitted': { heading: words.notPermittedHeading, lead: words.notPermittedLead, scene: 'raised' },
  } as const;
  const { heading, lead, scene } = shown[result];
  return renderPage({
    heading,
    surroundings,
    ...(scene === undefined ? {} : { scene }),
    children: (
      <>
        <Lead>{lead}</Lead>
        {result === 'changed' && <Steps heading={next} steps={[...steps, ...(isTold ? [told] : [])]} />}
        <Onward>
          {result === 'changed' ? (
            <ButtonLink href={signInHref}>{words.again}</ButtonLink>
          ) : (
            <QuietLink href={signInHref}>{words.again}</QuietLink>
          )}
          {result !== 'changed' && <ContactLink surroundings={surroundings} />}
        </Onward>
      </>
    ),
  });
}
