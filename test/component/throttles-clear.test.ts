// `drawbridge front-door throttles clear`, beside a running front door: who was blocked by wrong codes goes on without a restart.

import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openSqliteStore } from '../../src/front-door/sqlite/sqlite-store.js';
import { ACCOUNT_THROTTLES, THROTTLE_RULES } from '../../src/front-door/throttles/throttle-rules.js';
import { accountKey, createThrottles } from '../../src/front-door/throttles/throttles.js';
import { parseTenantId } from '../../src/protocol/identifiers.js';
import { systemClock } from '../../src/timing/clock.js';
import { runDrawbridge, startProgram } from '../support/programs.js';
import { addingOlga, loneFrontDoor } from './lone-front-door.js';

it('lifts what holds for a person while the front door runs, names it, and leaves a line in the journal', async () => {
  await using house = await loneFrontDoor();
  const config = await house.settings();
  const run = (args: readonly string[], input = '') =>
    runDrawbridge(['front-door', ...args, '--config', config], { input });
  await using program = await startProgram({
    args: ['front-door', '--config', config],
    logFile: join(house.folder, 'front-door.log'),
  });
  await program.until('front-door-started');
  expect(await run(addingOlga(), 'Nine quiet otters')).toMatchObject({ code: 0 });

  // Five wrong codes, as another process of the same house counts them.
  await using store = await openSqliteStore({
    path: join(house.folder, 'data', 'front-door.sqlite'),
    clock: systemClock,
  });
  const throttles = createThrottles({ store: store.throttles, clock: systemClock });
  const tenantId = parseTenantId('example');
  const olga = await store.cloudAccounts.find(tenantId, 'olga@example.com');
  if (olga === undefined) throw new Error('Olga was added');
  const failed = { name: 'failed-proofs', key: accountKey(tenantId, olga.anchor) } as const;
  for (let left = THROTTLE_RULES['failed-proofs'].attemptsMax; left > 0; left -= 1) await throttles.attempt([failed]);
  expect(ACCOUNT_THROTTLES).toContain(failed.name);

  const cleared = await run(['throttles', 'clear', 'example', 'OLGA@example.com']);
  expect(cleared).toMatchObject({ code: 0, errorOutput: '' });
  expect(cleared.output).toMatch(/^Cleared: failed-proofs, which was shut until 2\d{3}-\d\d-\d\dT.*Z\n$/);
  expect(await throttles.blockedUntil([failed])).toBeUndefined();
  expect(await run(['throttles', 'clear', 'example', 'olga@example.com'])).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^Nothing was counted/),
  });
  const journal = await run(['audit', 'show']);
  expect(journal.output).toMatch(new RegExp(`throttles-cleared .*anchor=${olga.anchor}.*result=failed-proofs`));
  expect(journal.output).not.toContain('olga');

  const unknown = await run(['throttles', 'clear', 'example', 'nobody@example.com']);
  expect(unknown).toMatchObject({
    code: 2,
    output: '',
    errorOutput: expect.stringMatching(/^drawbridge: no account answers.+\n$/),
  });
});
