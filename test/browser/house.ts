// The whole product, as the demo starts it, for the browser tests: a real Active Directory, front door, agent and mail, and
// one Chromium. Every visit is a browser of its own, watched: what a page must never do is told by `troubles`.

import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { CHROMIUM } from '../../scripts/demonstration/check-demo.js';
import { demoAgent } from '../../scripts/demonstration/demo-agent.js';
import { PersonAtBrowser } from '../../scripts/demonstration/person-at-browser.js';
import { type Demo, startDemo } from '../../scripts/demonstration/start-demo.js';
import { freePorts } from '../../scripts/lab/free-ports.js';
import type { SunkMail } from '../../scripts/lab/mail-sink.js';
import { sambaTemplate } from '../support/samba.js';
import { type SentRequest, watch } from './watch.js';

const MAIL_DEADLINE_MS = 15_000;

export interface House extends AsyncDisposable {
  readonly demo: Demo;
  readonly browser: Browser;
  /** What pages did that they must not, since the last call. */
  takeTroubles(): readonly string[];
  visit(options?: BrowserContextOptions): Promise<Visit>;
  /** The next mail to this address after that many; waits for it. */
  mail(about: { readonly to: string; readonly after: number; readonly subject: RegExp }): Promise<SunkMail>;
  stopAgent(): Promise<void>;
  /** `aheadMs`: how far its clock is ahead. Default: not at all. */
  startAgent(options?: { readonly aheadMs?: number }): Promise<void>;
  /** It hears everything from now on, and answers nothing. */
  freezeAgent(): void;
  /** Resolves once a change with a password was asked of the frozen agent. */
  untilAgentAsked(): Promise<void>;
  /** Ends it at once, frozen or not, without a word to anybody. */
  killAgent(): Promise<void>;
}

/** One person's browser. */
export interface Visit extends AsyncDisposable {
  readonly person: PersonAtBrowser;
  readonly page: Page;
  /** All that left this browser. */
  readonly requests: readonly SentRequest[];
  path(): string;
  /** Another tab of the same browser. */
  anotherTab(): Promise<PersonAtBrowser>;
  clearCookies(): Promise<void>;
}

export const CONTEXT_OPTIONS = {
  // The lab's authority is not in Chromium's store; what TLS proves is shown by the other clients, which verify it.
  ignoreHTTPSErrors: true,
  locale: 'en-GB',
  viewport: { width: 1280, height: 800 },
} as const satisfies BrowserContextOptions;

/** `name`: of its folder, one for each test file. */
export async function openHouse(name: string): Promise<House> {
  await using stack = new AsyncDisposableStack();
  const [port = 0, mailPort = 0] = await freePorts('127.0.0.1', 2);
  const browser = await chromium.launch({ ...CHROMIUM, args: [...CHROMIUM.args] });
  stack.defer(() => browser.close());
  const folder = join(inject('labFolder'), name);
  // As the demo finds it at its second start: the domain is laid out once in a test run.
  await cp(await sambaTemplate(inject('labFolder')), join(folder, 'domain'), { recursive: true });
  // The demo's programs have this process's environment.
  process.env.NODE_COMPILE_CACHE = inject('compiledFolder');
  const demo = await startDemo({
    folder,
    port,
    mailPort,
    onStep: () => undefined,
    stack,
  });
  const agent = stack.use(demoAgent(demo));
  const troubles: string[] = [];
  const open = stack.move();
  return {
    demo,
    browser,
    takeTroubles: () => troubles.splice(0),
    visit: (options) => visit(demo, browser, troubles, options),
    mail: (about) => nextMail(demo, about),
    stopAgent: agent.stop,
    startAgent: agent.start,
    freezeAgent: agent.freeze,
    untilAgentAsked: agent.untilAsked,
    killAgent: agent.kill,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

async function visit(
  demo: Demo,
  browser: Browser,
  troubles: string[],
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ ...CONTEXT_OPTIONS, ...options });
  const requests = watch(context, { origin: demo.publicUrl, troubles });
  const page = await context.newPage();
  return {
    person: new PersonAtBrowser(page, demo.sink),
    page,
    requests,
    path: () => new URL(page.url()).pathname,
    anotherTab: async () => new PersonAtBrowser(await context.newPage(), demo.sink),
    clearCookies: () => context.clearCookies(),
    [Symbol.asyncDispose]: () => context.close(),
  };
}

async function nextMail(demo: Demo, about: Parameters<House['mail']>[0]): Promise<SunkMail> {
  const { promise, resolve, reject } = Promise.withResolvers<SunkMail>();
  const isIt = ({ number, to, subject }: SunkMail) =>
    number > about.after && to.includes(about.to) && about.subject.test(subject);
  demo.sink.onMail((mail) => isIt(mail) && resolve(mail));
  const there = demo.sink.mails.find(isIt);
  if (there !== undefined) return there;
  const late = () => reject(new Error(`no mail to ${about.to} about ${about.subject} came`));
  const deadline = AbortSignal.timeout(MAIL_DEADLINE_MS);
  deadline.addEventListener('abort', late, { once: true });
  try {
    return await promise;
  } finally {
    deadline.removeEventListener('abort', late);
  }
}
