// The minimal bridge's front door, a process of its own: a body by HTTPS becomes a message to the one agent, whose answer becomes the
// answer. It looks at nothing and keeps nothing.

import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { text } from 'node:stream/consumers';
import { type WebSocket, WebSocketServer } from 'ws';
import type { DoorSettings, Numbered } from './messages.js';

process.once('disconnect', () => process.exit());
process.once('message', (settings: DoorSettings) => serve(settings));

function serve({ host, port, certificate, key }: DoorSettings): void {
  const waiting = new Map<number, ServerResponse>();
  let agent: WebSocket | undefined;
  let number = 0;
  const server = createServer({ cert: certificate, key }, async (request, response) => {
    const reset: object = JSON.parse(await text(request));
    waiting.set(++number, response);
    agent?.send(JSON.stringify({ ...reset, number }));
  });
  new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket) => {
    agent = socket;
    socket.on('message', (message) => {
      const answer: Numbered = JSON.parse(String(message));
      waiting.get(answer.number)?.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
      waiting.delete(answer.number);
    });
  });
  server.listen(port, host, () => process.send?.({}));
}
