// Somebody who types names they know nothing of into the first page, or passwords that are none into the sign-in, over HTTPS and as a browser would: for telling whether the
// answers, or the times they take, tell who is there. Answers the question in words; knows nothing of what is measured.

import { readFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';
import { readSealingBlock } from '../../src/front-door/browser/sealing-block.js';
import { sealForAll } from '../../src/protocol/sealing.js';
import { answerQuestion } from '../demonstration/answer-question.js';
import { LabFailure } from '../lab/lab-failure.js';

const ANSWER_WITHIN_MS = 30_000;

export interface Guess {
  /** From the name being sent to the answer. */
  readonly tookMs: number;
  /** Of that answer, and where it leads. */
  readonly status: number;
  readonly leadsTo: string;
  /** The page it leads to, without what is new in every page. */
  readonly page: string;
}

export class Stranger implements Disposable {
  readonly #agent: Agent;
  readonly #publicUrl: string;

  static async open({ publicUrl, caFile }: { readonly publicUrl: string; readonly caFile: string }): Promise<Stranger> {
    return new Stranger(new Agent({ keepAlive: true, ca: await readFile(caFile, 'utf8') }), publicUrl);
  }

  private constructor(agent: Agent, publicUrl: string) {
    this.#agent = agent;
    this.#publicUrl = publicUrl;
  }

  /** One name, in a browser of its own. `address`: whom the front door takes it to be from. */
  async guess(userId: string, address: string): Promise<Guess> {
    const visit = this.#visit(address);
    await visit.open('/reset');
    await visit.post('/reset', { action: 'use-words' });
    return seenAs(visit, userId, () => visit.post('/reset', { user_id: userId, answer: visit.answer() }));
  }

  /** One password for one name at the sign-in, sealed as the page's script does; timed from its being sent. */
  async tryPassword(userId: string, password: string, address: string): Promise<Guess> {
    const visit = this.#visit(address);
    await visit.open('/sign-in');
    const { leadsTo } = await visit.post('/sign-in', { user_id: userId });
    await visit.open(leadsTo);
    const sealed = JSON.stringify(await sealForAll({ password, ...readSealingBlock(visit.sealingBlock()) }));
    return seenAs(visit, userId, () => visit.post('/sign-in/password', { sealed }));
  }

  #visit(address: string): Visit {
    return new Visit((path, fields) => this.#ask(path, { address, ...fields }));
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }

  async #ask(path: string, { address, cookie, body }: Asked & { readonly address: string }): Promise<Answered> {
    const headers = {
      'x-forwarded-for': address,
      'sec-fetch-site': 'same-origin',
      ...(cookie === '' ? {} : { cookie }),
      ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    };
    const method = body === undefined ? 'GET' : 'POST';
    const { promise, resolve, reject } = Promise.withResolvers<Answered>();
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const asked = request(`${this.#publicUrl}${path}`, { agent: this.#agent, method, headers, signal }, (answer) => {
      const { statusCode: status = 0, headers: answered } = answer;
      text(answer).then((html) => resolve({ status, headers: answered, html }), reject);
    });
    asked.on('error', reject);
    asked.end(body?.toString());
    return promise;
  }
}

async function seenAs(visit: Visit, userId: string, send: () => ReturnType<Visit['post']>): Promise<Guess> {
  const startedMs = performance.now();
  const { status, leadsTo } = await send();
  const tookMs = performance.now() - startedMs;
  await visit.open(leadsTo);
  const page = visit.html
    .replaceAll(userId, '…')
    .replaceAll(/name:[0-9a-f]{64}|[\w-]{87}|[\w-]{43}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '…')
    .replaceAll(/(?<="notAfterMs":)\d+/g, '…')
    // The last key is the visit's own, made for it; those before it are agents'.
    .replaceAll(/(?<="keyId":")[\w-]{22}(?=","publicKey":"[^"]+"\}\])/g, '…');
  return { tookMs, status, leadsTo, page };
}

interface Asked {
  readonly cookie: string;
  readonly body: URLSearchParams | undefined;
}

interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly html: string;
}

/** One browser: its cookie, and the page it shows. */
class Visit {
  html = '';
  readonly #ask: (path: string, asked: Asked) => Promise<Answered>;
  #cookie = '';

  constructor(ask: (path: string, asked: Asked) => Promise<Answered>) {
    this.#ask = ask;
  }

  async open(path: string): Promise<void> {
    this.#take(await this.#ask(path, { cookie: this.#cookie, body: undefined }));
  }

  async post(
    path: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number; readonly leadsTo: string }> {
    const [, token = ''] = /name="csrf_token" value="([^"]+)"/.exec(this.html) ?? [];
    const body = new URLSearchParams({ csrf_token: token, ...fields });
    const answered = await this.#ask(path, { cookie: this.#cookie, body });
    this.#take(answered);
    return { status: answered.status, leadsTo: answered.headers.location ?? '' };
  }

  answer(): string {
    const [, question = ''] = /<label for="answer"[^>]*>([^<]+)</.exec(this.html) ?? [];
    if (question === '') throw new LabFailure('the first page asks no question in words');
    return answerQuestion(question);
  }

  /** What the page of the password is sealed for, as its script reads it. */
  sealingBlock(): string {
    const [, block] = /id="sealing">([^<]+)</.exec(this.html) ?? [];
    if (block === undefined) throw new LabFailure('the page of the password seals for nobody');
    return block;
  }

  #take({ headers, html }: Answered): void {
    const [cookie] = headers['set-cookie'] ?? [];
    if (cookie !== undefined) this.#cookie = cookie.split(';')[0] ?? '';
    if (html !== '') this.html = html;
  }
}
