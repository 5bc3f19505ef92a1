// The ledger port in memory, kept honest by test/contract/ledger. Outlives a handler, as the real one outlives a process.

import {
  countedAs,
  GUARDRAIL_MEMORY_MS,
  LEDGER_RETENTION_MS,
  LEDGER_ROWS_MAX,
  type Ledger,
  type LedgerCommand,
  type LedgerRow,
  type SentFacts,
  type SentRow,
} from '../../src/agent/write-back/ledger.js';
import type { ResetId } from '../../src/protocol/identifiers.js';
import type { ResetOutcome } from '../../src/protocol/outcomes.js';

interface Kept {
  readonly row: LedgerRow;
  readonly sentAtMs: number | undefined;
}

export class MemoryLedger implements Ledger {
  readonly #rows = new Map<ResetId, Kept>();
  readonly #rowsMax: number;

  constructor(options: { readonly rowsMax: number } = { rowsMax: LEDGER_ROWS_MAX }) {
    this.#rowsMax = options.rowsMax;
  }

  find(resetId: ResetId): LedgerRow | undefined {
    return this.#rows.get(resetId)?.row;
  }

  receive(command: LedgerCommand, nowMs: number): 'received' | 'full' {
    if (this.#rows.has(command.resetId)) throw new Error('received before');
    if (this.#rows.size >= this.#rowsMax) this.#forgetEarly(nowMs);
    if (this.#rows.size >= this.#rowsMax) return 'full';
    this.#rows.set(command.resetId, { row: { ...commandOf(command), state: 'received' }, sentAtMs: undefined });
    return 'received';
  }

  markSent(resetId: ResetId, facts: SentFacts): void {
    const row = this.find(resetId);
    if (row?.state !== 'received') throw new Error('only a received command can be sent');
    for (const other of this.unsettled()) {
      const isOfWrites = countedAs(other.operation) === 'writes' && countedAs(row.operation) === 'writes';
      if (other.anchor === row.anchor && isOfWrites) this.settle(other.resetId, { kind: 'unknown' }, facts.sentAtMs);
    }
    this.#rows.set(resetId, { row: { ...commandOf(row), ...facts, state: 'sent' }, sentAtMs: facts.sentAtMs });
  }

  settle(resetId: ResetId, outcome: ResetOutcome, _nowMs: number): void {
    const kept = this.#rows.get(resetId);
    if (kept === undefined || kept.row.state === 'settled') return;
    this.#rows.set(resetId, { ...kept, row: { ...commandOf(kept.row), state: 'settled', outcome } });
  }

  release(resetId: ResetId): void {
    const row = this.find(resetId);
    if (row?.state !== 'sent') return;
    this.#rows.set(resetId, { row: { ...commandOf(row), state: 'received' }, sentAtMs: undefined });
  }

  nthNewestSentMs({ nth, of, anchor }: Parameters<Ledger['nthNewestSentMs']>[0]): number | undefined {
    return [...this.#rows.values()]
      .filter(({ row }) => countedAs(row.operation) === of && (anchor === undefined || row.anchor === anchor))
      .flatMap(({ sentAtMs }) => sentAtMs ?? [])
      .sort((a, b) => b - a)
      .at(nth - 1);
  }

  unsettled(): readonly SentRow[] {
    return [...this.#rows.values()]
      .flatMap(({ row }) => (row.state === 'sent' ? [row] : []))
      .sort((a, b) => a.sentAtMs - b.sentAtMs);
  }

  prune(nowMs: number): number {
    return this.#forget(({ row }) => row.notAfterMs < nowMs - LEDGER_RETENTION_MS);
  }

  #forgetEarly(nowMs: number): void {
    this.#forget(({ row, sentAtMs }) => row.notAfterMs < nowMs && (sentAtMs ?? 0) < nowMs - GUARDRAIL_MEMORY_MS);
  }

  #forget(isForgotten: (kept: Kept) => boolean): number {
    const gone = [...this.#rows].filter(([, kept]) => kept.row.state !== 'sent' && isForgotten(kept));
    for (const [resetId] of gone) this.#rows.delete(resetId);
    return gone.length;
  }
}

function commandOf({ resetId, fingerprint, operation, anchor, notAfterMs }: LedgerCommand): LedgerCommand {
  return { resetId, fingerprint, operation, anchor, notAfterMs };
}
