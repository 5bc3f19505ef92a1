// From what 389 Directory Server says that the service account may do: which rights it has, which it lacks, and which it should
// not have. Pure. One table says what is needed (rights.ts). What was not told is never called missing.

import type { Operation } from '../../../protocol/operations.js';
import type { Finding } from '../../health/precheck.js';
import { isNeeded, rightsFor, type WriteRight, writing } from '../checks/needed-rights.js';
import { excessFinding, rightFinding } from '../checks/sampled-rights.js';
import { type EffectiveRights, mayReplace } from './effective-rights.js';
import { NEEDED_RIGHTS, SENSITIVE_ATTRIBUTES } from './rights.js';

export interface RightsOnEntry {
  readonly distinguishedName: string;
  /** Undefined when they were not told, or the entry may not be seen. */
  readonly rights: EffectiveRights | undefined;
}

export interface ScopeRights {
  readonly scope: string;
  readonly operations: readonly Operation[];
  readonly accounts: readonly RightsOnEntry[];
  /** The scope itself. */
  readonly place: RightsOnEntry;
  /** An account that is not there yet. */
  readonly newcomer: RightsOnEntry;
}

export function judgeScope(sample: ScopeRights): Finding[] {
  return [
    ...rightsFor(NEEDED_RIGHTS, sample.operations).map((right) => judgeRight(right, sample)),
    judgeExcess(sample),
  ];
}

function judgeRight(right: WriteRight, sample: ScopeRights): Finding {
  const { scope: target, operations, accounts } = sample;
  const seen = accounts.flatMap((account) => {
    const lacked = lackedOf(right, account);
    return lacked === undefined ? [] : [{ ...account, lacked, isHeld: lacked.length === 0 }];
  });
  const lacked = [...new Set(seen.flatMap((account) => account.lacked))];
  const finding =
    seen.length === 0
      ? futureFinding(right, sample)
      : rightFinding(
          { code: right.code, target, name: writing(lacked.length === 0 ? right.attributes : lacked) },
          seen,
        );
  // Of use to some people only: the others can do without.
  return finding.status === 'fail' && !isNeeded(right, operations) ? { ...finding, status: 'warn' } : finding;
}

/** Where there is nobody to look at: what would hold for an account that is made there. */
function futureFinding({ code, ...right }: WriteRight, sample: ScopeRights): Finding {
  const { scope: target, accounts, newcomer } = sample;
  // The server mostly leaves out whom it must not show, and now and then tells no rights on them: nothing is known of either.
  const isShown = newcomer.rights?.onEntry.has('v') === true;
  const lacked = accounts.length === 0 && isShown ? lackedOf({ code, ...right }, newcomer) : undefined;
  if (lacked === undefined) return untold(code, sample);
  const detail = (verdict: string) => `nobody to look at; on accounts made here ${verdict}`;
  return lacked.length === 0
    ? { code, status: 'pass', target, detail: detail(`${writing(right.attributes)} would be held`) }
    : { code, status: 'fail', target, detail: detail(`${writing(lacked)} would be missing`) };
}

function untold(code: Finding['code'], { scope: target, accounts }: ScopeRights): Finding {
  const [first] = accounts;
  const detail =
    first === undefined
      ? 'no account can be seen here'
      : `the server tells no rights on accounts here, as ${first.distinguishedName}`;
  return { code, status: 'cannot-tell', target, detail };
}

/** Undefined when one of them was not told. */
function lackedOf({ attributes }: WriteRight, { rights }: RightsOnEntry): string[] | undefined {
  if (rights === undefined) return undefined;
  const held = attributes.map((name) => mayReplace(rights, name));
  return held.includes(undefined) ? undefined : attributes.filter((_, at) => held[at] === false);
}

function judgeExcess(sample: ScopeRights): Finding {
  const { scope: target, accounts, place } = sample;
  const seen = [...accounts, place].flatMap(({ distinguishedName, rights }) =>
    rights === undefined ? [] : [{ distinguishedName, excess: excessIn(rights) }],
  );
  return seen.length === 0 ? untold('over-privilege', sample) : excessFinding(target, seen);
}

function excessIn(rights: EffectiveRights): string[] {
  const { onEntry, onAttributes } = rights;
  const writable = SENSITIVE_ATTRIBUTES.filter((name) => mayReplace(rights, name) === true);
  const password = onAttributes.get('userpassword');
  const readsPasswords = ['r', 's', 'c'].some((letter) => password?.has(letter));
  if (onEntry.has('a') && onEntry.has('d') && writable.includes('aci') && readsPasswords) return ['full control'];
  return [
    ...(onEntry.has('a') ? ['add entries below them'] : []),
    ...(onEntry.has('d') ? ['delete them'] : []),
    ...writable.map((name) => `write ${name}`),
    ...(readsPasswords ? ['read the stored passwords'] : []),
  ];
}
