// The settings' write-back part as the rules that decide-disposition.ts takes. Wiring, apart because two commands need it.

import type { Disposition } from '../protocol/dispositions.js';
import type { AccountAnchor } from '../protocol/identifiers.js';
import { decideDisposition, type WriteBackRules } from './accounts/decide-disposition.js';
import type { AgentConfig } from './config.js';
import type { DirectoryAccount } from './directory/directory-account.js';

/** `bindAnchor` is the service account: it must never be written to. */
export function writeBackRulesOf({ writeBack }: AgentConfig, bindAnchor: AccountAnchor | undefined): WriteBackRules {
  return {
    isOn: writeBack.isOn,
    operations: { reset: writeBack.operations.includes('reset'), unlock: writeBack.operations.includes('unlock') },
    scopeBases: writeBack.scope,
    excludedBases: writeBack.excluded,
    excludedAnchors: bindAnchor === undefined ? [] : [bindAnchor],
  };
}

/** The rules with the service account excluded, which only the directory can tell: until it has, nothing may be written. */
export class LiveRules {
  readonly #config: AgentConfig;
  #rules: WriteBackRules | undefined;

  constructor(config: AgentConfig) {
    this.#config = config;
  }

  learn(bindAnchor: AccountAnchor | undefined): void {
    this.#rules = writeBackRulesOf(this.#config, bindAnchor);
  }

  decide(account: DirectoryAccount, nowMs: number): Disposition {
    if (this.#rules === undefined) return { kind: 'try-later', reason: 'directory-unreachable' };
    return decideDisposition(account, this.#rules, nowMs);
  }
}
