// The door itself: where people are sent who cannot sign in, and from where those who can see to it that they always will. Signing in to
// anything else belongs to the organisation; we only link to it.

import { renderPage, type Surroundings } from './layout.js';
import type { Purpose } from './page-words.js';
import { ButtonLink, Lead, Onward, QuietLink } from './prose-parts.js';

export interface SignInView {
  /** The organisation's own sign-in page, if it has told us. */
  readonly signInHref: string | undefined;
  /** For whoever knows their password, where the organisation offers it. */
  readonly purposes: Readonly<Record<Purpose, string>> | undefined;
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
          {view.purposes !== undefined && (
            <>
              <QuietLink href={view.purposes['security-info']}>{texts.signedIn.door['security-info']}</QuietLink>
              <QuietLink href={view.purposes['change-password']}>{texts.signedIn.door['change-password']}</QuietLink>
            </>
          )}
        </Onward>
      </>
    ),
  });
}
