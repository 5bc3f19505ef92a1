// Hands texts to a gateway by HTTP, as its settings describe the request: checked certificate, no redirects, a deadline, a bounded
// answer, and only so many at once. What the gateway answers is judged and forgotten: it may repeat number, code and secrets.

import { type ClientRequest, type IncomingMessage, request as plainRequest, type RequestOptions } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { codeOf, OperatorMistake } from '../../failure/failure.js';
import { tlsRefusal } from '../../settings/tls-advice.js';
import type { Clock } from '../../timing/clock.js';
import { startDeadline, unlessAborted } from '../../timing/waits.js';
import { type TextGateway, type TextMessage, TextNotSent } from '../methods/text-message/text-gateway.js';
import { judgeAnswer, type SuccessRule } from './judge-answer.js';
import { fill, type RequestValues, type Template } from './request-template.js';

export interface HttpGatewaySettings {
  /** Everything before `?`: https, or http to this machine, which the settings see to. */
  readonly address: string;
  readonly query: Template | undefined;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly headers: readonly { readonly name: string; readonly template: Template }[];
  /** Undefined for GET. */
  readonly body: { readonly contentType: string; readonly template: Template } | undefined;
  readonly success: SuccessRule;
  /** As recipients see it, where the gateway asks. */
  readonly from: string;
  readonly secrets: RequestValues['secrets'];
  /** PEM of the authorities to trust instead of the system's. */
  readonly ca: string | undefined;
  /** From being asked to the end of the answer, waiting for a turn included. */
  readonly timeoutMs: number;
}

export const GATEWAY_LIMITS = {
  sendsAtOnceMax: 16,
  /** Beyond it a text is not sent: whoever waits longer than the deadline is told so in any case. */
  sendsWaitingMax: 200,
  /** A longer answer is no answer. */
  answerBytesMax: 64 * 1024,
} as const;

/** A secret, or the sender, cannot stand where the settings put it. */
export class GatewayUnusable extends OperatorMistake {
  readonly code = 'text-gateway-unusable';
  readonly retry = { mayRetry: false, why: 'somebody has to correct the settings or the secret' };
}

/** Throws GatewayUnusable. */
export function createHttpGateway(
  settings: HttpGatewaySettings,
  deps: { readonly clock: Clock; readonly signal: AbortSignal },
): TextGateway {
  tryHeaders(settings);
  const turns = new Turns();
  return {
    async send(message) {
      const { clock, signal } = deps;
      using deadline = startDeadline({ clock, deadlineMs: settings.timeoutMs, what: 'the text gateway', signal });
      using _turn = await turns.take(deadline.signal);
      const answer = await ask(settings, message, deadline.signal);
      const verdict = judgeAnswer(settings.success, answer);
      if (verdict === 'sent') return;
      throw new TextNotSent(`the text gateway answered with status ${answer.status}, and not as successWhen says`, {
        mayHaveGone: verdict === 'perhaps',
      });
    },
  };
}

/** What stands there is not told: it may be a secret. */
function tryHeaders({ headers, from, secrets }: HttpGatewaySettings): void {
  for (const { name, template } of headers) {
    try {
      fill(template, { number: '+447700900123', text: '', from, secrets });
    } catch {
      throw new GatewayUnusable(
        `textMessages.headers.${name}: what is put there holds a sign that no header can: look at the secret's file, or put it into the body`,
      );
    }
  }
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

function ask(settings: HttpGatewaySettings, { number, text }: TextMessage, signal: AbortSignal): Promise<Answer> {
  const values = { number, text, from: settings.from, secrets: settings.secrets };
  const query = settings.query === undefined ? '' : `?${fill(settings.query, values)}`;
  const body = settings.body === undefined ? undefined : fill(settings.body.template, values);
  const url = new URL(`${settings.address}${query}`);
  const options: RequestOptions & { readonly minVersion: 'TLSv1.2' } = {
    method: settings.method,
    headers: {
      ...(settings.body === undefined ? {} : { 'content-type': settings.body.contentType }),
      ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
      ...Object.fromEntries(settings.headers.map(({ name, template }) => [name, fill(template, values)])),
    },
    minVersion: 'TLSv1.2',
    signal,
    // One connection for one text: none that is kept is closed under the next one, which then may or may not have gone.
    agent: false,
    ...(settings.ca === undefined ? {} : { ca: settings.ca }),
  };
  const outgoing = url.protocol === 'https:' ? tlsRequest(url, options) : plainRequest(url, options);
  return answerTo(outgoing, { body, isTls: url.protocol === 'https:' });
}

function answerTo(
  outgoing: ClientRequest,
  { body, isTls }: { readonly body: string | undefined; readonly isTls: boolean },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // Until there is a connection nothing of the request has left this machine.
    let mayHaveGone = false;
    const fail = (cause: unknown) => {
      const refused = tlsRefusal(cause, GATEWAY_TLS);
      const message =
        refused === undefined
          ? `the text gateway did not answer (${codeOf(cause)})`
          : `the text gateway: ${refused.advice}`;
      reject(new TextNotSent(message, { mayHaveGone }));
    };
    outgoing.once('socket', (socket) =>
      socket.once(isTls ? 'secureConnect' : 'connect', () => {
        mayHaveGone = true;
      }),
    );
    outgoing.once('error', fail);
    outgoing.once('response', (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > GATEWAY_LIMITS.answerBytesMax) response.destroy(new Error('an answer above its limit'));
        else chunks.push(chunk);
      });
      response.once('error', fail);
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    outgoing.end(body);
  });
}

const GATEWAY_TLS = { caSetting: 'textMessages.caFile', nameSetting: undefined } as const;

/** So many at once, and so many that wait, in the order in which they came. */
class Turns {
  #taken = 0;
  readonly #waiting: (() => void)[] = [];

  /** Throws TextNotSent. Disposing gives the turn back. */
  async take(signal: AbortSignal): Promise<Disposable> {
    if (this.#taken >= GATEWAY_LIMITS.sendsAtOnceMax) await this.#wait(signal);
    else this.#taken += 1;
    return { [Symbol.dispose]: () => this.#giveBack() };
  }

  async #wait(signal: AbortSignal): Promise<void> {
    const tooMany = (cause?: unknown) =>
      new TextNotSent('more texts than the gateway takes at once', { mayHaveGone: false, cause });
    if (this.#waiting.length >= GATEWAY_LIMITS.sendsWaitingMax) throw tooMany();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push(resolve);
    try {
      await unlessAborted(promise, signal);
    } catch (cause) {
      const at = this.#waiting.indexOf(resolve);
      // Given at the very instant the deadline passed: handed on.
      if (at < 0) this.#giveBack();
      else this.#waiting.splice(at, 1);
      throw tooMany(cause);
    }
  }

  #giveBack(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#taken -= 1;
    else next();
  }
}
