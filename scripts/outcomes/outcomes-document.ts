// docs/outcomes.md, made from the code: what every outcome means to whom, and which refusal of a directory leads to it. Pure.
// A test holds the file in docs to what this says.

import type { RefusalMeaning, RefusalRow } from '../../src/agent/ldap/refusals/refusal-row.js';
import { POLICY_ERRORS, REFUSED_STEPS } from '../../src/agent/ldap/refusals/refusal-row.js';
import { REFUSALS } from '../../src/agent/ldap/refusals/refusal-table.js';
import { personWords } from '../../src/front-door/pages/outcome-words.js';
import { en } from '../../src/front-door/pages/texts/en.js';
import { OUTCOME_CODES, OUTCOME_MEANINGS, outcomeCodeOf } from '../../src/protocol/outcome-codes.js';
import type { ResetOutcome } from '../../src/protocol/outcomes.js';

export function outcomesDocument(): string {
  const seen = REFUSALS.filter(({ seenOn }) => seenOn.length > 0).length;
  return `# Outcomes

Every operation ends in exactly one outcome. Each has a stable code and an event number: the same in the agent's log and audit
journal, and in the API's answer (\`meaning\`). The numbers' first digit tells the kind: 1 done, 2 the new password, 3 the
person's side, 4 left to the administrator, 5 the set-up, 6 the command, 7 not known. A number that was given out never changes its meaning.

This file is written from the code by \`npm run outcomes\`; a test fails where the two differ.

## What each outcome means

| event | code | severity | the person reads | the help desk knows | whoever runs it knows |
|---|---|---|---|---|---|
${OUTCOME_CODES.map((code) => meaningRow(code)).join('\n')}

Where the two operations differ, the person's words are those of a reset; an unlock says that the account was unlocked, or that nobody knows.

## Which refusal leads to which outcome

The first row that fits decides. The LDAP result code comes first, then the Win32 code in front of the diagnostic, the sub-code of a refused
bind on Active Directory (\`data xxx\`), or the error of the password policy control (draft-behera-ldap-password-policy-10), then the control that was sent with the request; a server's own words
only where the codes do not tell. **What fits no row is \`agent-fault\` (5009), never a wrong password.** Where Active Directory names no rule
(\`0000052D\`), the agent judges the password by the account's effective policy afterwards and names the rule, or \`password-refused-by-some-rule\`.

${REFUSALS.length} rows; ${seen} of them seen from a real directory, the others known from their source alone.

| row | directory | operation | LDAP code | Win32 / sub-code / policy error | control sent | in its words | outcome | source | seen on |
|---|---|---|---|---|---|---|---|---|---|
${REFUSALS.map((row) => refusalRow(row)).join('\n')}

A sign-in is the bind as the person, by itself or as a change begins with it on OpenLDAP and 389 Directory Server; both are sent the password
policy control with everything. A bind that succeeds there may say in that control that another password has to be chosen first:
\`changeAfterReset\` is \`done-must-change\` (1004), \`passwordExpired\` or a count of grace logins \`done-password-expired\` (1005). On Active Directory a reset carries the policy hints control (1.2.840.113556.1.4.2239, else …2066) wherever the domain
controller lists it, critical; where it does not, history is not enforced there, and a reset that was done says so (1003).

## What decides without asking the directory

Outcomes 4001 to 4009 come from what the agent reads of the account before it writes, but for what is told to a sign-in; 5004 to 5006, 6001 to 6003 from the agent itself;
5008 from the rules of OpenLDAP and 389 Directory Server, which would answer "done" and not ask for another password; 2007 to 2009 also
from our own rules (docs/password-rules.md). Nothing was written then.
`;
}

function meaningRow(code: (typeof OUTCOME_CODES)[number]): string {
  const { eventNumber, severity, helpDesk, administrator } = OUTCOME_MEANINGS[code];
  return tableRow([
    String(eventNumber),
    `\`${code}\``,
    severity,
    personWords(code, 'reset', en),
    helpDesk,
    administrator,
  ]);
}

function refusalRow(row: RefusalRow): string {
  return tableRow([
    row.id,
    row.directories.join(', '),
    operationsOf(row),
    String(row.resultCode),
    row.win32 ?? (row.data === undefined ? policyErrorName(row.policyError) : `data ${row.data}`),
    row.control ?? '',
    row.words === undefined ? '' : `\`${row.words.source.replaceAll('|', '¦')}\``,
    outcomeOf(row.meaning),
    row.source,
    row.seenOn.join(', '),
  ]);
}

function operationsOf({ of }: RefusalRow): string {
  if (of.length === REFUSED_STEPS.length) return 'any';
  return of.length === REFUSED_STEPS.length - 1 && !of.includes('sign-in') ? 'any write' : of.join(', ');
}

function policyErrorName(error: RefusalRow['policyError']): string {
  if (error === undefined) return '';
  if (error === 'none') return 'no policy error';
  const name = Object.entries(POLICY_ERRORS).find(([, number]) => number === error)?.[0];
  return `${name} (${error})`;
}

function outcomeOf(meaning: RefusalMeaning): string {
  if (meaning === 'answer-lost')
    return 'read back: `done-found-by-reading-back`, `directory-unreachable` or `not-known`; of a sign-in `directory-unreachable`';
  const code = outcomeCodeOf(typeof meaning === 'string' ? { kind: meaning } : outcomeWith(meaning));
  return `\`${code}\` (${OUTCOME_MEANINGS[code].eventNumber})`;
}

function outcomeWith(meaning: Extract<RefusalMeaning, object>): ResetOutcome {
  if ('rule' in meaning) return { kind: 'refused-by-policy', rules: [meaning.rule] };
  if ('fault' in meaning) return { kind: 'agent-fault', reason: meaning.fault };
  if ('contact' in meaning) return { kind: 'contact-administrator', reason: meaning.contact };
  return { kind: 'done', settledBy: 'answer', next: meaning.next };
}

/** A cell cannot hold what ends it. */
function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
