// Security questions on the pages: what is asked, what is said of a wrong answer, and who never meets them.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PREDEFINED_WORDS } from '../../../../src/front-door/methods/security-questions/predefined-words.js';
import { en } from '../../../../src/front-door/pages/texts/en.js';
import { boundedHasher } from '../../../../src/front-door/people/bounded-hasher.js';
import type { PasswordHasher } from '../../../../src/front-door/people/cloud-accounts.js';
import { securityQuestionsSchema } from '../../../../src/front-door/tenants/security-questions.js';
import type { Tenant } from '../../../../src/front-door/tenants/tenant.js';
import { parseAccountAnchor, parseTenantId } from '../../../../src/protocol/identifiers.js';
import { type Bench, type Browser, makeBench } from '../../../support/front-door-bench.js';
import { anAccount, anInspection, aTenant } from '../../../support/front-door-builders.js';
import { quickHasher } from '../../../support/quick-hasher.js';

const words = en.securityQuestions;
const account = { tenantId: parseTenantId('example'), anchor: anAccount().anchor };
const OWN = 'Where is our quietest meeting room?';
const ANSWERS: Readonly<Record<string, string>> = {
  [PREDEFINED_WORDS.en['hiding-place']]: 'the airing cupboard',
  [PREDEFINED_WORDS.en['stuffed-toy']]: 'Professor Plum',
  [PREDEFINED_WORDS.en['lost-way']]: 'Lisbon flea market',
  [PREDEFINED_WORDS.en['first-poster']]: 'a tram timetable',
  [OWN]: 'behind the boiler',
};
const IDS = ['hiding-place', 'stuffed-toy', 'lost-way', 'first-poster', 'quiet-room'];
const TYPED = Object.values(ANSWERS).flatMap((answer, index) => [IDS[index] ?? '', answer]);

const tenantWith = (policy: Pick<Tenant['policies'][number], 'gates' | 'methods'>, changes: Partial<Tenant> = {}) =>
  aTenant({
    ...changes,
    id: 'example',
    unlock: false,
    policies: [{ name: 'all', appliesTo: 'everyone', ...policy }],
    securityQuestions: securityQuestionsSchema.parse({ own: [{ id: 'quiet-room', text: OWN }] }),
  });
const ALONE = { gates: 1, methods: ['security-questions', 'email-code'] } as const;
const SECOND = { gates: 2, methods: ['security-questions', 'email-code'] } as const;

let bench: Bench;

async function use(tenant: Tenant, answersHasher: PasswordHasher = quickHasher): Promise<void> {
  bench = await makeBench({ tenants: [tenant], answersHasher });
  bench.relay.people.push(anInspection());
  expect((await bench.answerQuestions(account, TYPED)).kind).toBe('done');
}

beforeEach(() => use(tenantWith(ALONE)));
afterEach(async () => {
  expect(bench.events).toEqual([]);
  await bench[Symbol.asyncDispose]();
});

const asked = ({ html }: Browser) => [...html.matchAll(/<bdi>([^<]+)<\/bdi>/g)].map(([, question = '']) => question);
const rightAnswers = (browser: Browser) => asked(browser).map((question) => ANSWERS[question] ?? '');
const answer = (browser: Browser, answers: readonly string[]) => browser.postInTurn(answers, '/reset/code');

async function toQuestions(): Promise<Browser> {
  const browser = await bench.browser().identify('ada');
  expect(browser.html).toContain(en.method.questions);
  return browser.post({ method: 'questions' });
}

test('three of five are asked, each with a field that remembers nothing, and the right answers are enough', async () => {
  const browser = await toQuestions();
  expect(browser.heading).toBe(words.heading);
  expect(new Set(asked(browser)).size).toBe(3);
  const fields = browser.html.match(/<input[^>]*name="code"[^>]*>/g) ?? [];
  expect(fields).toHaveLength(3);
  for (const field of fields) expect(field).toMatch(/value=""|^(?!.*value=)/);
  for (const field of fields) expect(field).toContain('autocomplete="off"');
  await answer(
    browser,
    rightAnswers(browser).map((each) => `${each.toUpperCase()}.`),
  );
  expect(browser.path).toBe('/reset/password');
});

test('a wrong answer is counted, asks anew, and neither says which one it was nor shows what was typed', async () => {
  const browser = await toQuestions();
  const draws = new Set([asked(browser).join()]);
  for (const [wrongAt, left] of [4, 3, 2, 1].entries()) {
    const answers = rightAnswers(browser).map((each, index) => (index === wrongAt % 3 ? 'a canary guess' : each));
    await answer(browser, answers);
    expect(browser.heading).toBe(words.heading);
    expect(browser.html).toContain(`${words.problems.wrong} ${en.code.attemptsLeft(left)}`);
    expect(browser.html.match(/data-invalid|aria-invalid/g)).toBeNull();
    for (const typed of answers) expect(browser.html).not.toContain(typed);
    draws.add(asked(browser).join());
  }
  expect(draws.size).toBeGreaterThan(1);
  await answer(browser, ['a canary guess', 'a canary guess', 'a canary guess']);
  expect(browser.heading).toBe(en.stops.blocked.heading);
  expect((await bench.browser().identify('ada')).heading).toBe(en.stops.blocked.heading);
  const kept = JSON.stringify(await bench.store.audit.latest(50));
  expect(kept).toContain('proof-failed');
  expect(kept).not.toMatch(/canary guess|airing cupboard|Plum|Lisbon|tram|boiler/i);
});

test('whoever begins anew, or chooses the way anew, is asked the same', async () => {
  const browser = await toQuestions();
  const first = asked(browser);
  await browser.post({ action: 'other-method' });
  await browser.post({ method: 'questions' });
  expect(asked(browser)).toEqual(first);
  expect(asked(await toQuestions())).toEqual(first);
});

test('fields that are empty or cannot be answers are no try, and the same is asked still', async () => {
  const browser = await toQuestions();
  const first = asked(browser);
  await answer(browser, ['', ' ', '']);
  expect(browser.html).toContain(words.problems.missing);
  await answer(browser, ['the airing cupboard', '', 'ox']);
  expect(browser.html).toContain(words.problems.malformed);
  expect(asked(browser)).toEqual(first);
  await answer(browser, ['a guess', 'a guess', 'a guess']);
  expect(browser.html).toContain(en.code.attemptsLeft(4));
});

test('while too many are hashing nothing is judged and nothing counted, and the same is asked still', async () => {
  await bench[Symbol.asyncDispose]();
  const busy = boundedHasher(quickHasher, { atOnceMax: 0, waitingMax: 0 });
  const isBusy = { now: false };
  const answersHasher: PasswordHasher = {
    hash: (bytes) => quickHasher.hash(bytes),
    matches: (hash, bytes) => (isBusy.now ? busy : quickHasher).matches(hash, bytes),
  };
  await use(tenantWith(ALONE), answersHasher);
  const browser = await toQuestions();
  const first = asked(browser);
  isBusy.now = true;
  for (let tries = 0; tries < 7; tries += 1) await answer(browser, ['a guess', 'a guess', 'a guess']);
  expect(browser.html).toContain(words.problems['not-now']);
  expect(asked(browser)).toEqual(first);
  isBusy.now = false;
  await answer(browser, rightAnswers(browser));
  expect(browser.path).toBe('/reset/password');
});

test('one answer is not good for all of them', async () => {
  const browser = await toQuestions();
  const [one = ''] = rightAnswers(browser);
  await answer(browser, [one]);
  expect(browser.html).toContain(words.problems.wrong);
});

test('each is asked in the page’s language; an organisation’s own as it wrote it', async () => {
  const { predefined } = securityQuestionsSchema.parse({});
  await bench[Symbol.asyncDispose]();
  const tenant = tenantWith(ALONE);
  const own = [{ id: 'quiet-room', text: { en: OWN, de: 'Wo ist unser leisester Raum?' } }];
  await use({ ...tenant, securityQuestions: { predefined, own, toRegister: 5, toReset: 5, mayStandAlone: true } });
  const browser = await toQuestions();
  expect(asked(browser).toSorted()).toEqual(Object.keys(ANSWERS).toSorted());
  await browser.get('/reset/code?lang=de');
  const german = [...IDS.slice(0, 4).map((id) => Object.entries(PREDEFINED_WORDS.de).find(([key]) => key === id)?.[1])];
  expect(asked(browser).toSorted()).toEqual([...german, 'Wo ist unser leisester Raum?'].toSorted());
  await browser.get('/reset/code?lang=ja');
  expect(asked(browser)).toContain(OWN);
});

describe('as one of two', () => {
  beforeEach(async () => {
    await bench[Symbol.asyncDispose]();
    await use(tenantWith(SECOND));
  });

  test('they need another way beside them, and are not offered a second time', async () => {
    const browser = await toQuestions();
    await answer(browser, rightAnswers(browser));
    expect(browser.heading).toBe(en.method.heading);
    expect(browser.html).not.toContain(en.method.questions);
    await browser.post({ method: 'questions' });
    expect(browser.path).toBe('/reset/method');
    await browser.post({ method: 'email-0' });
    await browser.post({ code: bench.lastCode() });
    expect(browser.path).toBe('/reset/password');
  });
});

describe('an administrator', () => {
  test('is not offered them beside two other ways, and cannot choose them', async () => {
    await bench[Symbol.asyncDispose]();
    const methods = ['security-questions', 'email-code', 'authenticator-code'] as const;
    await use(tenantWith({ gates: 1, methods }, { administrators: { people: ['ada'] } }));
    await bench.registerApp(account);
    const browser = await bench.browser().identify('ada');
    expect(browser.heading).toBe(en.method.heading);
    expect(browser.html).not.toContain(en.method.questions);
    await browser.post({ method: 'questions' });
    expect(browser.path).toBe('/reset/method');
  });

  test.each([SECOND, ALONE])('who has one other way cannot be verified: $gates', async (policy) => {
    await bench[Symbol.asyncDispose]();
    await use(tenantWith(policy, { administrators: { people: ['ada'] } }));
    expect((await bench.browser().identify('ada')).heading).toBe(en.stops.cannotVerify.heading);
  });

  test('of the front door’s own accounts meets them no more than one of the directory', async () => {
    await bench[Symbol.asyncDispose]();
    await use(tenantWith(SECOND));
    const olga = { tenantId: account.tenantId, anchor: parseAccountAnchor('olga') };
    const cloud = { displayName: 'Olga', addresses: ['olga@example.net'], passwordHash: undefined };
    await bench.store.cloudAccounts.add({ ...olga, ...cloud, userIds: ['olga'], isAdministrator: true });
    expect((await bench.answerQuestions(olga, TYPED)).kind).toBe('done');
    expect((await bench.browser().identify('olga')).heading).toBe(en.stops.cannotVerify.heading);
  });
});

describe('whoever is signed in', () => {
  const { questionsSetup, signedIn } = en;
  const PASSWORD = 'old-lantern-5';

  beforeEach(async () => {
    await bench[Symbol.asyncDispose]();
  });

  /** Somebody who has no way yet, on the page where questions are chosen. */
  async function toSetUp(tenant: Tenant): Promise<Browser> {
    bench = await makeBench({ tenants: [tenant], answersHasher: quickHasher });
    bench.relay.people.push(anInspection({ account: anAccount({ resetMail: [] }) }));
    bench.relay.passwords.set(account.anchor, PASSWORD);
    bench.relay.operations = ['reset', 'unlock', 'sign-in'];
    const browser = bench.browser();
    await browser.get('/sign-in');
    await browser.post({ user_id: 'ada@example.com' });
    await browser.enterPassword(PASSWORD);
    return browser.post({ action: 'set-up', kind: 'security-questions' }, '/security-info');
  }
  const chosenOn = ({ html }: Browser) =>
    [...html.matchAll(/<option[^>]*\bvalue="([^"]+)"[^>]*\bselected/g)].map(([, id]) => id);

  test('chooses and answers them, and gets back in by them', async () => {
    const browser = await toSetUp(tenantWith(ALONE));
    expect(browser.heading).toBe(questionsSetup.heading);
    expect(browser.html).toContain(questionsSetup.weaker);
    expect(browser.html.match(/<select/g)).toHaveLength(5);
    for (const question of Object.keys(ANSWERS)) expect(browser.html).toContain(question);
    await browser.postInTurn(TYPED);
    expect(browser.html).toContain(signedIn.info.news.added);
    expect(browser.html).toContain(signedIn.info.methods['security-questions']);
    const reset = await toQuestions();
    await answer(reset, rightAnswers(reset));
    expect(reset.path).toBe('/reset/password');
  });

  test('is told which answer cannot stand, beside its field; what was chosen is shown again and no answer is', async () => {
    const browser = await toSetUp(tenantWith(ALONE));
    await browser.postInTurn([...TYPED.slice(0, 9), 'professor plum.']);
    expect(browser.html).toContain(`<a href="#setup-9">${questionsSetup.problems['answers-alike']}</a>`);
    expect(browser.html).toMatch(/id="setup-9-error"/);
    expect(chosenOn(browser)).toEqual(IDS);
    for (const each of Object.values(ANSWERS)) expect(browser.html).not.toContain(each);
    expect(browser.html).not.toMatch(/professor plum/i);
    await browser.postInTurn(['lost-way']);
    expect(browser.html).toContain(questionsSetup.problems.malformed);
    await browser.postInTurn(TYPED);
    expect(browser.html).toContain(signedIn.info.news.added);
  });

  test('who is an administrator is not offered them, and cannot set them up', async () => {
    const browser = await toSetUp(tenantWith(ALONE, { administrators: { people: ['ada'] } }));
    expect(browser.heading).toBe(signedIn.info.heading);
    expect(browser.html).not.toContain(signedIn.info.adding['security-questions']);
    await browser.postInTurn(TYPED, '/security-info/set-up');
    expect(await bench.store.methods.list(account)).toEqual([]);
  });

  test('may prove by them that it is still the same person, before anything is changed', async () => {
    const browser = await toSetUp(tenantWith(ALONE));
    await browser.postInTurn(TYPED);
    await bench.clock.advance(11 * 60_000);
    await browser.get('/security-info');
    await browser.post({ action: 'confirm' });
    await browser.post({ method: 'questions' });
    expect(asked(browser)).toHaveLength(3);
    await browser.postInTurn(rightAnswers(browser));
    expect(browser.heading).toBe(signedIn.info.heading);
    expect(browser.html).toContain(signedIn.info.adding['security-questions']);
  });
});

test('where a policy takes them no more they are no way of proving anything', async () => {
  await bench[Symbol.asyncDispose]();
  await use(tenantWith({ gates: 1, methods: ['email-code'] }));
  const browser = await bench.browser().identify('ada');
  expect(browser.html).not.toContain(en.method.questions);
});
