// The way on for somebody who can't do what a page of proof asks for: to the other ways they have set up, or to their administrator
// where there is no other; and back, for whoever only tries this one. Nobody is left on such a page with nothing to press.

import { ACTIONS } from './field-names.js';
import { ActionButton } from './form-parts.js';
import type { Surroundings } from './layout.js';
import { ContactLink } from './prose-parts.js';

/** Stands inside the page's form. */
export function OtherWay(props: { isOffered: boolean; surroundings: Surroundings }) {
  const { surroundings } = props;
  if (surroundings.tried !== undefined)
    return <ActionButton action={ACTIONS.cancel}>{surroundings.texts.signedIn.info.back}</ActionButton>;
  if (!props.isOffered) return <ContactLink surroundings={surroundings} />;
  return <ActionButton action={ACTIONS.otherMethod}>{surroundings.texts.code.otherMethod}</ActionButton>;
}
