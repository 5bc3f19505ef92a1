// The thread that carries SQLite's log over to its database: see log-carrier.ts. Asked by any message, and answers each with one.
// It is started from this file alone, as it stands: imports of ours can be of types only.

import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

/** What the thread is for. */
export interface CarrierThread {
  readonly path: string;
}

/** How long it waits for another process that is opening or closing the database. */
const BUSY_TIMEOUT_MS = 5000;

const { path } = workerData as CarrierThread;
const file = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
// The log is on the disk before the database is written to, and the database before the log may begin anew.
file.exec('pragma synchronous = full');
// All there is when it begins. Not at all where another process is at it, such as a command beside the running front door.
const carry = file.prepare('pragma wal_checkpoint(passive)');

parentPort?.on('message', () => {
  carry.get();
  parentPort?.postMessage('carried');
});
