// A transport over a real socket whose other end stops reading: who waits for the wire goes on when it is clear, or gone.

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { systemClock } from '../../../src/timing/clock.js';
import { SocketTransport } from '../../../src/websocket/socket-transport.js';

/** More than all buffers between the two ends take. */
const TOO_MUCH = Buffer.alloc(32 * 1024 * 1024);
const FEW_BYTES = 64 * 1024;

/** `reader`: the other end, which does not read. */
async function stuckWire() {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const accepted = once(server, 'connection');
  const socket = new WebSocket(`ws://127.0.0.1:${port}`);
  await once(socket, 'open');
  const [reader]: WebSocket[] = await accepted;
  reader?.pause();
  const transport = new SocketTransport(socket, systemClock);
  transport.send(TOO_MUCH);
  return { transport, reader, [Symbol.dispose]: () => [socket.terminate(), server.close()] };
}

async function isOpen(waited: Promise<void>): Promise<boolean> {
  let isDone = false;
  const noted = waited.then(() => {
    isDone = true;
  });
  for (let turn = 0; turn < 100 && !isDone; turn += 1) await new Promise(setImmediate);
  noted.catch(() => undefined);
  return !isDone;
}

test('a wire on which nothing is says so at once, and one on which much is when it is read', async () => {
  using wire = await stuckWire();
  const isClear = wire.transport.untilUnsent(FEW_BYTES);
  expect(await isOpen(isClear)).toBe(true);
  await wire.transport.untilUnsent(TOO_MUCH.length * 2);
  wire.reader?.resume();
  await isClear;
  await wire.transport.untilUnsent(FEW_BYTES);
});

test('nobody waits for a wire that is gone', async () => {
  using wire = await stuckWire();
  const isClear = wire.transport.untilUnsent(FEW_BYTES);
  expect(await isOpen(isClear)).toBe(true);
  wire.transport.terminate();
  await isClear;
  await wire.transport.ended;
  await wire.transport.untilUnsent(0);
});
