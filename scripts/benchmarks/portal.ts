// A portal as docs/api.md teaches it: seals each password itself and submits it over warm HTTPS connections.
// Uses only what the package offers to portals. Keeps the times of every reset apart by its id.

import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';
import type { TenantId } from '../../src/protocol/identifiers.js';
import type { SealingRecipient } from '../../src/protocol/sealed-password.js';
import {
  fromBase64Url,
  parseAccountAnchor,
  parseKeyId,
  parseResetId,
  parseTenantId,
  sealForAll,
} from '../../src/protocol/sealing-kit-node.js';
import { systemClock } from '../../src/timing/clock.js';
import { LabFailure } from '../lab/lab-failure.js';
import { type BenchAccount, inTurn } from './bench-accounts.js';

/** Well below what the front door takes, so that no reset expires in a queue. */
const COMMAND_LIFETIME_MS = 60_000;

export interface PortalReset {
  readonly resetId: string;
  readonly sealingMs: number;
  /** From just before sealing to the outcome. */
  readonly totalMs: number;
}

export interface PortalOptions {
  readonly publicUrl: string;
  readonly caFile: string;
  readonly tokens: readonly string[];
  /** Any account of the tenant, to ask for its sealing keys by. */
  readonly someAccount: BenchAccount;
  readonly connections: number;
}

export class Portal implements Disposable {
  readonly resets: PortalReset[] = [];
  readonly #agent: Agent;
  readonly #call: Call;
  readonly #tenantId: TenantId;
  readonly #recipients: readonly SealingRecipient[];

  /** Connects and fetches the sealing keys: a portal does so once per page, not per reset. */
  static async open({ publicUrl, caFile, tokens, someAccount, connections }: PortalOptions): Promise<Portal> {
    const agent = new Agent({ keepAlive: true, maxSockets: connections, ca: await readFile(caFile, 'utf8') });
    const call = callerOf({ publicUrl, agent, nextToken: inTurn(tokens) });
    return new Portal(agent, call, await call<KeysAnswer>('GET', `/sealing-keys?anchor=${someAccount.anchor}`));
  }

  private constructor(agent: Agent, call: Call, keys: KeysAnswer) {
    this.#agent = agent;
    this.#call = call;
    this.#tenantId = parseTenantId(keys.tenantId);
    this.#recipients = keys.recipients.map(({ keyId, publicKey }) => ({
      keyId: parseKeyId(keyId),
      publicKey: fromBase64Url(publicKey),
    }));
  }

  /** One whole reset. Throws a LabFailure when the outcome is anything but done. */
  async reset(account: BenchAccount, password: string): Promise<void> {
    const startedMs = performance.now();
    const command = {
      operation: 'reset' as const,
      resetId: parseResetId(randomUUID()),
      anchor: parseAccountAnchor(account.anchor),
      // As the bare write: a password, and nothing cleared beside it.
      flags: { unlock: false, mustChange: false },
      notAfterMs: systemClock.nowMs() + COMMAND_LIFETIME_MS,
    };
    const context = { tenantId: this.#tenantId, ...command };
    const sealed = await sealForAll({ password, recipients: this.#recipients, context });
    const sealingMs = performance.now() - startedMs;
    const answer = await this.#call<ResetAnswer>('POST', '/resets', { ...command, sealed });
    const totalMs = performance.now() - startedMs;
    if (answer.outcome?.kind !== 'done') throw new LabFailure(`a reset ended with ${JSON.stringify(answer)}`);
    this.resets.push({ resetId: command.resetId, sealingMs, totalMs });
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}

type Call = <Answer>(method: 'GET' | 'POST', path: string, body?: unknown) => Promise<Answer>;

/** Calls the API as JSON. Throws a LabFailure on any status but 200. */
function callerOf(options: {
  readonly publicUrl: string;
  readonly agent: Agent;
  readonly nextToken: () => string;
}): Call {
  const { publicUrl, agent, nextToken } = options;
  return async (method, path, body) => {
    const content = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const headers = {
      authorization: `Bearer ${nextToken()}`,
      ...(content === undefined ? {} : { 'content-type': 'application/json', 'content-length': content.length }),
    };
    const { status, answer } = await new Promise<{ status: number | undefined; answer: string }>((resolve, reject) => {
      const asked = request(`${publicUrl}/api/v1${path}`, { method, headers, agent }, (response) => {
        text(response).then((answer) => resolve({ status: response.statusCode, answer }), reject);
      });
      asked.on('error', reject);
      asked.end(content);
    });
    if (status !== 200) throw new LabFailure(`the API answered ${status}: ${answer}`);
    return JSON.parse(answer);
  };
}

interface KeysAnswer {
  readonly tenantId: string;
  readonly recipients: readonly { readonly keyId: string; readonly publicKey: string }[];
}

interface ResetAnswer {
  readonly outcome?: { readonly kind: string };
}
