// What the agent logs: one function per business event, its fields named one by one, public ones only.
// Fulfils the event ports of all subjects; nothing else of the agent knows the logger.

import { codeOf, describeFailure } from '../failure/failure.js';
import type { Log } from '../logging/log.js';
import type { Disposition } from '../protocol/dispositions.js';
import { OUTCOME_MEANINGS, outcomeCodeOf } from '../protocol/outcome-codes.js';
import { hasNews, type PassReport } from '../protocol/sync-reports.js';
import type { InspectEvents } from './accounts/inspect-account.js';
import type { Warning } from './health/warnings.js';
import type { DirectoryEvents } from './ldap/directory-events.js';
import type { LinkEvents } from './link/link-events.js';
import type { OwnPasswordRulesEvents } from './own-password-rules.js';
import { approvalCommand } from './sync/removal-guard.js';
import type { SyncEvents } from './sync/run-pass.js';
import type { WriteBackEvents } from './write-back/write-back-events.js';

export interface ProgramEvents {
  agentStarted(event: {
    readonly software: string;
    readonly tenantId: string;
    readonly agentId: string;
    readonly isHeld: boolean;
  }): void;
  agentStopped(event: { readonly why: 'asked' | 'revoked' }): void;
  directoryReady(event: { readonly directoryId: string; readonly domainController: string }): void;
  directoryNotReady(event: {
    readonly directoryId: string;
    readonly failure: unknown;
    readonly retryAfterMs: number;
  }): void;
  /** A check did not pass, or is now about something else to do. */
  warningRaised(warning: Warning): void;
  warningCleared(warning: Warning): void;
  /** Everybody of the directory is answered `because`; undefined: it may be written to again. */
  readinessChanged(event: { readonly directoryId: string; readonly because: Disposition | undefined }): void;
  holdChanged(event: { readonly isHeld: boolean }): void;
  sealingKeysRotated(): void;
  unsettledRecovered(event: { readonly settled: number; readonly released: number; readonly unsettled: number }): void;
  housekeepingFailed(event: { readonly task: string; readonly failure: unknown }): void;
}

export type AgentEvents = ProgramEvents &
  DirectoryEvents &
  InspectEvents &
  LinkEvents &
  OwnPasswordRulesEvents &
  SyncEvents &
  WriteBackEvents;

export function createAgentEvents(log: Log): AgentEvents {
  /** Directories of which a pass was told since the start. */
  const mirrored = new Set<string>();
  return {
    agentStarted: ({ software, tenantId, agentId, isHeld }) =>
      log.info({ event: 'agent-started', software, tenantId, agentId, isHeld }, 'the agent has started'),
    agentStopped: ({ why }) => log.info({ event: 'agent-stopped', why }, 'the agent has stopped'),
    directoryReady: ({ directoryId, domainController }) =>
      log.info({ event: 'directory-ready', directoryId, domainController }, 'the directory answers'),
    directoryNotReady: ({ directoryId, failure, retryAfterMs }) =>
      log.warn(
        { event: 'directory-not-ready', directoryId, ...failureFields(failure), retryAfterMs },
        'the directory cannot be used yet',
      ),
    warningRaised: ({ code, title, severity, directoryId, target, detail, advice }) => {
      const fields = { event: 'warning-raised', warning: code, severity, directoryId, target, detail, advice };
      if (severity === 'broken') log.error(fields, title);
      else log.warn(fields, title);
    },
    warningCleared: ({ code, title, directoryId, target }) =>
      log.info({ event: 'warning-cleared', warning: code, directoryId, target }, title),
    readinessChanged: ({ directoryId, because }) => {
      if (because === undefined) {
        log.info({ event: 'directory-opened', directoryId }, 'the directory may be written to again');
        return;
      }
      const reason = 'reason' in because ? because.reason : undefined;
      log.error(
        { event: 'directory-shut', directoryId, disposition: because.kind, reason },
        'nothing can be written to the directory until a check passes: see the warnings',
      );
    },
    holdChanged: ({ isHeld }) =>
      log.warn({ event: 'hold-changed', isHeld }, isHeld ? 'writes are held on this machine' : 'writes are released'),
    sealingKeysRotated: () => log.info({ event: 'sealing-keys-rotated' }, 'a new sealing key is published'),
    unsettledRecovered: ({ settled, released, unsettled }) =>
      log.info(
        { event: 'unsettled-recovered', settled, released, unsettled },
        'commands left open by an earlier run were looked at',
      ),
    housekeepingFailed: ({ task, failure }) =>
      log.error(
        { event: 'housekeeping-failed', task, ...failureFields(failure) },
        'a regular task failed; it is tried again',
      ),

    domainControllerFailed: ({ url, failure }) =>
      log.warn(
        { event: 'domain-controller-failed', url, ...failureFields(failure) },
        'a domain controller could not be used',
      ),
    accountUnreadable: ({ distinguishedName, missing }) =>
      log.warn(
        { event: 'account-unreadable', distinguishedName, missing },
        'an account was left out: the service account may not read it',
      ),
    permissionsUnreadable: ({ distinguishedName }) =>
      log.warn(
        { event: 'permissions-unreadable', distinguishedName },
        'the service account may not read permissions: people count as if they could not change their password; allow it to read them',
      ),

    inspectionFailed: ({ failure }) =>
      log.warn(
        { event: 'inspection-failed', ...failureFields(failure) },
        'a question could not be answered from the directory',
      ),

    linkDialling: ({ frontDoorUrl, attempt }) =>
      log.debug({ event: 'link-dialling', frontDoorUrl, attempt }, 'dialling the front door'),
    linkServing: ({ frontDoorUrl, version }) =>
      log.info({ event: 'link-serving', frontDoorUrl, version }, 'linked to the front door'),
    linkEnded: ({ reason, advice, servedMs, dialsAgainInMs, cause }) => {
      const fields = {
        event: 'link-ended',
        reason,
        advice,
        servedMs: Math.round(servedMs),
        dialsAgainInMs,
        ...failureFields(cause),
      };
      if (reason === 'stopped') log.info(fields, 'the link was drained and closed');
      else log.warn(fields, 'the link to the front door ended');
    },
    clocksApart: ({ aheadMs }) =>
      log.warn(
        { event: 'clocks-apart', aheadMs },
        "this machine's clock differs too much from the front door's: set it by NTP",
      ),
    requestFailed: ({ kind, error }) =>
      log.error(
        { event: 'request-failed', kind, ...failureFields(error), stack: stackOf(error) },
        'a request met a mistake of ours',
      ),

    // Every two minutes: only the first since the start is news, and one that found something.
    syncCompleted: (report) => {
      const isNews = hasNews(report) || !mirrored.has(report.directoryId);
      mirrored.add(report.directoryId);
      const done =
        report.kind === 'full' ? 'the directory is mirrored' : 'what has changed in the directory is mirrored';
      log[isNews ? 'info' : 'debug'](
        { event: 'sync-completed', ...inNumbers(report) },
        report.isDryRun ? 'a dry run over the directory ended; nothing was changed' : done,
      );
    },
    syncIncomplete: (report) =>
      log.warn(
        { event: 'sync-incomplete', ...inNumbers(report) },
        'some accounts could not be read, so nobody was removed from the mirror: see what the service account may not read',
      ),
    syncFailed: ({ directoryId, generation, failure }) =>
      log.warn(
        { event: 'sync-failed', directoryId, generation, failure },
        'a pass over the directory ended early; what it had sent stays, and nobody who was not read was removed',
      ),
    syncAccountLeftOut: ({ directoryId, anchor, failure }) =>
      log.warn(
        { event: 'sync-account-left-out', directoryId, anchor, failure },
        'one account cannot be mirrored; what the mirror had of it stays',
      ),
    syncRemovalsHeld: ({ directoryId, planId, because, gone, present, names }) =>
      log.error(
        { event: 'sync-removals-held', directoryId, planId, because, gone, present, names },
        `${gone} of ${present} accounts were not found any more among those managed here, and stay in the mirror: see whether \`managed\` in the settings was changed, and whether the service account reads all of the directory; if they are gone, run \`${approvalCommand(planId)}\``,
      ),

    passwordAudited: ({ anchor, rules }) =>
      log.warn({ event: 'password-audited', anchor, rules }, 'a rule in audit mode would have refused a password'),
    breachListUnusable: ({ failure }) =>
      log.error(
        { event: 'breach-list-unusable', ...failureFields(failure) },
        'stolen passwords are not looked for until somebody puts the list right',
      ),

    resetReceived: ({ resetId, operation, anchor }) =>
      log.info({ event: 'reset-received', resetId, operation, anchor }, 'a command arrived'),
    resetAnswered: ({ resetId, operation, anchor, outcome, source, domainController, durationMs }) => {
      const outcomeCode = outcomeCodeOf(outcome);
      const { eventNumber, severity, administrator } = OUTCOME_MEANINGS[outcomeCode];
      log[LEVEL_OF[severity]](
        {
          event: 'reset-answered',
          eventNumber,
          outcomeCode,
          resetId,
          operation,
          anchor,
          outcome: outcome.kind,
          rules: outcome.kind === 'refused-by-policy' ? outcome.rules : undefined,
          reason: 'reason' in outcome ? outcome.reason : undefined,
          evidence: 'evidence' in outcome ? outcome.evidence : undefined,
          source,
          domainController,
          durationMs: Math.round(durationMs),
          advice: severity === 'information' ? undefined : administrator,
        },
        'a command was answered',
      );
    },
    directoryFailed: ({ resetId, operation, anchor, error }) =>
      log.warn(
        { event: 'directory-failed', resetId, operation, anchor, ...failureFields(error) },
        'nothing was written: the directory could not be read',
      ),
    writeSettled: ({ resetId, operation, anchor, domainController, settlement }) =>
      log.warn(
        { event: 'write-settled', resetId, operation, anchor, domainController, settlement },
        'a lost answer was settled by reading the account back',
      ),
    commandFailed: ({ resetId, operation, anchor, step, error }) =>
      log.error(
        { event: 'command-failed', resetId, operation, anchor, step, ...failureFields(error), stack: stackOf(error) },
        'a command met a mistake of ours',
      ),
  };
}

const LEVEL_OF = { information: 'info', warning: 'warn', error: 'error' } as const;

function failureFields(failure: unknown) {
  return failure === undefined ? {} : { failure: codeOf(failure), message: describeFailure(failure) };
}

function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : undefined;
}

/** Whom it was about is kept with the reports, and not in the log. */
function inNumbers(report: PassReport) {
  const { directoryId, generation, kind, because, isDryRun, counts, changedFields, held, durationMs } = report;
  return {
    directoryId,
    generation,
    kind,
    because,
    isDryRun,
    ...counts,
    changedFields,
    held: held?.gone ?? 0,
    durationMs,
  };
}
