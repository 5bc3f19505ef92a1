// What `drawbridge front-door explain` prints: a value for programs, and the same as lines for people. The screens have the headings and
// words of the pages themselves, in English, so that what is foreseen here is what people meet. Pure.

import { assertNever } from '../failure/assert.js';
import type { ContactReason } from '../protocol/dispositions.js';
import { columns } from '../terminal/columns.js';
import { printable } from '../terminal/printable.js';
import { isoInstant } from '../timing/clock.js';
import { meaningOf } from './api/outcome-meaning.js';
import { whyContact } from './http/flow-pages.js';
import { methodOf } from './methods/every-method.js';
import type { ExplainedMethod } from './methods/method-face.js';
import type { RegisteredMethod } from './methods/proof-method.js';
import { shownAddresses } from './methods/shown-addresses.js';
import { en } from './pages/texts/en.js';
import type { Route } from './resets/decide-route.js';
import { type AccountExplained, NO_AGENT_ASKED, type UserExplained } from './resets/explain-user.js';
import type { Screen } from './resets/foresee-screens.js';
import type { Verdict } from './tenants/choose-policy.js';
import { addressesFor } from './tenants/contact-way.js';
import type { WhyUnfit } from './tenants/fitting-methods.js';
import type { PolicyInForce } from './tenants/policies.js';
import type { DirectoryAddresses, Tenant } from './tenants/tenant.js';

/** One page as the person meets it. */
export interface ScreenTold {
  /** The page's heading. */
  readonly heading: string;
  /** What stands there, or is done there. */
  readonly says: readonly string[];
}

export interface UserReport extends Omit<UserExplained, 'screens'> {
  readonly userId: string;
  readonly tenantId: string;
  readonly policyFrom: string;
  readonly screens: readonly ScreenTold[];
  /** What somebody changes to let the person go on; undefined where they may. */
  readonly remedy: string | undefined;
}

export function reportOnUser(
  explained: UserExplained,
  about: { readonly tenant: Tenant; readonly userId: string; readonly inForce: PolicyInForce },
): UserReport {
  const { tenant, userId, inForce } = about;
  return {
    userId,
    tenantId: tenant.id,
    policyFrom: policyFrom(inForce),
    ...explained,
    screens: explained.screens.map((screen) => toldScreen(screen, explained.route, tenant)),
    remedy: remedyOf(explained, { tenant, userId }),
  };
}

/** Lines for a terminal. What a person typed, or a directory holds, is shown escaped. */
export function reportLinesOnUser({ userId, tenantId, policyFrom: from, ...report }: UserReport): string[] {
  const { account, checks, screens, remedy } = report;
  return [
    `${printable(userId)}, ${tenantId}: ${NO_AGENT_ASKED}`,
    ...(account === undefined ? [] : ['', ...accountLines(account, from)]),
    '',
    'THE WAY, CHECK BY CHECK',
    ...checks.map((check) => `  ${printable(check)}`),
    '',
    'SCREEN BY SCREEN',
    ...screens.flatMap(({ heading, says }, at) => [
      `${String(at + 1).padStart(3)}  ${heading}`,
      ...says.map((line) => `     ${printable(line)}`),
    ]),
    ...(remedy === undefined ? [] : ['', `To let them go on: ${remedy}`]),
  ];
}

function accountLines(account: AccountExplained, from: string): string[] {
  const { policy, considered, methods, uncounted, enabled, administrator } = account;
  const place = account.kind === 'directory' ? 'of a directory, as mirrored' : 'of the front door’s own';
  const gates = policy.gates === 1 ? 'one method' : 'two different methods';
  const rows: [string, string][] = [
    ['account', `${place}: ${account.anchor}`],
    ['reset is on for them', verdictText(enabled)],
    ['administrator', `${verdictText(administrator)}${administrator.holds === 'unknown' ? ' (counts as one)' : ''}`],
    ['policy', `${policy.name}: ${gates} of ${policy.methods.join(', ') || 'none that all of them take'}`],
    ['it stands', from],
    ['known addresses', account.directoryAddresses],
    ...(account.disownedUntilMs === undefined
      ? []
      : ([['"it wasn\'t me"', `was said; shut until ${isoInstant(account.disownedUntilMs)}`]] as [string, string][])),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    ...rows.map(([name, value]) => `${name.padEnd(width)}  ${printable(value)}`),
    ...(policy.undecided.length === 0
      ? []
      : [printable(`→ ${policy.undecided.join(', ')} may be theirs as well: two gates, and what all of them take`)]),
    ...(policy.methods.length < policy.gates ? ['→ nobody can pass that: it takes too few different methods'] : []),
    '',
    ...columns(
      ['policy', 'theirs', 'because'],
      [
        ...considered.map(({ name, holds, because }) => [name, ANSWERS[holds], because]),
        ...(considered.some(({ holds }) => holds === 'yes')
          ? []
          : [[policy.name, 'yes', 'no policy fits for certain']]),
      ],
    ),
    '',
    ...(methods.length + uncounted.length === 0
      ? ['They have set up no way to prove who they are.']
      : columns(
          ['set up', 'where', 'taken by the policy'],
          [
            ...methods.map(({ kind, address, isTaken }) => [kind, address, isTaken ? 'yes' : 'no']),
            ...uncounted.map(({ kind, address, isTaken }) => [
              kind,
              address,
              isTaken ? UNCOUNTED[policy.directoryAddresses] : 'no',
            ]),
          ],
        )),
  ];
}

/** Why what the directory names is no way to prove oneself; under `count` nothing is left out. */
const UNCOUNTED = {
  count: 'yes',
  confirm: 'not before they have confirmed it',
  ignore: 'no: it ignores what the directory names',
} as const satisfies Record<DirectoryAddresses, string>;

const ANSWERS = { yes: 'yes', no: 'no', unknown: 'cannot be told' } as const;

function verdictText({ holds, because }: Verdict): string {
  return `${ANSWERS[holds]}: ${because}`;
}

const NOT_TAKEN = {
  'not-set-up': 'do not set it up',
  'too-weak-alone': 'do not take it as all that is asked',
} satisfies Record<WhyUnfit, string>;

function policyFrom({ source, put, isPutIgnored, leftOut }: PolicyInForce): string {
  const ignored = isPutIgnored ? '; what was put through the API is not used' : '';
  if (source === 'file') return `in the settings${ignored}`;
  if (put === undefined) return 'in the settings, until one is put through the API';
  const left = leftOut.map(
    ({ policy, method, why }) => `; ${method} of ${policy} is left out, since the settings ${NOT_TAKEN[why]}`,
  );
  return `as put through the API at ${isoInstant(put.putAtMs)}, by the token ${put.tokenId}${left.join('')}`;
}

function toldScreen(screen: Screen, route: Route, tenant: Tenant): ScreenTold {
  switch (screen.kind) {
    case 'start':
      return { heading: en.start.heading, says: [`${en.start.userId}; ${en.start.picture.toLowerCase()}`] };
    case 'trouble':
      return { heading: en.trouble.heading, says: [`( ) ${en.trouble.forgot}`, `( ) ${en.trouble.unlock}`] };
    case 'method': {
      const { gate, gates, methods } = screen;
      return {
        heading: gates === 1 ? en.method.heading : `${en.method.heading} – ${en.method.gate(gate, gates)}`,
        says: [
          ...(gate > 1 ? [en.method.leadSecond] : []),
          ...explainedMethods(methods, gate, tenant).map(({ choice }) => `( ) ${choice}`),
        ],
      };
    }
    case 'code': {
      const pages = explainedMethods(screen.methods, screen.gate, tenant);
      const headings = [...new Set(pages.map(({ heading }) => heading))];
      return { heading: headings.join(', or: '), says: [...new Set(pages.flatMap(({ says }) => says))] };
    }
    case 'finish':
      return {
        heading: screen.operations.map((operation) => FINISHES[operation].heading).join(', or: '),
        says: screen.operations.map((operation) => FINISHES[operation].lead),
      };
    case 'result':
      return {
        heading: screen.operations.map((operation) => RESULTS[operation].heading).join(', or: '),
        says: tenant.signInUrl === undefined ? [] : [`${en.results.signIn}: ${tenant.signInUrl}`],
      };
    case 'stop':
      return stopScreen(screen.stop.kind, route, tenant);
    default:
      return assertNever(screen);
  }
}

const FINISHES = { reset: en.newPassword, unlock: en.unlock } as const;
const RESULTS = { reset: en.results.changed, unlock: en.results.unlocked } as const;

function explainedMethods(
  methods: readonly RegisteredMethod[],
  gate: number,
  { addressHints }: Tenant,
): readonly ExplainedMethod[] {
  const shown = shownAddresses(methods, gate > 1 ? 'shown' : addressHints);
  return methods.map(({ kind }, at) => methodOf(kind).face.explained(shown[at] ?? '', en));
}

type StopKind = Extract<Screen, { kind: 'stop' }>['stop']['kind'];

function stopScreen(kind: StopKind, route: Route, { contact }: Tenant): ScreenTold {
  switch (kind) {
    case 'blocked':
      return { heading: en.stops.blocked.heading, says: [en.stops.blocked.lead] };
    case 'contact-administrator': {
      const reason = route.kind === 'contact-administrator' ? route.reason : '';
      const way =
        contact?.kind === 'portal' ? contact.url : `a form, mailed to ${addressesFor('help-desk', contact).join(', ')}`;
      return {
        heading: en.contact.heading,
        says: [en.contact.why[whyContact(reason)], ...(contact === undefined ? [en.contact.noWay] : [`→ ${way}`])],
      };
    }
    case 'cannot-verify':
      return {
        heading: en.stops.cannotVerify.heading,
        says: [en.stops.cannotVerify.lead, ...en.stops.cannotVerify.causes.map((cause) => `- ${cause}`)],
      };
    case 'try-later':
      return { heading: en.stops.tryLater.heading, says: [en.stops.tryLater.lead['before-proof']] };
    default:
      return assertNever(kind);
  }
}

function remedyOf(
  { route, account }: UserExplained,
  { tenant, userId }: { readonly tenant: Tenant; readonly userId: string },
): string | undefined {
  switch (route.kind) {
    case 'prove':
      return undefined;
    case 'blocked':
      return blockedRemedy(route.untilMs, { account, clear: clearing(tenant.id, userId) });
    case 'contact-administrator':
      return contactRemedy(route.reason, account);
    case 'cannot-verify':
      return route.reason === 'too-few-methods'
        ? tooFewRemedies(account, tenant).join('; or ')
        : VERIFY_REMEDIES[route.reason];
    case 'try-later':
      return meaningOf({ kind: 'try-later', reason: route.reason }, 'reset').administrator;
    default:
      return assertNever(route);
  }
}

function blockedRemedy(
  untilMs: number,
  { account, clear }: { readonly account: AccountExplained | undefined; readonly clear: string },
): string {
  if (account?.disownedUntilMs === undefined) return `wait until ${isoInstant(untilMs)}, or ${clear}`;
  return `somebody said of a change that it wasn't them: find out first who it was (docs/operations.md, "When somebody says it wasn't them"); once they are known to have their account to themselves, ${clear}`;
}

/** Ready to be copied, unless a shell could take the name for more than a name. */
function clearing(tenantId: string, userId: string): string {
  return `\`drawbridge front-door throttles clear ${tenantId} ${/^[A-Za-z0-9._@-]+$/.test(userId) ? userId : 'USER'}\``;
}

/** The nearest first. */
function tooFewRemedies(account: AccountExplained | undefined, { signIn }: Tenant): readonly string[] {
  const rule = account?.policy.directoryAddresses ?? 'count';
  const isNamed = account?.uncounted.some(({ isTaken }) => isTaken) ?? false;
  const confirming = `let them ${signIn ? '' : '(once `signIn` of the organisation is on) '}sign in and confirm, under their security info, what the directory names`;
  const setUp = rule === 'ignore' ? SET_UP_MORE : `${SET_UP_MORE}, or a private address in the directory`;
  return [
    ...(account !== undefined && isUndecided(account) ? [`${LET_THE_AGENT_TELL}, so that their policy is known`] : []),
    ...(isNamed && rule === 'confirm' ? [confirming] : []),
    ...(isNamed
      ? [`set \`directoryAddresses: count\` in ${policyMeant(account)}, if whoever writes to the directory is trusted`]
      : []),
    setUp,
  ];
}

function policyMeant(account: AccountExplained | undefined): string {
  const { undecided = [], name = '' } = account?.policy ?? {};
  if (undecided.length > 0) return 'the policies that may be theirs';
  return name === 'unmentioned' ? 'a policy that fits them' : `the policy ${name}`;
}

const SET_UP_MORE =
  'set more ways up for them, of kinds that the policy takes: `drawbridge front-door authenticator add`, `drawbridge front-door recovery-codes make`';

const LET_THE_AGENT_TELL = 'let the agent tell of these groups (`tellGroups` of its settings)';

function isUndecided({ policy, administrator }: AccountExplained): boolean {
  return policy.undecided.length > 0 || administrator.holds === 'unknown';
}

type ContactRoute = Extract<Route, { kind: 'contact-administrator' }>;

function contactRemedy(reason: ContactRoute['reason'], account: AccountExplained | undefined): string {
  switch (reason) {
    case 'tenant-off':
      return 'turn reset on in the policy: `reset: everyone`, or people and groups to begin with';
    case 'person-not-enabled':
      return account?.enabled.holds === 'unknown'
        ? `${account.enabled.because}: ${LET_THE_AGENT_TELL}, or name the person in \`reset\``
        : 'name the person, or a group of theirs, in `reset` of the policy';
    case 'nothing-allowed':
      return 'turn on `reset` or `unlock` among `writeBack.operations` of the agent’s directory, and for unlocking alone `unlock` of the policy';
    default:
      return `${CONTACT_REMEDIES[reason]} (${contactMeaning(reason)})`;
  }
}

function contactMeaning(reason: ContactReason): string {
  return meaningOf({ kind: 'contact-administrator', reason }, 'reset').administrator;
}

/** What is done about each; the meaning behind it says where that is seen. */
const CONTACT_REMEDIES = {
  'write-back-off': 'turn write-back on for their directory, in the settings of the agent',
  'outside-write-back-scope': 'add where they are to the write-back scope, or reset it by hand',
  'protected-account': 'nothing here: reset it by hand',
  disabled: 'enable the account in the directory, if it is meant to be used',
  'account-expired': 'set a later end date in the directory, if the account is meant to be used',
  'cannot-change-password': 'let them change their password, in the directory, or reset it by hand',
  'smartcard-required': 'give them another smart card: no password is used',
  'service-or-trust-account': 'nothing here: it is no person’s account',
  'agent-not-permitted': 'give the service account the right that it lacks',
  'sign-in-restricted': 'lift the restriction in the directory, if it is not meant',
} as const satisfies Record<ContactReason, string>;

const VERIFY_REMEDIES = {
  unknown:
    'check the spelling; where it is right, `drawbridge agent explain USER` says whether the account is managed there, and the next pass mirrors it',
  ambiguous: 'let them type a name that is theirs alone, as in DOMAIN\\name: several accounts answer to this one',
} as const satisfies Record<Exclude<Extract<Route, { kind: 'cannot-verify' }>['reason'], 'too-few-methods'>, string>;
