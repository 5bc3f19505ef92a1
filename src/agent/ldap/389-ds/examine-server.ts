// What is looked at on every 389 Directory Server: its time.

import { monitoredClock } from '../checks/clock-finding.js';
import type { ServerChecks } from '../dialect.js';
import type { DirectoryServer389 } from './directory-server.js';

const CLOCK = { base: 'cn=monitor', attribute: 'currentTime' };

export const directoryServerChecks: ServerChecks<DirectoryServer389> = {
  codes: ['clock'],
  look: ({ connection }, { target, context }, signal) =>
    monitoredClock(connection, CLOCK, { target, nowMs: () => context.clock.nowMs() }, signal),
};
