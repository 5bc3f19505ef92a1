// Every address of the pages, and which of them a flow is at. One stage, one address.

import { assertNever } from '../../failure/assert.js';
import type { Flow } from '../resets/flow.js';

export const PATHS = {
  home: '/',
  start: '/reset',
  picture: '/reset/picture',
  trouble: '/reset/trouble',
  method: '/reset/method',
  code: '/reset/code',
  password: '/reset/password',
  sealing: '/reset/password/sealing',
  unlock: '/reset/unlock',
  result: '/reset/result',
  stopped: '/reset/stopped',
  contact: '/contact',
  contactSent: '/contact/sent',
} as const;

export function pathOf(flow: Flow): string {
  switch (flow.stage.kind) {
    case 'stopped':
      return PATHS.stopped;
    case 'choosing-operation':
      return PATHS.trouble;
    case 'choosing-method':
      return PATHS.method;
    case 'answering':
      return PATHS.code;
    case 'proven':
      return flow.operation === 'unlock' ? PATHS.unlock : PATHS.password;
    case 'submitted':
    case 'ended':
      return PATHS.result;
    default:
      return assertNever(flow.stage);
  }
}
