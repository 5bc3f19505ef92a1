// Every address of the pages, and which of them a flow or a visit is at. One stage, one address.

import { assertNever } from '../../failure/assert.js';
import type { Flow } from '../resets/flow.js';
import { operationOf, type Visit } from '../sign-in/visit.js';

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
  signIn: '/sign-in',
  changePassword: '/change-password',
  enterPassword: '/sign-in/password',
  enterSealing: '/sign-in/password/sealing',
  choosePassword: '/change-password/new',
  chooseSealing: '/change-password/new/sealing',
  visitResult: '/sign-in/result',
  securityInfo: '/security-info',
  setUp: '/security-info/set-up',
  confirmMethod: '/security-info/method',
  confirmCode: '/security-info/code',
  contact: '/contact',
  contactSent: '/contact/sent',
  disown: '/not-me',
} as const;

/** Where the link in a notice leads. `token`: base64url, so that it stands in a path as it is. */
export function disownPath(token: string): string {
  return `${PATHS.disown}/${encodeURIComponent(token)}`;
}

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

/** Where a visit is. What is being proved, or set up, comes before the list it leads back to. */
export function pathOfVisit({ stage }: Visit): string {
  switch (stage.kind) {
    case 'entering':
      return operationOf(stage) === 'change' ? PATHS.choosePassword : PATHS.enterPassword;
    case 'submitted':
    case 'stopped':
    case 'ended':
      return PATHS.visitResult;
    case 'signed-in':
      if (stage.proving !== undefined) return pathOfProving(stage.proving.flow);
      return stage.at.kind === 'list' ? PATHS.securityInfo : PATHS.setUp;
    default:
      return assertNever(stage);
  }
}

/** A proof that ended in a stop is told of on the page of the list. */
function pathOfProving({ stage }: Flow): string {
  if (stage.kind === 'choosing-method') return PATHS.confirmMethod;
  return stage.kind === 'answering' ? PATHS.confirmCode : PATHS.visitResult;
}
