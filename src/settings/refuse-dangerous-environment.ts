// Environment variables that would switch off what Drawbridge promises. Checked before anything else is loaded or opened.

import { OperatorMistake } from '../failure/failure.js';

/** The process was started in an environment it must not run in. */
export class DangerousEnvironment extends OperatorMistake {
  readonly code = 'dangerous-environment';
  readonly retry = { mayRetry: false, why: 'somebody has to start it without the variable' };
}

/** Throws DangerousEnvironment for a variable that disables certificate checks or prints what must stay secret. */
export function refuseDangerousEnvironment(environment: Readonly<Record<string, string | undefined>>): void {
  if (environment.NODE_TLS_REJECT_UNAUTHORIZED !== undefined) {
    throw new DangerousEnvironment(
      'NODE_TLS_REJECT_UNAUTHORIZED is set, which can switch certificate checks off: unset it, and name your CA in the settings (caFile)',
    );
  }
  // ldapts prints whole requests, password bytes included, when debugged; so do Node's own http and tls.
  if (environment.NODE_DEBUG !== undefined && environment.NODE_DEBUG !== '') {
    throw new DangerousEnvironment('NODE_DEBUG is set, which prints passwords on their way to the directory: unset it');
  }
  if (environment.NODE_OPTIONS?.includes('--tls-keylog') === true || environment.SSLKEYLOGFILE !== undefined) {
    throw new DangerousEnvironment(
      'TLS keys would be written to a file (--tls-keylog or SSLKEYLOGFILE): start without it',
    );
  }
}
