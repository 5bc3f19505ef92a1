// Opens the port that the settings name, or says in one sentence why it cannot be had. Knows nothing of what is served there.

import { codeOf, Failure, OperatorMistake } from '../../failure/failure.js';

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Somebody else has the port, or this machine not (yet) the address. Exit code 1: that may change without the settings. */
export class AddressNotFree extends Failure {
  readonly code = 'address-not-free';
  readonly retry = { mayRetry: true, why: 'the other program may end, or the network come up' };
}

/** Exit code 2: only the operator can give the right. */
export class PortNotPermitted extends OperatorMistake {
  readonly code = 'port-not-permitted';
  readonly retry = { mayRetry: false, why: 'the same account is refused again' };
}

/** Resolves once it listens. Throws AddressNotFree or PortNotPermitted. */
export async function listen(
  server: { listen(address: ListenAddress): Promise<unknown> },
  address: ListenAddress,
): Promise<void> {
  try {
    // A copy: Fastify writes into what it is given, and settings are frozen.
    await server.listen({ host: address.host, port: address.port });
  } catch (error) {
    throw translated(error, address);
  }
}

function translated(error: unknown, { host, port }: ListenAddress): unknown {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new AddressNotFree(
        `listen.port: another program has port ${port} on ${host}, perhaps this one started twice: end that program, or choose another port`,
      );
    case 'EADDRNOTAVAIL':
      return new AddressNotFree(
        `listen.host: this machine does not have the address ${host}: give one of its own, or 0.0.0.0 for all of them`,
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new AddressNotFree(`listen.host: the name ${host} cannot be resolved: give an address of this machine`);
    case 'EACCES':
      return new PortNotPermitted(
        `listen.port: the account this runs as may not open port ${port}: choose one above 1023 (a proxy or a firewall rule can lead to it), or give the service the right to (on Linux CAP_NET_BIND_SERVICE)`,
      );
    default:
      return error;
  }
}
