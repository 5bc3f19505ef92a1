// Answers one reset or unlock command, whatever happens: the same id always gets one effect and one true answer.
// Looks the id up, carries out what is new, settles what was left open, keeps the outcome, and leaves a trace of every answer.
// Knows nothing of LDAP, frames or SQL. No request can make it throw.

import type { ResetId } from '../../protocol/identifiers.js';
import type { ResetOutcome } from '../../protocol/outcomes.js';
import type { AuditJournal } from '../audit/audit-journal.js';
import { auditEntryOf } from './audit-entry.js';
import { type CarryOutDeps, carryOut, type Leave } from './carry-out.js';
import { type Command, type CommandRequest, commandOf, isExpired } from './command.js';
import { agentSays, type Ending, ledgerSays } from './ending.js';
import type { LedgerCommand, SentRow } from './ledger.js';
import { settleWrite } from './settle-write.js';
import { Turns } from './turns.js';
import type { FailedStep } from './write-back-events.js';

export interface CommandHandlerDeps extends CarryOutDeps {
  readonly journal: AuditJournal;
  /** Writes under way on one domain controller at the same time. Samba takes password writes one by one anyway. */
  readonly writesPerDomainControllerMax: number;
}

export interface RecoveryReport {
  /** Now known to be applied, or too old to be told: the id has its final answer. */
  readonly settled: number;
  /** Nothing was written: the id is open again until it expires. */
  readonly released: number;
  /** The domain controller cannot be asked yet: call again when it can. */
  readonly unsettled: number;
}

export interface CommandHandler {
  /**
   * Never rejects. Asked twice with one id, the second joins the first or gets its answer; after an answer `unknown` asking
   * again reads the account back once more. `signal` ends the waiting; a write that has begun is seen to its end. `mayWrite`: what is
   * waited for before anything is written or tried; false: it never may be. Default: at once.
   */
  handle(request: CommandRequest, signal: AbortSignal, mayWrite?: Promise<boolean>): Promise<ResetOutcome>;
  /** Settles what an earlier process sent and did not settle. Call at start, and while it reports `unsettled`. */
  recoverUnsettled(signal: AbortSignal): Promise<RecoveryReport>;
  /** Commands being answered just now. */
  readonly inFlight: number;
  /** Resolves when none is being answered: for draining, after the gate says so. */
  whenIdle(): Promise<void>;
}

/** Commands one agent works on at a time; one more is answered `over-limit` at once. */
export const COMMANDS_IN_FLIGHT_MAX = 64;
/** Commands that may wait for one account: a person clicks again, nobody needs more. */
export const WAITING_PER_ACCOUNT_MAX = 4;

export const WRITES_PER_DOMAIN_CONTROLLER_MAX_DEFAULT = 2;

export function createCommandHandler(deps: CommandHandlerDeps): CommandHandler {
  return new LedgeredHandler(deps);
}

class LedgeredHandler implements CommandHandler {
  readonly #deps: CommandHandlerDeps;
  readonly #running = new Map<ResetId, { readonly fingerprint: string; readonly outcome: Promise<ResetOutcome> }>();
  readonly #turns: { readonly accounts: Turns; readonly domainControllers: Turns };

  constructor(deps: CommandHandlerDeps) {
    this.#deps = deps;
    this.#turns = {
      accounts: new Turns({ width: 1, waitingMax: WAITING_PER_ACCOUNT_MAX }),
      domainControllers: new Turns({ width: deps.writesPerDomainControllerMax, waitingMax: COMMANDS_IN_FLIGHT_MAX }),
    };
  }

  get inFlight(): number {
    return this.#running.size;
  }

  async whenIdle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all([...this.#running.values()].map((running) => running.outcome));
  }

  async handle(request: CommandRequest, signal: AbortSignal, mayWrite = AT_ONCE): Promise<ResetOutcome> {
    const startedMs = this.#deps.clock.monotonicMs();
    const command = commandOf(request);
    const running = this.#running.get(command.resetId);
    if (running !== undefined) {
      const isSame = running.fingerprint === command.fingerprint;
      const ending = isSame ? ledgerSays(await running.outcome) : agentSays({ kind: 'reset-id-reused' });
      return this.#answer(command, ending, startedMs);
    }
    if (this.#running.size >= COMMANDS_IN_FLIGHT_MAX) {
      return this.#answer(command, agentSays({ kind: 'over-limit', retryAfterMs: BUSY_RETRY_MS }), startedMs);
    }
    const outcome = this.#endingOf(command, { signal, mayWrite }).then((ending) =>
      this.#answer(command, ending, startedMs),
    );
    this.#running.set(command.resetId, { fingerprint: command.fingerprint, outcome });
    try {
      return await outcome;
    } finally {
      this.#running.delete(command.resetId);
    }
  }

  async recoverUnsettled(signal: AbortSignal): Promise<RecoveryReport> {
    const report = { settled: 0, released: 0, unsettled: 0 };
    for (const row of this.#deps.ledger.unsettled()) {
      signal.throwIfAborted();
      // One that is being answered settles itself.
      if (this.#running.has(row.resetId)) continue;
      const startedMs = this.#deps.clock.monotonicMs();
      const ending = await this.#settleInTurn(row, signal);
      if (ending.effect !== 'leave') this.#answer(row, ending, startedMs);
      report[COUNTED_AS[ending.effect]] += 1;
    }
    return report;
  }

  /** Never rejects: what we did not expect ends this command and no other. */
  async #endingOf(command: Command, leave: Leave): Promise<Ending> {
    try {
      return await this.#endingByLedger(command, leave);
    } catch (error) {
      // The row stays as it is: `received` may be tried again, `sent` is settled by reading back. Neither is guessed at.
      this.#failed(command, 'carry-out', error);
      return { ...agentSays({ kind: 'agent-fault' }), effect: 'leave' };
    }
  }

  async #endingByLedger(command: Command, leave: Leave): Promise<Ending> {
    const { clock, events, ledger } = this.#deps;
    const row = ledger.find(command.resetId);
    if (row !== undefined && row.fingerprint !== command.fingerprint) return agentSays({ kind: 'reset-id-reused' });
    if (row?.state === 'settled') return ledgerSays(row.outcome);
    if (row?.state === 'sent') {
      const ending = await this.#settleInTurn(row, leave.signal);
      if (ending.effect !== 'release') return ending;
    }
    const nowMs = clock.nowMs();
    // After the look-up, on purpose: an answer that was lost on its way may be asked for again later than it may be tried.
    if (isExpired(command, nowMs)) return agentSays({ kind: 'expired' });
    if (row === undefined && ledger.receive(command, nowMs) === 'full') {
      return agentSays({ kind: 'over-limit', retryAfterMs: LEDGER_FULL_RETRY_MS });
    }
    events.resetReceived(fieldsOf(command));
    const ending = await carryOut(this.#deps, this.#turns, command, leave);
    this.#keep(command, ending);
    return ending;
  }

  async #settleInTurn(row: SentRow, signal: AbortSignal): Promise<Ending> {
    // No turn, because too many wait or nobody does any more: nothing was learnt, the row stays open.
    using turn = await this.#turns.accounts.take(row.anchor, signal).catch(() => undefined);
    if (turn === undefined) return STILL_UNKNOWN;
    // Read again: whoever had the turn before may have settled or released it.
    const now = this.#deps.ledger.find(row.resetId);
    if (now?.state === 'settled') return ledgerSays(now.outcome);
    if (now?.state !== 'sent') return agentSays({ kind: 'try-later', reason: 'directory-unreachable' });
    const ending = await settleWrite(this.#deps, now, signal);
    this.#keep(now, ending);
    return ending;
  }

  #keep(command: LedgerCommand, ending: Ending): void {
    const { clock, ledger } = this.#deps;
    try {
      if (ending.effect === 'settle') ledger.settle(command.resetId, ending.outcome, clock.nowMs());
      else if (ending.effect === 'release') ledger.release(command.resetId);
    } catch (error) {
      // The answer is true all the same, and must be given; the row will be settled by reading back.
      this.#failed(command, 'settle-ledger', error);
    }
  }

  #answer(command: LedgerCommand, ending: Ending, startedMs: number): ResetOutcome {
    const { clock, events, journal } = this.#deps;
    const { outcome, source, domainController } = ending;
    try {
      journal.append(auditEntryOf(command, ending, clock.nowMs()));
    } catch (error) {
      this.#failed(command, 'audit', error);
    }
    const durationMs = clock.monotonicMs() - startedMs;
    events.resetAnswered({ ...fieldsOf(command), outcome, source, domainController, durationMs });
    return outcome;
  }

  #failed(command: LedgerCommand, step: FailedStep, error: unknown): void {
    this.#deps.events.commandFailed({ ...fieldsOf(command), step, error });
  }
}

function fieldsOf(command: LedgerCommand) {
  return { resetId: command.resetId, operation: command.operation, anchor: command.anchor };
}

const AT_ONCE = Promise.resolve(true);
const STILL_UNKNOWN = agentSays({ kind: 'unknown' });
const COUNTED_AS = { settle: 'settled', release: 'released', leave: 'unsettled' } as const;
const BUSY_RETRY_MS = 5_000;
const LEDGER_FULL_RETRY_MS = 60_000;
