// Prints what there is to see: addresses, people, their passwords and what each will meet. Text only.

import {
  CLOUD_ACCOUNT,
  CODES_PERSON,
  DEMO_DOMAIN,
  DEMO_PEOPLE,
  FIRST_PASSWORD,
  LEFT_OUT_PERSON,
  PHONE_PERSON,
  QUESTION_ANSWERS,
  QUESTIONS_PERSON,
  TWO_GATES_PERSON,
} from './people.js';
import { agentSettingsFile, frontDoorSettingsFile } from './settings-files.js';
import type { Demo } from './start-demo.js';

export function printGuide(demo: Demo): void {
  const { domain } = demo;
  print('Addresses', [
    ['The page of a locked-out person', `${demo.publicUrl}/`],
    ['The mail they receive', demo.mailUrl],
    ['The text messages they receive', `${demo.mailUrl}texts`],
    ['The directory', `${domain.url} (${domain.hostName}, ${domain.realm})`],
    ['The CA to trust for all of them', demo.caFile],
    ['The settings', `${frontDoorSettingsFile(demo.places)}\n${agentSettingsFile(demo.places)}`],
    ['The logs', `${demo.frontDoor.logFile}\n${demo.agent.logFile}`],
  ]);

  const rows = DEMO_PEOPLE.map(({ account, meets }) => [
    `${account.samAccountName}@${DEMO_DOMAIN}`,
    account.password,
    meets,
  ]);
  rows.push([
    CLOUD_ACCOUNT.userId,
    FIRST_PASSWORD,
    "cloud-only administrator: two gates; reset in the front door's own store",
  ]);
  rows.push(['anyone@northwind.example', '–', 'contact your administrator by a portal (reset is off there)']);
  rows.push(['nobody@example.com', '–', "we couldn't verify your account (unknown)"]);
  print('People', rows, ['user ID', 'password', 'meets']);

  print('Every branch, and what to type for it', BRANCHES, ['what is met', 'user ID', 'then']);
  print(
    'Authenticators (add the address to an app; or: oathtool --totp --base32, with what stands behind secret=)',
    [...demo.authenticators].map(([userId, uri]) => [userId, uri]),
  );
  print(`Recovery codes of ${CODES_PERSON}, each good once`, [demo.recoveryCodes.slice(0, 3)]);
  print(`Answers of ${QUESTIONS_PERSON} to security questions`, Object.entries(QUESTION_ANSWERS));
  console.log(
    `Ask the agent: npx node dist/src/drawbridge.js agent explain ada@${DEMO_DOMAIN} --config ${agentSettingsFile(demo.places)}`,
  );
  console.log(`Everybody meets "try again later" without the agent: kill ${demo.agent.process.pid}`);
  console.log('Codes go to private addresses and phones: read them at the addresses above. Ctrl-C ends the demo.\n');
}

/** In the order of the way itself. */
const BRANCHES: readonly (readonly string[])[] = [
  ['reset is not turned on', 'anyone@northwind.example', 'a link to the organisation’s own page'],
  ['reset is not turned on for this person', LEFT_OUT_PERSON, 'write a line: it comes to the mail page'],
  ['managed elsewhere: write-back does not cover it', `iris@${DEMO_DOMAIN}`, 'write a line'],
  ['closed in the directory', `dora@${DEMO_DOMAIN}`, 'write a line'],
  ['not verified: unknown', 'nobody@example.com', ''],
  ['not verified: nothing set up', `nora@${DEMO_DOMAIN}`, ''],
  ['not verified: two people', `kim@${DEMO_DOMAIN}`, ''],
  ['one way, a new password', `ada@${DEMO_DOMAIN}`, 'I forgot my password; the code of the mail; Quiet-otters-47'],
  ['two ways, a new password', TWO_GATES_PERSON, 'the code of the mail; that of the app; Brücke-über-47'],
  [
    'a phone instead of a mailbox',
    `${PHONE_PERSON.name}@${DEMO_DOMAIN}`,
    `${PHONE_PERSON.number}; the code of the text`,
  ],
  [
    'a password that is easily guessed',
    `ada@${DEMO_DOMAIN}`,
    'PasswordSummer2026: refused, the words are named; another',
  ],
  ['a password that breaks a rule', `ada@${DEMO_DOMAIN}`, 'Kurz-7: refused as too short; another'],
  ['an unlock', `bert@${DEMO_DOMAIN}`, 'I know my password; the code of the mail'],
  ['blocked', `kim2@${DEMO_DOMAIN}`, 'I forgot my password; five times a wrong code'],
];

export function print(title: string, rows: readonly (readonly string[])[], heads?: readonly string[]): void {
  const all = heads === undefined ? rows : [heads, ...rows];
  const widths = (all[0] ?? []).map((_, column) =>
    Math.max(...all.map((row) => (row[column] ?? '').split('\n')[0]?.length ?? 0)),
  );
  const lineOf = (row: readonly string[]) =>
    `  ${row.map((cell, column) => cell.padEnd(column === row.length - 1 ? 0 : (widths[column] ?? 0))).join('   ')}`.replaceAll(
      '\n',
      `\n  ${' '.repeat(widths[0] ?? 0)}   `,
    );
  console.log(`${title}\n${all.map(lineOf).join('\n')}\n`);
}
