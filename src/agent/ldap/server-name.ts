// What a server is called in ledger and log where it tells no incarnation of its database. Pure.

import type { Endpoint } from './connection.js';

const LDAPS_PORT = 636;

/** The host, and the port where it is not the usual one: two servers may share a host. */
export function serverName({ host, port }: Pick<Endpoint, 'host' | 'port'>): string {
  return port === LDAPS_PORT ? host : `${host}:${port}`;
}
