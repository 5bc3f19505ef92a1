// The settings' write-back parts as the rules that decide-disposition.ts takes. Wiring, apart because two commands need it.

import type { Disposition } from '../protocol/dispositions.js';
import type { AccountAnchor } from '../protocol/identifiers.js';
import { decideDisposition, type WriteBackRules } from './accounts/decide-disposition.js';
import type { DirectoryConfig } from './config.js';
import type { DirectoryAccount } from './directory/directory-account.js';

/** `bindAnchor` is the service account: it must never be written to. */
export function writeBackRulesOf(
  { writeBack }: DirectoryConfig,
  bindAnchor: AccountAnchor | undefined,
): WriteBackRules {
  return {
    isOn: writeBack.isOn,
    operations: {
      reset: writeBack.operations.includes('reset'),
      unlock: writeBack.operations.includes('unlock'),
      change: writeBack.operations.includes('change'),
    },
    scopeBases: writeBack.scope,
    excludedBases: writeBack.excluded,
    excludedAnchors: bindAnchor === undefined ? [] : [bindAnchor],
  };
}

/**
 * Each directory's rules with its service account excluded, which only the directory can tell: until it has, nothing may be
 * written there.
 */
export class LiveRules {
  readonly #rules = new Map<string, WriteBackRules>();

  learn(directory: DirectoryConfig, bindAnchor: AccountAnchor | undefined): void {
    this.#rules.set(directory.id, writeBackRulesOf(directory, bindAnchor));
  }

  decide(account: DirectoryAccount, nowMs: number): Disposition {
    const rules = this.#rules.get(account.directoryId);
    if (rules === undefined) return { kind: 'try-later', reason: 'directory-unreachable' };
    return decideDisposition(account, rules, nowMs);
  }
}
