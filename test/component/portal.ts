// Another portal that calls the front door's API over real HTTPS, sealing as docs/api.md says.

import { randomUUID } from 'node:crypto';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import type { z } from 'zod';
import {
  passReportsAnswerSchema,
  policyAnswerSchema,
  resetAnswerSchema,
  routeAnswerSchema,
  sealingKeysAnswerSchema,
} from '../../src/front-door/api/api-documents.js';
import { fromBase64Url } from '../../src/protocol/base64url.js';
import { type AccountAnchor, parseResetId } from '../../src/protocol/identifiers.js';
import { NO_FLAGS } from '../../src/protocol/operations.js';
import { sealForAll, sealForAllKeepingKeys } from '../../src/protocol/sealing.js';

const CALL_TIMEOUT_MS = 60_000;

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly etag: string | undefined;
}

export interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

type ResetAnswer = z.output<typeof resetAnswerSchema>;

export class Portal {
  readonly token: string;
  readonly #port: number;
  readonly #ca: string;

  constructor(options: { readonly port: number; readonly ca: string; readonly token: string }) {
    this.token = options.token;
    this.#port = options.port;
    this.#ca = options.ca;
  }

  /** The route of a user ID: its kind and reason, and the anchor it leads to. */
  async route(userId: string) {
    return routeAnswerSchema.parse(await this.#ask('/routes', { userId }));
  }

  async anchorOf(userId: string): Promise<AccountAnchor> {
    const { account } = await this.route(userId);
    if (account === undefined) throw new Error(`${userId} leads to no account`);
    return account.anchor;
  }

  /** A whole submission, sealed, to be sent as often as one likes. */
  async sealed(anchor: AccountAnchor, password: string, operation: 'reset' | 'reset-after-compromise' = 'reset') {
    const { submission } = await this.sealedKeepingKeys(anchor, password, operation);
    return submission;
  }

  /** With the keys of what may be said of the password when it is refused, by key id. */
  async sealedKeepingKeys(anchor: AccountAnchor, password: string, operation: 'reset' | 'reset-after-compromise') {
    const keys = sealingKeysAnswerSchema.parse(await this.#ask(`/sealing-keys?anchor=${anchor}`));
    const command = {
      operation,
      resetId: parseResetId(randomUUID()),
      anchor,
      flags: { unlock: true, mustChange: false },
      notAfterMs: keys.notAfterMsMax,
    };
    const recipients = keys.recipients.map(({ keyId, publicKey }) => ({ keyId, publicKey: fromBase64Url(publicKey) }));
    const context = { tenantId: keys.tenantId, ...command };
    const all = await sealForAllKeepingKeys({ password, recipients, context });
    return {
      submission: { ...command, sealed: all.map(({ sealed }) => sealed) },
      explanationKeys: new Map(all.map(({ sealed, explanationKey }) => [sealed.keyId, explanationKey])),
    };
  }

  /** A change by the current password, sealed beside the new one. */
  async changing(
    anchor: AccountAnchor,
    { currentPassword, password }: Readonly<Record<'currentPassword' | 'password', string>>,
  ) {
    const keys = sealingKeysAnswerSchema.parse(await this.#ask(`/sealing-keys?anchor=${anchor}`));
    const command = {
      operation: 'change' as const,
      resetId: parseResetId(randomUUID()),
      anchor,
      notAfterMs: keys.notAfterMsMax,
    };
    const recipients = keys.recipients.map(({ keyId, publicKey }) => ({ keyId, publicKey: fromBase64Url(publicKey) }));
    const context = { tenantId: keys.tenantId, flags: NO_FLAGS, ...command };
    const sealed = await sealForAll({ password, currentPassword, recipients, context });
    return { ...command, sealed };
  }

  async unlocking(anchor: AccountAnchor) {
    const { notAfterMsMax } = sealingKeysAnswerSchema.parse(await this.#ask(`/sealing-keys?anchor=${anchor}`));
    return { operation: 'unlock' as const, resetId: parseResetId(randomUUID()), anchor, notAfterMs: notAfterMsMax };
  }

  /** Submits, or asks again: the same body has one effect. Throws on anything but an answer about the reset. */
  async submit(submission: unknown): Promise<ResetAnswer> {
    return resetAnswerSchema.parse(await this.#ask('/resets', submission));
  }

  /** The last word on it, as the front door has written it down. */
  async read(resetId: string): Promise<ResetAnswer> {
    return resetAnswerSchema.parse(await this.#ask(`/resets/${resetId}`));
  }

  /** What was told of the last passes over a directory, the last first. */
  async passes(directoryId: string) {
    return passReportsAnswerSchema.parse(await this.#ask(`/passes?directoryId=${directoryId}`)).passes;
  }

  /** The organisation's policy, and the tag that the next one names it by. */
  async policy() {
    const headers = { authorization: `Bearer ${this.token}` };
    const { body, etag = '' } = await this.call('/api/v1/policy', { headers });
    return { etag, ...policyAnswerSchema.parse(JSON.parse(body)) };
  }

  async putPolicy(policy: unknown, etag: string): Promise<Answer> {
    const headers = {
      authorization: `Bearer ${this.token}`,
      'content-type': 'application/json',
      'if-match': etag,
    };
    return this.call('/api/v1/policy', { method: 'PUT', headers, body: JSON.stringify(policy) });
  }

  async #ask(path: string, body?: unknown): Promise<unknown> {
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' };
    const call = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await this.call(`/api/v1${path}`, call);
    if (answer.status >= 300) throw new Error(`${path} was answered ${answer.status}: ${answer.body}`);
    return JSON.parse(answer.body);
  }

  /** Anything at all, as a client may send it. */
  call(path: string, { method = 'GET', headers = {}, body }: Call = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const options = { method, headers, ca: this.#ca, agent: false as const, timeout: CALL_TIMEOUT_MS };
      const asked = request(`https://localhost:${this.#port}${path}`, options, (response) => {
        const { statusCode: status = 0, headers: answered } = response;
        text(response).then((answer) => resolve({ status, body: answer, etag: answered.etag }), reject);
      });
      asked.once('timeout', () => asked.destroy(new Error(`${path} was not answered in time`)));
      asked.once('error', reject);
      asked.end(body);
    });
  }
}
