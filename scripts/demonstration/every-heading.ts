// The headings of all pages that people can meet, in English: what a walk through every page is complete by. Pure.

import { en } from '../../src/front-door/pages/texts/en.js';

/** The demo's front door serves two organisations: its sign-in page is nobody's in particular, and bears the house's name. */
const HOUSE_NAME = 'Drawbridge';

export function everyHeading(): ReadonlySet<string> {
  const {
    signIn,
    start,
    trouble,
    method,
    code,
    phone,
    recovery,
    securityQuestions,
    newPassword,
    unlock,
    results,
    contact,
    disown,
    stops,
  } = en;
  const ofPages = [
    start,
    trouble,
    method,
    phone,
    recovery,
    securityQuestions,
    newPassword,
    unlock,
    contact,
    disown,
  ].map(({ heading }) => heading);
  const ofEnds = [...Object.values(results), ...Object.values(stops)].flatMap((words) =>
    typeof words === 'string' ? [] : words.heading,
  );
  const ofCodes = [code.headingEmail, code.headingText, code.headingAuthenticator];
  const { name, entry, change, info, setup, changed } = en.signedIn;
  const { email, phone: telephone, authenticator, recovery: codes } = setup;
  const ofSignedIn = [
    ...Object.values(name.heading),
    ...[entry, change, info, email, telephone, authenticator, codes, changed].map(({ heading }) => heading),
    email.codeHeading,
    codes.shownHeading,
  ];
  const ofDisowned = [disown.saidHeading, disown.unknownHeading];
  return new Set([
    signIn.heading(HOUSE_NAME),
    ...ofPages,
    ...ofEnds,
    ...ofCodes,
    ...ofSignedIn,
    ...ofDisowned,
    contact.sentHeading,
  ]);
}

/** Met by whoever has a passkey, or makes one. */
export function passkeyHeadings(): readonly string[] {
  return [en.passkey.heading, en.signedIn.info.adding.passkey];
}
