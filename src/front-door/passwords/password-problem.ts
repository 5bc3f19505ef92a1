// Why a new password was not taken: a closed list of codes for the page and its script. Types only; the words are the pages'.

import type { PolicyRule } from '../../protocol/outcomes.js';

/** Why a new password was not taken: found in the browser, or by the agent and its directory (PolicyRule). */
export type PasswordProblem =
  | PolicyRule
  | 'missing'
  | 'different'
  | 'control-character'
  | 'invisible-character'
  | 'broken-character'
  | 'not-sealed'
  | 'seal-expired'
  | 'directory-away';
