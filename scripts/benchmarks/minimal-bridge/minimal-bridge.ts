// The least that any bridge costs: HTTPS, a front door, a WebSocket, an agent, and a seal. It has none of what makes a reset safe to
// offer (no tokens, limits, ledger, journals, look at the account, mails): by it one can tell what the crossing costs from what is promised.

import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { SealingRecipient } from '../../../src/protocol/sealed-password.js';
import { keyIdOf } from '../../../src/protocol/sealing.js';
import {
  fromBase64Url,
  parseAccountAnchor,
  parseResetId,
  parseTenantId,
  sealForAll,
} from '../../../src/protocol/sealing-kit-node.js';
import { systemClock } from '../../../src/timing/clock.js';
import type { CertificateAuthority } from '../../lab/certificate-authority.js';
import { LabFailure } from '../../lab/lab-failure.js';
import { assertMayStart, rememberStarted } from '../../lab/started-processes.js';
import type { BareWriterOptions, PasswordWrite } from '../bare-writer.js';
import type { BenchAccount } from '../bench-accounts.js';
import type { AgentSettings, DoorSettings, MinimalReset } from './messages.js';

const LIFETIME_MS = 60_000;
const TENANT = parseTenantId('example');

export class MinimalBridge implements AsyncDisposable {
  readonly #url: string;
  readonly #agent: Agent;
  readonly #recipient: SealingRecipient;
  readonly #parts: readonly ChildProcess[];

  static async open(options: {
    readonly host: string;
    readonly port: number;
    readonly authority: CertificateAuthority & { readonly caFile: string };
    readonly directory: BareWriterOptions;
    readonly write: PasswordWrite;
  }): Promise<MinimalBridge> {
    const { host, port, authority, directory, write } = options;
    const { certificatePem: certificate, privateKeyPem: key } = await authority.issue({
      hostNames: ['localhost'],
      addresses: [host],
    });
    const ca = await readFile(authority.caFile, 'utf8');
    const door = await started('door', { host, port, certificate, key });
    const agent = await started('agent', { doorUrl: `wss://${host}:${port}`, ca, writer: directory, write });
    const publicKey = fromBase64Url(z.object({ publicKey: z.string() }).parse(agent.ready).publicKey);
    const https = new Agent({ keepAlive: true, maxSockets: directory.connections, ca });
    const recipient = { keyId: await keyIdOf(publicKey), publicKey };
    return new MinimalBridge(`https://${host}:${port}/`, https, recipient, [agent.part, door.part]);
  }

  private constructor(url: string, agent: Agent, recipient: SealingRecipient, parts: readonly ChildProcess[]) {
    this.#url = url;
    this.#agent = agent;
    this.#recipient = recipient;
    this.#parts = parts;
  }

  /** One whole reset, sealed as a portal seals it. */
  async reset(account: BenchAccount, password: string): Promise<void> {
    const context = {
      tenantId: TENANT,
      resetId: parseResetId(randomUUID()),
      anchor: parseAccountAnchor(account.anchor),
      operation: 'reset' as const,
      flags: { unlock: false, mustChange: false },
      notAfterMs: systemClock.nowMs() + LIFETIME_MS,
    };
    const [sealed] = await sealForAll({ password, recipients: [this.#recipient], context });
    if (sealed === undefined) throw new LabFailure('nothing was sealed');
    const answer = await this.#post({ account, sealed, context });
    if (!answer.includes('"isDone":true')) throw new LabFailure(`the minimal bridge answered ${answer}`);
  }

  #post(reset: MinimalReset): Promise<string> {
    const content = Buffer.from(JSON.stringify(reset));
    const headers = { 'content-type': 'application/json', 'content-length': content.length };
    return new Promise((resolve, reject) => {
      const asked = request(this.#url, { method: 'POST', headers, agent: this.#agent }, (response) => {
        text(response).then(resolve, reject);
      });
      asked.on('error', reject);
      asked.end(content);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#agent.destroy();
    for (const part of this.#parts) await ended(part);
  }
}

/** Resolves when it serves. What it is told, a password among it, goes through a pipe of its own. */
async function started(part: 'door' | 'agent', settings: DoorSettings | AgentSettings) {
  assertMayStart(`the minimal bridge's ${part}`);
  const child = fork(new URL(`./${part}.js`, import.meta.url), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  rememberStarted(child, () => ended(child));
  child.send(settings);
  const over = once(child, 'exit').then(() => {
    throw new LabFailure(`the minimal bridge's ${part} ended before it served`);
  });
  const [ready]: unknown[] = await Promise.race([once(child, 'message'), over]);
  over.catch(() => undefined);
  return { part: child, ready };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.disconnect();
  await exit;
}
