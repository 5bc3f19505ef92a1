// Finds out what became of a write whose answer never came, by reading the account back on the same domain controller.
// Says "applied" only while that can be told from the account: not after SETTLE_WITHIN_MS, when somebody else may have
// set another password since. An honest "unknown" is better than a lucky "done".

import type { AgentOperation } from '../../protocol/operations.js';
import type { Clock } from '../../timing/clock.js';
import { withDeadline } from '../../timing/waits.js';
import type { DirectoryWriter, Settlement } from '../directory/ports.js';
import { directorySays, type Ending } from './ending.js';
import type { SentRow } from './ledger.js';
import type { WriteBackEvents } from './write-back-events.js';

/** How long after it was sent a write can still be told from what others did to the account. */
export const SETTLE_WITHIN_MS = 15 * 60_000;

export interface SettleDeps {
  readonly clock: Clock;
  readonly writer: DirectoryWriter;
  readonly events: WriteBackEvents;
}

type SentWrite = SentRow & { readonly operation: Exclude<AgentOperation, 'sign-in'> };

/** The caller holds the account's turn. Never throws: what cannot be read is `unknown`, and stays open to another try. */
export async function settleWrite(deps: SettleDeps, row: SentRow, signal: AbortSignal): Promise<Ending> {
  const { operation } = row;
  // It wrote nothing that could be read back, and may be tried again.
  if (operation === 'sign-in') {
    return directorySays({ kind: 'try-later', reason: 'directory-unreachable' }, row.domainController);
  }
  const isTooLate = deps.clock.nowMs() - row.sentAtMs > SETTLE_WITHIN_MS;
  const settlement = isTooLate ? 'too-late-to-tell' : await readBack(deps, { ...row, operation }, signal);
  deps.events.writeSettled({ ...fieldsOf(row), domainController: row.domainController, settlement });
  switch (settlement) {
    case 'applied':
      return directorySays({ kind: 'done', settledBy: 'probe' }, row.domainController);
    case 'not-applied':
      return directorySays({ kind: 'try-later', reason: 'directory-unreachable' }, row.domainController);
    case 'cannot-tell':
      return directorySays({ kind: 'unknown' }, row.domainController);
    case 'too-late-to-tell':
      return { ...directorySays({ kind: 'unknown' }, row.domainController), effect: 'settle' };
  }
}

async function readBack(deps: SettleDeps, row: SentWrite, signal: AbortSignal): Promise<Settlement> {
  const { anchor, domainController, operation, passwordLastSetBefore, revisionBefore, mustChange } = row;
  const kind = operation === 'invalidate-password' ? 'reset-after-compromise' : operation;
  const write = { anchor, domainController, kind, passwordLastSetBefore, revisionBefore, mustChange };
  try {
    return await withDeadline(
      { clock: deps.clock, deadlineMs: READ_BACK_MS, what: 'the account to be read back', signal },
      (inner) => deps.writer.settle(write, inner),
    );
  } catch (error) {
    deps.events.directoryFailed({ ...fieldsOf(row), error });
    return 'cannot-tell';
  }
}

function fieldsOf(row: SentRow) {
  return { resetId: row.resetId, operation: row.operation, anchor: row.anchor };
}

// The adapter's own deadlines are shorter; this net is for one that hangs.
const READ_BACK_MS = 70_000;
