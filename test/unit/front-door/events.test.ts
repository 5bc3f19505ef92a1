// What reaches the log of the front door where the log's own net could hide it.

import { expect, test } from 'vitest';
import { createFrontDoorEvents } from '../../../src/front-door/events.js';
import { createLog } from '../../../src/logging/log.js';
import { parseTenantId } from '../../../src/protocol/identifiers.js';

test('that something was disowned is logged with what became of the password', () => {
  const lines: string[] = [];
  const log = createLog({ level: 'info', program: 'front-door' }, { write: (line) => lines.push(line) });
  createFrontDoorEvents(log).accountDisowned({
    tenantId: parseTenantId('example'),
    supportId: 'support',
    what: 'reset',
    password: 'not-invalidated',
    waysRemoved: 2,
    areAdministratorsTold: true,
  });
  expect(JSON.parse(lines.join(''))).toMatchObject({ event: 'account-disowned', passwordFate: 'not-invalidated' });
});
