// Decides when a pass runs: at the first link, on schedule, when asked, and never two at a time.
// A directory that falls due while another is read waits its turn; one that falls due again is caught up once. Knows no cron.

import { PASS_KINDS, type PassKind } from '../../protocol/sync-reports.js';

export interface PassOrder {
  readonly directoryId: string;
  /** Each kind does what the later ones do, and more. */
  readonly kind: PassKind;
  /** One person alone, by what people type; undefined: a pass. */
  readonly userId?: string | undefined;
  /** Looks only. Such a pass stands for no other. */
  readonly isDryRun: boolean;
  /** Who asked for it; empty when it fell due by itself. */
  readonly requestIds: readonly number[];
}

export interface SyncRunnerDeps {
  readonly directoryIds: readonly string[];
  /** One pass. */
  readonly runPass: (order: PassOrder, signal: AbortSignal) => Promise<unknown>;
  /** A pass failed by a mistake of ours, or of the disk: that ends it, and no other. */
  readonly onFault: (order: PassOrder, error: unknown) => void;
  readonly signal: AbortSignal;
}

/** Serialises passes. At most one runs, and each kind of pass over each directory waits once, however often it is asked for. */
export class SyncRunner {
  readonly #deps: SyncRunnerDeps;
  /** In the order they fell due. */
  readonly #due = new Map<string, PassOrder>();
  #running: Promise<void> | undefined;

  constructor(deps: SyncRunnerDeps) {
    this.#deps = deps;
  }

  /** All directories are due; resolves when no pass runs any more. */
  requestAll(kind: PassKind): Promise<void> {
    return this.request(...this.#deps.directoryIds.map((directoryId) => dueByItself(directoryId, kind)));
  }

  /** Asks for these passes, of directories there are; resolves when no pass runs any more. */
  request(...orders: readonly PassOrder[]): Promise<void> {
    for (const order of orders) {
      const key = JSON.stringify([order.directoryId, order.isDryRun, order.userId ?? null]);
      const earlier = this.#due.get(key);
      const kind = PASS_KINDS.find((each) => each === earlier?.kind || each === order.kind) ?? order.kind;
      this.#due.set(key, { ...order, kind, requestIds: [...(earlier?.requestIds ?? []), ...order.requestIds] });
    }
    this.#running ??= this.#runUntilNothingIsDue().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #runUntilNothingIsDue(): Promise<void> {
    const { runPass, onFault, signal } = this.#deps;
    for (const [key, order] of this.#due) {
      this.#due.delete(key);
      if (signal.aborted) return;
      try {
        await runPass(order, signal);
      } catch (error) {
        onFault(order, error);
      }
    }
  }
}

export function dueByItself(directoryId: string, kind: PassKind = 'delta'): PassOrder {
  return { directoryId, kind, isDryRun: false, requestIds: [] };
}
