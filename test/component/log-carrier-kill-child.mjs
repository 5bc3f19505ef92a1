// Run by log-carrier-kill.test.ts: writes rows of 64 KiB to the front door's kind of database on and on, with a log of few pages that the
// carrier carries over, says after each how many there are, and waits to be killed. Uses the built code.

import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { LogCarrier } from '../../dist/src/front-door/sqlite/log-carrier.js';

const [, , path] = process.argv;
const file = new DatabaseSync(path);
file.exec('pragma journal_mode = wal; pragma wal_autocheckpoint = 0; pragma synchronous = normal');
file.exec('create table rows (number integer primary key, text text)');
const carrier = new LogCarrier({ file, path, pages: 400 });
const insert = file.prepare('insert into rows (text) values (?)');
const text = 'x'.repeat(64 * 1024);
for (;;) {
  await carrier.room();
  const { lastInsertRowid } = insert.run(text);
  carrier.look();
  process.stdout.write(`${lastInsertRowid}\n`);
  // As fast as that, and the thread would hardly have begun when the last row is written.
  await pause(1);
}
