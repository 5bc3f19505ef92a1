// How the agent gets a transport to the front door: the port its dialling adapter fulfils. Types and one failure.

import { Failure } from '../../failure/failure.js';
import type { Transport } from '../../protocol/transport.js';

export type { Transport, TransportEnd } from '../../protocol/transport.js';

/** Opens a transport to a `wss:` address. Rejects with FrontDoorUnreachable, or the signal's reason; leaves nothing open then. */
export type OpenTransport = (url: URL, signal: AbortSignal) => Promise<Transport>;

/** No connection could be made: name, network, proxy, certificate, or something that is no front door. */
export class FrontDoorUnreachable extends Failure {
  readonly code = 'front-door-unreachable';
  readonly retry = { mayRetry: true, why: 'the network or the front door may be back at the next attempt' };
}
