// The door itself: where people are sent who cannot sign in. Signing in belongs to the organisation; we only link to it.

import { renderPage, type Surroundings } from './layout.js';
import { ButtonLink, Lead, Onward, QuietLink } from './prose-parts.js';

export interface SignInView {
  /** The organisation's own sign-in page, if it has told us. */
  readonly signInHref: string | undefined;
}

export function signInPage(view: SignInView, surroundings: Surroundings): string {
  const { texts, organisationName, startHref } = surroundings;
  return renderPage({
    heading: texts.signIn.heading(organisationName),
    surroundings,
    children: (
      <>
        <Lead>{texts.signIn.lead}</Lead>
        <Onward>
          <ButtonLink href={startHref}>{texts.signIn.cannotAccess}</ButtonLink>
          {view.signInHref !== undefined && <QuietLink href={view.signInHref}>{texts.signIn.goToSignIn}</QuietLink>}
        </Onward>
      </>
    ),
  });
}
