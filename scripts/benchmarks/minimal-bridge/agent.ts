// The minimal bridge's agent, a process of its own: opens the seal and writes. No look at the account, no ledger, no journal, no rules.

import WebSocket from 'ws';
import { toBase64Url } from '../../../src/protocol/base64url.js';
import { makeHpkeKeyPair } from '../../../src/protocol/hpke.js';
import { openSealedPassword } from '../../../src/protocol/unsealing.js';
import { BareWriter } from '../bare-writer.js';
import type { AgentSettings, MinimalReset, Numbered, Ready } from './messages.js';

process.once('disconnect', () => process.exit());
process.once('message', (settings: AgentSettings) => void serve(settings));

async function serve({ doorUrl, ca, writer: directory, write }: AgentSettings): Promise<void> {
  const writer = await BareWriter.open(directory);
  const keyPair = makeHpkeKeyPair();
  const socket = new WebSocket(doorUrl, { ca, perMessageDeflate: false });
  socket.on('message', async (message) => {
    const { number, account, sealed, context }: MinimalReset & Numbered = JSON.parse(String(message));
    const password = new TextDecoder().decode(openSealedPassword({ sealed, keyPair, context }));
    await writer.reset(account, password, write);
    socket.send(JSON.stringify({ number, isDone: true }));
  });
  const ready: Ready = { publicKey: toBase64Url(keyPair.publicKey) };
  socket.once('open', () => process.send?.(ready));
}
