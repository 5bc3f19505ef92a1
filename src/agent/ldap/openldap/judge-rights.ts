// What can be said of the service account's rights in an OpenLDAP directory, which shows its access rules to nobody. Pure. What
// cannot be told is said to be so, with the command by which an administrator sees it on the server.

import type { Operation } from '../../../protocol/operations.js';
import type { Finding } from '../../health/precheck.js';
import { IDENTITY_ATTRIBUTES, isNeeded, rightsFor, type WriteRight, writing } from '../checks/needed-rights.js';
import { counted, excessFinding, of, rightFinding } from '../checks/sampled-rights.js';
import { inSingleQuotes } from '../shell-quotes.js';
import { NEEDED_RIGHTS } from './rights.js';

export interface SampledAccount {
  readonly distinguishedName: string;
  /** What every entry has and this one does not show. */
  readonly unreadable: readonly string[];
  /** Whether it shows when its password was set. */
  readonly hasPasswordTime: boolean;
  readonly isPasswordSearchable: boolean;
  /** In lower case, those that its classes let it have; none without the overlay "allowed". */
  readonly attributes: ReadonlySet<string>;
  /** Those of them that the service account may write. */
  readonly writableAttributes: ReadonlySet<string>;
}

export interface ScopeSample {
  readonly scope: string;
  readonly operations: readonly Operation[];
  readonly bindName: string;
  /** Whether the overlay ppolicy is there. */
  readonly hasPolicies: boolean;
  readonly accounts: readonly SampledAccount[];
}

export function judgeScope(sample: ScopeSample): Finding[] {
  const rights = rightsFor(NEEDED_RIGHTS, sample.operations);
  return [readability(sample), ...rights.map((right) => judgeRight(right, sample)), judgeExcess(sample)];
}

function readability({ scope: target, hasPolicies, accounts }: ScopeSample): Finding {
  const code = 'accounts-readable';
  const hidden = accounts.filter(({ unreadable }) => unreadable.length > 0);
  const [first] = hidden;
  if (first !== undefined) {
    const names = [...new Set(hidden.flatMap(({ unreadable }) => unreadable))].join(', ');
    const status = hidden.length === accounts.length ? 'fail' : 'warn';
    return { code, status, target, detail: `not ${names} on ${of(hidden, accounts)}, as ${first.distinguishedName}` };
  }
  if (accounts.length === 0) return { code, status: 'cannot-tell', target, detail: NOBODY };
  if (hasPolicies && accounts.every(({ hasPasswordTime }) => !hasPasswordTime)) {
    const detail = 'none shows pwdChangedTime: it may not be read, or no password was set since ppolicy is there';
    return { code, status: 'cannot-tell', target, detail };
  }
  return { code, status: 'pass', target, detail: `on ${counted(accounts)}` };
}

function judgeRight(right: WriteRight, sample: ScopeSample): Finding {
  const { code, attributes } = right;
  const { scope: target, operations, accounts } = sample;
  const wanted = attributes.map((name) => name.toLowerCase());
  const seen = accounts
    .filter((account) => wanted.every((name) => account.attributes.has(name)))
    .map((account) => ({ ...account, isHeld: wanted.every((name) => account.writableAttributes.has(name)) }));
  if (seen.length === 0) {
    const detail = 'OpenLDAP shows its access rules to nobody, and nothing is tried out';
    return { code, status: 'cannot-tell', target, detail, advice: howToFindOut(sample) };
  }
  const finding = rightFinding({ code, target, name: writing(attributes) }, seen);
  return finding.status === 'fail' && !isNeeded(right, operations) ? { ...finding, status: 'warn' } : finding;
}

/** On a real account, since rules may depend on the entry. `write` there is granted by `=w` too (seen with slapacl 2.5.13). */
function howToFindOut({ scope, operations, bindName, accounts }: ScopeSample): string {
  const base = accounts[0]?.distinguishedName ?? scope;
  const asked = rightsFor(NEEDED_RIGHTS, operations).flatMap(({ attributes }) => attributes);
  const command = ['slapacl', '-D', inSingleQuotes(bindName), '-b', inSingleQuotes(base)];
  return (
    `run on the server: ${[...command, ...asked.map((name) => `${name}/write`)].join(' ')} – ` +
    'what is DENIED there, the commands that `drawbridge agent delegation --print` shows give'
  );
}

function judgeExcess({ scope: target, accounts }: ScopeSample): Finding {
  if (accounts.length === 0) return { code: 'over-privilege', status: 'cannot-tell', target, detail: NOBODY };
  const finding = excessFinding(
    target,
    accounts.map((account) => ({ ...account, excess: excessOn(account) })),
  );
  return finding.status === 'warn' ? { ...finding, advice: LESS } : finding;
}

function excessOn({ isPasswordSearchable, writableAttributes }: SampledAccount): string[] {
  const writable = IDENTITY_ATTRIBUTES.filter((name) => writableAttributes.has(name.toLowerCase()));
  return [...(isPasswordSearchable ? ['search stored passwords'] : []), ...writable.map((name) => writing([name]))];
}

const NOBODY = 'no account can be seen here';
const LESS =
  'give `=w` on userPassword and no more, as `drawbridge agent delegation --print` shows it; the rootdn, and whoever has `manage`, is held by no password rule';
