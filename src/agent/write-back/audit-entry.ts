// What the audit journal keeps of one answer: codes and identifiers, joined to the front door's journal by the reset id.
// Pure. Nothing in a command or an outcome that is named here is secret; what is not named here is not kept.

import type { AuditEntry } from '../../protocol/audit-chain.js';
import { OUTCOME_MEANINGS, outcomeCodeOf } from '../../protocol/outcome-codes.js';
import type { ResetOutcome } from '../../protocol/outcomes.js';
import type { Ending } from './ending.js';
import type { LedgerCommand } from './ledger.js';

export function auditEntryOf(command: LedgerCommand, ending: Ending, atMs: number): AuditEntry {
  const { outcome, source, domainController } = ending;
  return {
    atMs,
    event: 'reset-answered',
    requestId: command.resetId,
    fields: {
      operation: command.operation,
      anchor: command.anchor,
      outcome: outcome.kind,
      ...codeOf(outcome),
      ...detailsOf(outcome),
      source,
      ...(domainController === undefined ? {} : { domainController }),
    },
  };
}

function codeOf(outcome: ResetOutcome): Record<string, string> {
  const outcomeCode = outcomeCodeOf(outcome);
  return { outcomeCode, eventNumber: String(OUTCOME_MEANINGS[outcomeCode].eventNumber) };
}

function detailsOf(outcome: ResetOutcome): Record<string, string> {
  const details: Record<string, string> = {};
  if ('reason' in outcome && outcome.reason !== undefined) details.reason = outcome.reason;
  if ('rules' in outcome) details.rules = outcome.rules.join(' ');
  if ('settledBy' in outcome) details.settledBy = outcome.settledBy;
  if ('history' in outcome && outcome.history !== undefined) details.history = outcome.history;
  if ('next' in outcome && outcome.next !== undefined) details.next = outcome.next;
  if ('evidence' in outcome && outcome.evidence !== undefined) {
    details.ldapResultCode = String(outcome.evidence.ldapResultCode);
    if (outcome.evidence.win32 !== undefined) details.win32 = outcome.evidence.win32;
    const { passwordPolicyError, control } = outcome.evidence;
    if (control !== undefined) details.control = control;
    if (passwordPolicyError !== undefined) details.passwordPolicyError = String(passwordPolicyError);
  }
  return details;
}
