// Drives one whole reset and one unlock as a person would, in a real browser, and proves both with other people's clients.
// Prints what it did as a table; a step that fails ends it and says what the page said. Changes the demo's people only.

import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { describeFailure } from '../../src/failure/failure.js';
import { proveBind, proveKerberos } from '../lab/proofs.js';
import { print } from './guide.js';
import { DEMO_DOMAIN, FIRST_PASSWORD } from './people.js';
import { PersonAtBrowser } from './person-at-browser.js';
import type { Demo } from './start-demo.js';

/**
 * Debian's Chromium without its windows and menus, which nobody would see and which cost more than the pages do. Quiet: nothing
 * but the demo's own pages is asked for.
 */
export const CHROMIUM = {
  executablePath: '/usr/bin/chromium-headless-shell',
  args: [
    ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
    ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
  ],
} as const;

const NEW_PASSWORD = 'Brücke-über-den-Øresund-9';
const RESET_PERSON = 'ada';
const LOCKED_PERSON = 'bert';

interface Step {
  readonly what: string;
  readonly result: string;
}

/** 0 when everything held, 1 otherwise. */
export async function checkDemo(demo: Demo): Promise<number> {
  const steps: Step[] = [];
  const did = (what: string, result: string) => {
    steps.push({ what, result });
    console.log(`  ok  ${what}: ${result}`);
  };
  try {
    await using browser = await openBrowser();
    await checkReset(demo, await browser.person(demo), did);
    await checkUnlock(demo, await browser.person(demo), did);
  } catch (error) {
    console.error(`\n  FAILED after ${steps.length} steps: ${describeFailure(error)}`);
    return 1;
  }
  console.log();
  print(
    'What was done, and what shows it',
    steps.map(({ what, result }) => [what, result]),
  );
  return 0;
}

async function checkReset(
  demo: Demo,
  person: PersonAtBrowser,
  did: (what: string, result: string) => void,
): Promise<void> {
  const userId = `${RESET_PERSON}@${DEMO_DOMAIN}`;
  const before = await bindAs(demo, RESET_PERSON, FIRST_PASSWORD);
  expectThat(before.kind === 'accepted', `the first password should be accepted before the reset, but: ${before.said}`);
  did('Before: ldapwhoami with the first password', before.said);

  const mailsBefore = demo.sink.mails.length;
  did('Ada gives her user ID and answers the question', await person.sayWhoIAm(demo.publicUrl, userId));
  await passGates(person, `${RESET_PERSON}.private@example.net`, mailsBefore);
  did('Ada enters the code from her mail', await person.heading());
  await person.choosePassword(NEW_PASSWORD);
  const heading = await person.heading();
  expectThat(heading === 'Your password is changed', `the page said: ${heading}`);
  did('Ada chooses a new password (non-ASCII), sealed in the browser', heading);

  const after = await bindAs(demo, RESET_PERSON, NEW_PASSWORD);
  expectThat(after.kind === 'accepted', `the new password should be accepted, but: ${after.said}`);
  did('ldapwhoami with the new password', after.said);
  const ticket = await proveKerberos({
    krb5ConfigFile: demo.domain.krb5ConfigFile,
    principal: `${RESET_PERSON}@${demo.domain.realm}`,
    password: NEW_PASSWORD,
  });
  expectThat(ticket.kind === 'accepted', `kinit with the new password should work, but: ${ticket.said}`);
  did('kinit with the new password', ticket.said);

  const oldTicket = await proveKerberos({
    krb5ConfigFile: demo.domain.krb5ConfigFile,
    principal: `${RESET_PERSON}@${demo.domain.realm}`,
    password: FIRST_PASSWORD,
  });
  expectThat(oldTicket.kind === 'refused', `kinit with the old password should be refused, but: ${oldTicket.said}`);
  did('kinit with the old password', `refused: ${oldTicket.said}`);
  const old = await bindAs(demo, RESET_PERSON, FIRST_PASSWORD);
  const caveat =
    'Active Directory keeps the previous password alive for LDAP and NTLM for a while; a second reset ends it';
  did('ldapwhoami with the old password', `${old.kind === 'accepted' ? 'still accepted' : 'refused'} (${caveat})`);
}

async function checkUnlock(
  demo: Demo,
  person: PersonAtBrowser,
  did: (what: string, result: string) => void,
): Promise<void> {
  const userId = `${LOCKED_PERSON}@${DEMO_DOMAIN}`;
  const before = await bindAs(demo, LOCKED_PERSON, FIRST_PASSWORD);
  expectThat(before.kind === 'refused', `the locked account should be refused, but: ${before.said}`);
  did("Before: ldapwhoami with the locked person's right password", `refused: ${before.said}`);

  const mailsBefore = demo.sink.mails.length;
  did('Bert gives his user ID and answers the question', await person.sayWhoIAm(demo.publicUrl, userId));
  await person.chooseTrouble('unlock');
  await passGates(person, `${LOCKED_PERSON}.private@example.net`, mailsBefore);
  await person.confirmUnlock();
  const heading = await person.heading();
  expectThat(heading === 'Your account is unlocked', `the page said: ${heading}`);
  did('Bert proves himself and unlocks', heading);

  const after = await bindAs(demo, LOCKED_PERSON, FIRST_PASSWORD);
  expectThat(after.kind === 'accepted', `the unlocked account should be accepted, but: ${after.said}`);
  did('ldapwhoami with the same password', after.said);
}

/** One gate, by mail. Where the pages ask what the trouble is, or which way to take, the person says so. */
async function passGates(person: PersonAtBrowser, address: string, mailsBefore: number): Promise<void> {
  if ((await person.heading()).startsWith('Why are you')) await person.chooseTrouble('forgot');
  if ((await person.heading()) === 'Show that it’s you') await person.chooseMethod(/email/);
  await person.enterMailedCode(address, mailsBefore);
}

function bindAs(demo: Demo, samAccountName: string, password: string) {
  return proveBind({
    url: demo.domain.url,
    caFile: demo.caFile,
    bindName: `${samAccountName}@${DEMO_DOMAIN}`,
    password,
  });
}

interface OpenBrowser extends AsyncDisposable {
  person(demo: Demo): Promise<PersonAtBrowser>;
}

async function openBrowser(): Promise<OpenBrowser> {
  const browser: Browser = await chromium.launch({ ...CHROMIUM, args: [...CHROMIUM.args] });
  const contexts: BrowserContext[] = [];
  return {
    person: async (demo) => {
      // The lab's authority is not in Chromium's store; what TLS proves is shown by the other clients, which verify it.
      const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB' });
      contexts.push(context);
      return new PersonAtBrowser(await context.newPage(), demo.sink);
    },
    [Symbol.asyncDispose]: async () => {
      for (const context of contexts) await context.close();
      await browser.close();
    },
  };
}

function expectThat(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
