// The settings' write-back part as the rules that decide-disposition.ts takes. Wiring, apart because two commands need it.

import type { AccountAnchor } from '../protocol/identifiers.js';
import type { WriteBackRules } from './accounts/decide-disposition.js';
import type { AgentConfig } from './config.js';

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
