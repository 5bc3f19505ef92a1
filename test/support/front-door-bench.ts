// The whole front door but for sockets: real store, real pages, real sealing; a fake relay, mailbox and clock.
// `Browser` walks through it as a person's browser would, cookie and tokens included.

import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { argon2Hasher } from '../../src/front-door/argon2/argon2-hasher.js';
import type { Look } from '../../src/front-door/branding/look.js';
import { makePictureChallenge } from '../../src/front-door/captcha/picture-challenge.js';
import { createDisowning } from '../../src/front-door/disowning/disown.js';
import { disownLinks, type News } from '../../src/front-door/disowning/disown-links.js';
import { administratorTeller } from '../../src/front-door/disowning/tell-administrators.js';
import type { FrontDoorAppDeps } from '../../src/front-door/http/app-deps.js';
import { assetOf } from '../../src/front-door/http/assets.js';
import { brandFiles } from '../../src/front-door/http/brand-files.js';
import { LANGUAGE_COOKIE } from '../../src/front-door/http/browser-language.js';
import { createFrontDoorApp } from '../../src/front-door/http/front-door-app.js';
import { disownPath } from '../../src/front-door/http/paths.js';
import {
  authenticatorCode,
  registerAuthenticator,
} from '../../src/front-door/methods/authenticator-code/authenticator-code.js';
import { authenticatorSetup } from '../../src/front-door/methods/authenticator-code/set-up-authenticator.js';
import { createDataBox } from '../../src/front-door/methods/data-box.js';
import { emailCode } from '../../src/front-door/methods/email-code/email-code.js';
import { emailSetup } from '../../src/front-door/methods/email-code/set-up-email.js';
import type { AccountRef } from '../../src/front-door/methods/method-store.js';
import { passkey } from '../../src/front-door/methods/passkey/passkey.js';
import { passkeySetup } from '../../src/front-door/methods/passkey/set-up-passkey.js';
import { makeRecoveryCodes, recoveryCode } from '../../src/front-door/methods/recovery-code/recovery-code.js';
import { recoveryCodesSetup } from '../../src/front-door/methods/recovery-code/set-up-recovery-codes.js';
import { securityQuestions } from '../../src/front-door/methods/security-questions/security-questions.js';
import { securityQuestionsSetup } from '../../src/front-door/methods/security-questions/set-up-security-questions.js';
import { textSetup } from '../../src/front-door/methods/text-message/set-up-text.js';
import { textMessage } from '../../src/front-door/methods/text-message/text-message.js';
import { noticeSettingsOf } from '../../src/front-door/notices/notice-settings.js';
import type { OutgoingMail } from '../../src/front-door/outbox/outbox.js';
import type { PasswordHasher } from '../../src/front-door/people/cloud-accounts.js';
import { type CarrySubject, carryOutInvalidation, recipientsFor } from '../../src/front-door/resets/carry-out.js';
import { createChallenges } from '../../src/front-door/resets/challenges.js';
import { createResetFlow } from '../../src/front-door/resets/reset-flow.js';
import { sealedFlows } from '../../src/front-door/resets/sealed-flows.js';
import { doneTeller } from '../../src/front-door/resets/tell-done.js';
import { makeOwnSealingKey } from '../../src/front-door/sealing-keys/own-sealing-key.js';
import { createSecurityInfo } from '../../src/front-door/security-info/security-info.js';
import { changeTeller } from '../../src/front-door/security-info/tell-changed.js';
import { createSignIn } from '../../src/front-door/sign-in/sign-in.js';
import { createVisitKeys } from '../../src/front-door/sign-in/visit-keys.js';
import { sealedVisits } from '../../src/front-door/sign-in/visit-store.js';
import { openSqliteStore } from '../../src/front-door/sqlite/sqlite-store.js';
import type { Tenant } from '../../src/front-door/tenants/tenant.js';
import { createThrottles } from '../../src/front-door/throttles/throttles.js';
import type { Ticket } from '../../src/front-door/tickets/write-ticket.js';
import { type OwnWords, wordingOf } from '../../src/front-door/wording/wording.js';
import { fromBase64Url } from '../../src/protocol/base64url.js';
import { parseAccountAnchor, parseKeyId, parseResetId, parseTenantId } from '../../src/protocol/identifiers.js';
import { sealForAll } from '../../src/protocol/sealing.js';
import { FakeClock } from './fake-clock.js';
import { FakeRelay } from './fake-relay.js';
import { FakeTextGateway } from './fake-text-gateway.js';
import { aTenant, silentTextEvents } from './front-door-builders.js';
import type { SoftwareAuthenticator } from './software-authenticator.js';

export const PUBLIC_URL = 'https://reset.example.com';

export type Bench = Awaited<ReturnType<typeof makeBench>>;

export interface BenchOptions {
  readonly tenants?: Tenant[];
  readonly path?: string;
  /** Of an earlier one over the same file, as a restart has them. Default: new ones. */
  readonly keys?: { readonly digestKey: Uint8Array; readonly dataKey: Uint8Array };
  readonly routeAnswerMs?: number;
  readonly tls?: FrontDoorAppDeps['tls'];
  readonly limits?: FrontDoorAppDeps['limits'];
  /** By tenant. Default: nobody has one of their own. */
  readonly looks?: readonly (readonly [tenantId: string, look: Look])[];
  readonly texts?: readonly (readonly [tenantId: string, texts: OwnWords])[];
  /** Of answers to security questions. Default: the product's own. */
  readonly answersHasher?: PasswordHasher;
}

export async function makeBench(options: BenchOptions = {}) {
  const clock = new FakeClock();
  const relay = await FakeRelay.make();
  const store = await openSqliteStore({ path: options.path ?? ':memory:', clock });
  const tenants = options.tenants ?? [aTenant()];
  const keys = options.keys ?? {
    digestKey: new Uint8Array(randomBytes(32)),
    dataKey: new Uint8Array(randomBytes(32)),
  };
  const { digestKey } = keys;
  const box = createDataBox(keys.dataKey, 'authenticator');
  const mailbox: OutgoingMail[] = [];
  const isOutboxFull = { now: false };
  const outbox = {
    async put(mail: OutgoingMail) {
      if (isOutboxFull.now) return false;
      mailbox.push(mail);
      return true;
    },
  };
  const tickets: Ticket[] = [];
  const ticketOutbox = {
    async put(ticket: Ticket) {
      if (isOutboxFull.now) return false;
      tickets.push(ticket);
      return true;
    },
  };
  const events: string[] = [];
  const never = new AbortController().signal;
  const randomUuid = () => crypto.randomUUID();
  const looks = new Map((options.looks ?? []).map(([id, look]) => [parseTenantId(id), look]));
  const wording = wordingOf((options.texts ?? []).map(([id, texts]) => ({ id: parseTenantId(id), texts })));
  const noticeSettings = noticeSettingsOf({ wording, looks, timeZone: 'UTC' });
  const { brands, files } = brandFiles(looks);
  const throttles = createThrottles({ store: store.throttles, clock });
  const ownKey = await makeOwnSealingKey();
  const authenticator = { store: store.methods, box, clock };
  const hasher = options.answersHasher ?? argon2Hasher;
  const questions = { store: store.methods, box, clock, hasher, tenants };
  const passkeys = { store: store.methods, clock, random: randomBytes, digestKey, publicUrl: PUBLIC_URL };
  const carry = { relay, cloudAccounts: store.cloudAccounts, hasher: argon2Hasher, ownKey, clock };
  const visits = sealedVisits(store.visits, createDataBox(keys.dataKey, 'visits'));
  const mails = { outbox, clock, random: randomBytes, digestKey, noticeSettings };
  const gateway = new FakeTextGateway();
  const texts = {
    ...mails,
    gateway,
    rules: { countries: ['44'], costs: new Map(), costOtherwise: 50_000, costPerDayMax: 5_000_000 },
    spend: store.spend,
    throttles,
    audit: store.audit,
    events: silentTextEvents,
    host: 'reset.example.com',
  };
  const proofMethods = [
    emailCode({ store: store.methods, ...mails }),
    textMessage({ store: store.methods, ...texts }),
    authenticatorCode(authenticator),
    passkey(passkeys),
    recoveryCode({ store: store.methods, clock, digestKey }),
    securityQuestions({ ...questions, digestKey }),
  ];
  const challenges = createChallenges({ store: store.challenges, clock, random: randomBytes, randomUuid });
  const links = disownLinks({ store: store.disownLinks, clock, random: randomBytes, digestKey });
  const disownAddress = async (news: News) => `${PUBLIC_URL}${disownPath(await links.make(news))}`;
  const tellDone = doneTeller({ store: store.methods, outbox, clock, noticeSettings, disownAddress });
  const flow = createResetFlow({
    ...carry,
    tenants,
    mirror: store.mirror,
    proofMethods,
    throttles,
    digestKey,
    flows: sealedFlows(store.flows, box),
    audit: store.audit,
    randomUuid,
    signOutEverywhere: (account) => visits.removeOfAccount(account, undefined),
    tellDone,
  });
  const signIn = createSignIn({
    ...carry,
    tenants,
    mirror: store.mirror,
    visits,
    visitKeys: createVisitKeys({ make: makeOwnSealingKey }),
    proofMethods,
    throttles,
    digestKey,
    audit: store.audit,
    randomUuid,
    endFlowsOf: flow.endFlowsOf,
    tellDone,
  });
  const setting = { store: store.methods, clock, random: randomBytes, digestKey, randomUuid };
  const securityInfo = createSecurityInfo({
    endFlowsOf: flow.endFlowsOf,
    signOutElsewhere: visits.removeOfAccount,
    proofMethods,
    throttles,
    audit: store.audit,
    tenants,
    clock,
    signIn,
    store: store.methods,
    setups: [
      emailSetup({ ...setting, ...mails }),
      textSetup({ ...setting, ...texts }),
      authenticatorSetup({ ...setting, box }),
      passkeySetup({ ...passkeys, randomUuid }),
      recoveryCodesSetup(setting),
      securityQuestionsSetup({ ...questions, randomUuid }),
    ],
    tellChanged: changeTeller({ disownAddress, outbox, clock, noticeSettings, methodNames: wording.methodNames }),
  });
  const { mirror, cloudAccounts } = store;
  const disowning = createDisowning({
    tenants,
    links,
    store: store.disownLinks,
    throttles,
    endFlows: async (account) => {
      await flow.endFlowsOf(account);
      await visits.removeOfAccount(account, undefined);
    },
    methods: store.methods,
    isCloudOnly: async ({ tenantId, anchor }) => (await cloudAccounts.read(tenantId, anchor)) !== undefined,
    invalidate: (account, command) => carryOutInvalidation({ relay, clock }, { account, command, signal: never }),
    tellAdministrators: administratorTeller({
      outbox,
      tickets: ticketOutbox,
      randomUuid,
      mirror,
      cloudAccounts,
      noticeSettings,
    }),
    audit: store.audit,
    events: {
      accountDisowned: ({ what, password, areAdministratorsTold }) =>
        events.push(`disowned ${what} ${password} ${areAdministratorsTold ? 'told' : 'not told'}`),
    },
    clock,
    randomUuid,
  });
  const deps: FrontDoorAppDeps = {
    publicUrl: PUBLIC_URL,
    houseName: 'Account help',
    tenants,
    flow,
    disowning,
    signIn,
    securityInfo,
    challenges,
    throttles,
    outbox,
    tickets: ticketOutbox,
    audit: store.audit,
    recipients: (person: CarrySubject) => recipientsFor(carry, person),
    acceptEnrolment: async () => ({ kind: 'refused', reason: 'malformed' }),
    checkStore: () => store.check(),
    assets: {
      stylesheetHref: '/assets/style-1.css',
      iconHref: undefined,
      newPasswordSrc: '/assets/new-password-1.js',
      enterPasswordSrc: '/assets/enter-password-1.js',
      methodScripts: new Map([['passkey', '/assets/passkey-1.js']]),
      files: new Map([
        ...files,
        ['/assets/style-1.css', assetOf('text/css', new TextEncoder().encode('a{color:red}'.repeat(40)))],
      ]),
    },
    brands,
    wording,
    noticeSettings,
    timeZone: 'UTC',
    routeAnswerMs: options.routeAnswerMs ?? 0,
    trustedProxies: [],
    tls: options.tls,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    clock,
    random: randomBytes,
    randomUuid,
    digestKey,
    events: {
      requestFailed: ({ code, error }) => events.push(`failed ${code} ${error instanceof Error ? error.stack : ''}`),
      formRefused: ({ route }) => events.push(`refused ${route}`),
    },
  };
  const app = await createFrontDoorApp(deps);
  return {
    app,
    tenants: deps.tenants,
    assets: deps.assets.files,
    keys,
    clock,
    relay,
    store,
    visits,
    mailbox,
    /** The code of the newest mail that has one; empty where none has. */
    lastCode: () => /\b(\d{6})\b/.exec(mailbox.findLast(({ text }) => /\b\d{6}\b/.test(text))?.text ?? '')?.[1] ?? '',
    /** The path of the link in the newest mail that has one; empty where none has. */
    lastDisownPath: () =>
      /reset\.example\.com(\/not-me\/\S+)/.exec(
        mailbox.findLast(({ text }) => text.includes('/not-me/'))?.text ?? '',
      )?.[1] ?? '',
    tickets,
    isOutboxFull,
    gateway,
    events,
    browser: (address = '192.0.2.1') => new Browser(app, store, clock, address),
    makeRecoveryCodes: (account: AccountRef) =>
      makeRecoveryCodes({ store: store.methods, clock, random: randomBytes, digestKey }, account),
    /** `typed`: a question's id and its answer, in turn. */
    answerQuestions: (account: AccountRef, typed: readonly string[]) =>
      securityQuestionsSetup({ ...questions, randomUuid }).begin(
        {
          account,
          sessionHash: '',
          supportId: '',
          organisationName: 'Example',
          userId: 'ada',
          workAddresses: [],
          language: 'en',
        },
        typed,
      ),
    registerApp: (account: { tenantId: Tenant['id']; anchor: ReturnType<typeof parseAccountAnchor> }) =>
      registerAuthenticator(
        { ...authenticator, random: randomBytes, randomUuid },
        { account, organisationName: 'Example', userId: 'ada' },
      ),
    /** As its set-up page does. */
    async setUpPasskey(account: AccountRef, authenticator: SoftwareAuthenticator): Promise<void> {
      const setup = passkeySetup({ ...passkeys, randomUuid });
      const person = { organisationName: 'Example', userId: 'ada', workAddresses: [], language: 'en' } as const;
      const step = { ...person, account, sessionHash: 'set-up', supportId: 'set-up' };
      const begun = await setup.begin(step, []);
      if (begun.kind !== 'pending') throw new Error(`not begun: ${JSON.stringify(begun)}`);
      const result = await setup.confirm(step, begun.pending, [authenticator.create(begun.pending.prompt)]);
      if (result.kind !== 'done') throw new Error(`not set up: ${JSON.stringify(result)}`);
    },
    async [Symbol.asyncDispose]() {
      await app.close();
      await store[Symbol.asyncDispose]();
    },
  };
}

type Store = Awaited<ReturnType<typeof openSqliteStore>>;

/** Keeps its cookies and the last page; follows redirects as a browser does. */
export class Browser {
  /** The session's. */
  cookie = '';
  /** With the language that was chosen. */
  languageCookie = '';
  /** What the browser itself asks for; empty: nothing. */
  acceptLanguage = '';
  /** What it sends besides with every request. */
  moreHeaders: Readonly<Record<string, string>> = {};
  path = '';
  html = '';
  status = 0;
  readonly #app: FastifyInstance;
  readonly #store: Store;
  readonly #clock: FakeClock;
  readonly #address: string;

  constructor(app: FastifyInstance, store: Store, clock: FakeClock, address: string) {
    this.#app = app;
    this.#store = store;
    this.#clock = clock;
    this.#address = address;
  }

  get heading(): string {
    return /<h1>([^<]*)<\/h1>/.exec(this.html)?.[1] ?? '';
  }

  get csrfToken(): string {
    return /name="csrf_token" value="([^"]+)"/.exec(this.html)?.[1] ?? '';
  }

  async get(path: string): Promise<this> {
    return this.#take(path, await this.raw('GET', path));
  }

  /** Posts a form to `path` (the page's own by default) with the page's token. */
  async post(fields: Record<string, string>, path = this.path): Promise<this> {
    return this.#take(path, await this.raw('POST', path, { csrf_token: this.csrfToken, ...fields }));
  }

  /** Posts a form whose `code` fields hold these texts in turn, as a browser posts fields of one name. */
  async postInTurn(code: readonly string[], path = this.path): Promise<this> {
    return this.#take(path, await this.raw('POST', path, { csrf_token: this.csrfToken, code }));
  }

  raw(
    method: 'GET' | 'POST',
    path: string,
    fields: Readonly<Record<string, string | readonly string[]>> = {},
    headers: Record<string, string> = { 'sec-fetch-site': 'same-origin', origin: 'null' },
  ): Promise<LightMyRequestResponse> {
    const cookies = [this.cookie, this.languageCookie].filter((each) => each !== '');
    return this.#app.inject({
      method,
      url: path,
      remoteAddress: this.#address,
      headers: {
        ...(cookies.length === 0 ? {} : { cookie: cookies.join('; ') }),
        ...(this.acceptLanguage === '' ? {} : { 'accept-language': this.acceptLanguage }),
        ...(method === 'GET' ? {} : { 'content-type': 'application/x-www-form-urlencoded', ...headers }),
        ...this.moreHeaders,
      },
      ...(method === 'GET' ? {} : { payload: formOf(fields) }),
    });
  }

  /** Types a user ID and the right answer to the challenge. */
  async identify(userId: string): Promise<this> {
    await this.get('/reset');
    return this.post({ user_id: userId, answer: await this.rightAnswer() });
  }

  /** What the picture on the page shows, drawn again from the store. */
  async rightAnswer(): Promise<string> {
    const challenge = await this.#store.challenges.read(this.sessionHash, this.#clock.nowMs());
    if (challenge === undefined) throw new Error('no challenge is open');
    const stream = createCipheriv('aes-256-ctr', challenge.seed, new Uint8Array(16));
    return makePictureChallenge((count) => stream.update(new Uint8Array(count))).answer;
  }

  get sessionHash(): string {
    const token = this.cookie.split('=')[1] ?? '';
    return createHash('sha256').update(token).digest('base64url');
  }

  /** Seals for the page shown and posts it, as the page's script does. */
  choosePassword(password: string): Promise<this> {
    return this.#seal({ password }, '/reset/password');
  }

  /** Enters the password that is in force, on the page that asks for it. */
  enterPassword(password: string): Promise<this> {
    return this.#seal({ password }, '/sign-in/password');
  }

  changePassword(currentPassword: string, password: string): Promise<this> {
    return this.#seal({ password, currentPassword }, '/change-password/new');
  }

  async #seal(passwords: { password: string; currentPassword?: string }, path: string): Promise<this> {
    const { recipients, context } = this.sealingBlock;
    const sealed = await sealForAll({
      ...passwords,
      recipients: recipients.map(({ keyId, publicKey }: { keyId: string; publicKey: string }) => ({
        keyId: parseKeyId(keyId),
        publicKey: fromBase64Url(publicKey),
      })),
      context: {
        ...context,
        tenantId: parseTenantId(context.tenantId),
        resetId: parseResetId(context.resetId),
        anchor: parseAccountAnchor(context.anchor),
      },
    });
    return this.post({ sealed: JSON.stringify(sealed) }, path);
  }

  /** What the page shown is sealed for. */
  get sealingBlock() {
    const text = /<script type="application\/json" id="sealing">([^<]+)<\/script>/.exec(this.html)?.[1];
    if (text === undefined) throw new Error(`no sealing block on "${this.heading}"`);
    return JSON.parse(text);
  }

  async #take(path: string, response: LightMyRequestResponse): Promise<this> {
    for (const set of [response.headers['set-cookie'] ?? []].flat()) {
      const cookie = set.split(';')[0] ?? '';
      if (cookie.startsWith(LANGUAGE_COOKIE)) this.languageCookie = cookie;
      else this.cookie = cookie;
    }
    if (response.statusCode === 303) return this.get(String(response.headers.location));
    this.path = path;
    this.html = response.body;
    this.status = response.statusCode;
    return this;
  }
}

function formOf(fields: Readonly<Record<string, string | readonly string[]>>): string {
  const pairs = Object.entries(fields).flatMap(([name, values]) => [values].flat().map((value) => [name, value]));
  return new URLSearchParams(pairs).toString();
}
