// Ports on loopback that nobody listens on at this moment, for programs that must be told theirs beforehand.

import { once } from 'node:events';
import { createServer } from 'node:net';

/** As many different ports as asked for. */
export async function freePorts(host: string, count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen({ host, port: 0 }));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
