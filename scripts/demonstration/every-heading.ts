// The headings of all pages that people can meet, in English: what a walk through every page is complete by. Pure.

import { en } from '../../src/front-door/pages/texts/en.js';

/** The demo's front door serves two organisations: its sign-in page is nobody's in particular, and bears the house's name. */
const HOUSE_NAME = 'Drawbridge';

/** Of a change of the password that did not come to its end: few people ever meet them. */
export function headingsOfFailedChanges(): ReadonlySet<string> {
  const { unknownHeading, notPermittedHeading } = en.signedIn.changed;
  return new Set([unknownHeading, notPermittedHeading]);
}

/** But for those of `headingsOfFailedChanges`. */
export function everyHeading(): ReadonlySet<string> {
  const {
    signIn,
    start,
    trouble,
    method,
    code,
    phone,
    passkey,
    recovery,
    securityQuestions,
    questionsSetup,
    newPassword,
    unlock,
    results,
    contact,
    disown,
    stops,
  } = en;
  const ofProofs = [method, phone, passkey, recovery, securityQuestions, questionsSetup].map(({ heading }) => heading);
  const ofPages = [start, trouble, newPassword, unlock, contact, disown].map(({ heading }) => heading);
  const ofEnds = [...Object.values(results), ...Object.values(stops)].flatMap((words) =>
    typeof words === 'string' ? [] : words.heading,
  );
  const ofCodes = [code.headingEmail, code.headingText, code.headingAuthenticator];
  const { name, entry, change, info, setup, changed } = en.signedIn;
  const { email, phone: telephone, authenticator, recovery: codes } = setup;
  const ofSignedIn = [
    ...Object.values(name.heading),
    ...[entry, change, info, email, telephone, authenticator, codes, changed].map(({ heading }) => heading),
    info.adding.passkey,
    email.codeHeading,
    telephone.codeHeading,
    codes.shownHeading,
  ];
  const ofOthers = [contact.sentHeading, disown.saidHeading, disown.unknownHeading];
  return new Set([
    signIn.heading(HOUSE_NAME),
    ...ofPages,
    ...ofProofs,
    ...ofEnds,
    ...ofCodes,
    ...ofSignedIn,
    ...ofOthers,
  ]);
}
