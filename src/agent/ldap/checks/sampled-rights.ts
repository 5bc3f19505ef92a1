// What is said of rights that were looked at on sampled accounts, whichever directory they are in. Pure. Examples are named, so
// that an administrator can look for themselves.

import type { Finding } from '../../health/precheck.js';

export interface RightOnAccount {
  readonly distinguishedName: string;
  readonly isHeld: boolean;
}

/** `seen`: those of whom it is known, one at least. Missing on all of them fails, on some it warns. */
export function rightFinding(
  { code, target, name }: Pick<Finding, 'code' | 'target'> & { readonly name: string },
  seen: readonly RightOnAccount[],
): Finding {
  const lacking = seen.filter(({ isHeld }) => !isHeld);
  const [first] = lacking;
  if (first === undefined) return { code, status: 'pass', target, detail: `${name} is held on ${counted(seen)}` };
  return {
    code,
    status: lacking.length === seen.length ? 'fail' : 'warn',
    target,
    detail: `${name} is missing on ${of(lacking, seen)}, as ${first.distinguishedName}`,
  };
}

export interface ExcessOnEntry {
  readonly distinguishedName: string;
  /** What may be done besides what is needed, in words. */
  readonly excess: readonly string[];
}

export function excessFinding(target: string, seen: readonly ExcessOnEntry[]): Finding {
  const code = 'over-privilege';
  const excessive = seen.filter(({ excess }) => excess.length > 0);
  const [first] = excessive;
  if (first === undefined)
    return { code, status: 'pass', target, detail: `none on any entry looked at (${seen.length})` };
  const rights = [...new Set(excessive.flatMap(({ excess }) => excess))].join(', ');
  return {
    code,
    status: 'warn',
    target,
    detail: `may also: ${rights}; on ${of(excessive, seen)}, as ${first.distinguishedName}`,
  };
}

export function of(some: readonly unknown[], all: readonly unknown[]): string {
  return `${some.length} of ${all.length}`;
}

export function counted(all: readonly unknown[]): string {
  if (all.length === 0) return 'nobody: there is no account to look at';
  return all.length === 1 ? 'the one account looked at' : `all ${all.length} accounts looked at`;
}
