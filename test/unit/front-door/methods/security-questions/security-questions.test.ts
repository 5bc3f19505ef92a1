// Setting security questions up and answering them: what counts, what is refused, what is asked, and what nobody is told.

import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { argon2Hasher } from '../../../../../src/front-door/argon2/argon2-hasher.js';
import { createDataBox } from '../../../../../src/front-door/methods/data-box.js';
import type { SetupStep } from '../../../../../src/front-door/methods/method-setup.js';
import type { OpenProof, ProofStep } from '../../../../../src/front-door/methods/proof-method.js';
import { questionsAsked } from '../../../../../src/front-door/methods/security-questions/asked-questions.js';
import { drawQuestions } from '../../../../../src/front-door/methods/security-questions/draw-questions.js';
import { securityQuestions } from '../../../../../src/front-door/methods/security-questions/security-questions.js';
import { securityQuestionsSetup } from '../../../../../src/front-door/methods/security-questions/set-up-security-questions.js';
import { boundedHasher } from '../../../../../src/front-door/people/bounded-hasher.js';
import type { PasswordHasher } from '../../../../../src/front-door/people/cloud-accounts.js';
import { openSqliteStore } from '../../../../../src/front-door/sqlite/sqlite-store.js';
import {
  PREDEFINED_QUESTIONS,
  type SecurityQuestions,
  securityQuestionsSchema,
} from '../../../../../src/front-door/tenants/security-questions.js';
import { parseAccountAnchor, parseTenantId } from '../../../../../src/protocol/identifiers.js';
import { anyCharacter } from '../../../../support/any-text.js';
import { FakeClock } from '../../../../support/fake-clock.js';
import { quickHasher } from '../../../../support/quick-hasher.js';

const account = { tenantId: parseTenantId('example'), anchor: parseAccountAnchor('ada') };
const step: SetupStep & ProofStep = {
  account,
  sessionHash: 'session-1',
  supportId: 'support',
  organisationName: 'Example Organisation',
  userId: 'ada@example.com',
  workAddresses: [],
  language: 'en',
  gate: 1,
};

/** Notes with which hashes something was compared. */
function notingHasher() {
  const compared: string[] = [];
  const hasher: PasswordHasher = {
    hash: (bytes) => quickHasher.hash(bytes),
    matches: (hash, bytes) => {
      compared.push(hash);
      return quickHasher.matches(hash, bytes);
    },
  };
  return { hasher, compared };
}

const FIVE = {
  'hiding-place': 'the airing cupboard',
  'stuffed-toy': 'Professor Plum',
  'lost-way': 'Lisbon flea market',
  'first-poster': 'a tram timetable',
  'cooking-mishap': 'quince jelly',
};
const typedOf = (answers: Readonly<Record<string, string>>) => Object.entries(answers).flat();

async function bench(
  options: { readonly settings?: Partial<SecurityQuestions>; readonly hasher?: PasswordHasher } = {},
) {
  const clock = new FakeClock();
  const { methods: store } = await openSqliteStore({ path: ':memory:', clock });
  const { hasher, compared } = notingHasher();
  const settings = { now: { ...securityQuestionsSchema.parse({}), ...options.settings } };
  const box = createDataBox(new Uint8Array(32).fill(1), 'security-questions');
  const tenants = [
    {
      id: account.tenantId,
      get securityQuestions() {
        return settings.now;
      },
    },
  ];
  const deps = { store, box, clock, tenants, hasher: options.hasher ?? hasher };
  const setup = securityQuestionsSetup({ ...deps, randomUuid: () => randomUUID() });
  const method = securityQuestions({ ...deps, digestKey: new Uint8Array(randomBytes(32)) });
  const registered = { id: 'questions', kind: 'security-questions', address: '' } as const;
  return {
    clock,
    store,
    settings,
    compared,
    setUp: (answers: Readonly<Record<string, string>>) => setup.begin(step, typedOf(answers)),
    begin: (typed: readonly string[]) => setup.begin(step, typed),
    method,
    registered: () => method.registered({ ...account, countedAddresses: [], countedPhones: [] }),
    start: async (): Promise<OpenProof> => {
      const open = await method.start(step, registered);
      if (open === undefined) throw new Error('nothing is asked');
      return open;
    },
    verify: (open: OpenProof | undefined, fields: readonly string[], by: ProofStep = step) =>
      method.verify(by, registered, open, method.typed(fields) ?? 'null'),
  };
}

const answersTo = (open: OpenProof, answers: Readonly<Record<string, string>>) =>
  questionsAsked(open).map((id) => answers[id] ?? '');

describe('setting them up', () => {
  test('makes a way of proving, and keeps no answer and no question in clear', async () => {
    const { setUp, registered, store } = await bench();
    expect(await registered()).toEqual([]);
    expect(await setUp(FIVE)).toEqual({ kind: 'done', id: expect.any(String), shown: [] });
    expect(await registered()).toEqual([{ id: 'questions', kind: 'security-questions', address: '' }]);
    const [row, ...others] = await store.list(account);
    expect(others).toEqual([]);
    const kept = Buffer.from(row?.data ?? []).toString('latin1');
    for (const word of [...Object.keys(FIVE), ...Object.values(FIVE)]) expect(kept).not.toContain(word);
  });

  test('anew takes the place of what was there', async () => {
    const { setUp, store, start, verify } = await bench();
    await setUp(FIVE);
    const before = await start();
    expect(await setUp({ ...FIVE, 'stuffed-toy': 'Colonel Mustard' })).toEqual({
      kind: 'done',
      id: expect.any(String),
      shown: [],
    });
    expect(await store.list(account)).toHaveLength(1);
    const now = await start();
    expect(await verify(now, answersTo(now, { ...FIVE, 'stuffed-toy': 'Colonel Mustard' }))).toBe('right');
    // What was asked before is judged by what is registered now.
    const isToyAsked = questionsAsked(before).includes('stuffed-toy');
    expect(await verify(before, answersTo(before, FIVE))).toBe(isToyAsked ? 'wrong' : 'right');
  });

  const [, ...four] = Object.entries(FIVE);
  const withFirst = (id: string, answer: string) => [id, answer, ...four.flat()];
  const last = (id: string, answer: string) => [...typedOf(FIVE).slice(0, 8), id, answer];
  test.each<[string, readonly string[], string, number | undefined]>([
    ['no question was chosen', withFirst('', 'the airing cupboard'), 'missing', 0],
    ['there is no such question', withFirst('mothers-name', 'the airing cupboard'), 'malformed', 0],
    ['a question stands twice', last('stuffed-toy', 'quince jelly'), 'question-twice', 8],
    ['an answer is missing', last('cooking-mishap', '  '), 'missing', 9],
    ['two answers are alike', last('cooking-mishap', ' professor  PLUM! '), 'answers-alike', 9],
    ['an answer is in its question', last('cooking-mishap', 'wrong'), 'answer-in-question', 9],
    ['an answer is in its question in another language', last('cooking-mishap', 'gekocht'), 'answer-in-question', 9],
    ['an answer is the person’s user ID', last('cooking-mishap', 'Ada'), 'answer-is-name', 9],
    ['an answer is the organisation', last('cooking-mishap', 'example organisation'), 'answer-is-name', 9],
    ['an answer is too short', withFirst('hiding-place', 'ox.'), 'answer-too-short', 1],
    ['an answer is too long', withFirst('hiding-place', 'o'.repeat(41)), 'answer-too-long', 1],
    ['there are too few', typedOf(FIVE).slice(0, 8), 'malformed', undefined],
    ['there are too many', [...typedOf(FIVE), 'lost-thing', 'a red glove'], 'malformed', undefined],
    ['an answer has no question', typedOf(FIVE).slice(0, 9), 'malformed', undefined],
    ['nothing was typed', [], 'malformed', undefined],
  ])('is refused where %s', async (_name, typed, problem, at) => {
    const { begin, store } = await bench();
    const refused = await begin(typed);
    expect(refused).toMatchObject({ kind: 'refused', problem });
    expect(refused.kind === 'refused' ? refused.at : 'none').toBe(at);
    // What may be shown again is what was chosen from a list, and never an answer.
    const chosen = (refused.kind === 'refused' && refused.chosen) || [];
    for (const [pair, id] of chosen.entries()) expect(['', typed[2 * pair]]).toContain(id);
    for (const id of chosen) expect(['', ...PREDEFINED_QUESTIONS]).toContain(id);
    expect(await store.list(account)).toEqual([]);
  });

  test('is put off where too many are hashing, and nothing of it is kept', async () => {
    const hasher = boundedHasher(quickHasher, { atOnceMax: 0, waitingMax: 0 });
    const { setUp, store } = await bench({ hasher });
    expect(await setUp(FIVE)).toEqual({ kind: 'refused', problem: 'not-now', chosen: Object.keys(FIVE) });
    expect(await store.list(account)).toEqual([]);
  });
});

describe('answering them', () => {
  test('is right with all answers, however they are spelt, and wrong with all but one', async () => {
    const { setUp, start, verify } = await bench();
    await setUp(FIVE);
    for (const spoilt of [0, 1, 2]) {
      const open = await start();
      const answers = answersTo(open, FIVE).map((answer, index) => (index === spoilt ? 'a guess' : answer));
      expect(await verify(open, answers)).toBe('wrong');
    }
    const open = await start();
    expect(
      await verify(
        open,
        answersTo(open, FIVE).map((answer) => ` ${answer.toUpperCase()}. `),
      ),
    ).toBe('right');
  });

  test('is right for its own account and its own question alone', async () => {
    const { setUp, start, verify, store } = await bench();
    await setUp(FIVE);
    const open = await start();
    const eve = { ...account, anchor: parseAccountAnchor('eve') };
    expect(await verify(open, answersTo(open, FIVE), { ...step, account: eve })).toBe('wrong');
    const [row] = await store.list(account);
    if (row !== undefined) await store.add(eve, { ...row, id: 'stolen' });
    await expect(verify(open, answersTo(open, FIVE), { ...step, account: eve })).rejects.toThrow(
      expect.objectContaining({ code: 'data-box-not-opened' }),
    );
    expect(await verify(open, answersTo(open, FIVE).toReversed())).toBe('wrong');
  });

  test('compares every answer, whichever is wrong', async () => {
    const { setUp, start, verify, compared } = await bench();
    await setUp(FIVE);
    for (const answers of [['xxx', 'xxx', 'xxx'], ['xxx'], ['xxx', 'xxx', 'xxx', 'xxx', 'xxx']]) {
      const open = await start();
      compared.length = 0;
      expect(await verify(open, answers)).toBe('wrong');
      expect(new Set(compared).size).toBe(3);
    }
  });

  test('is not right for a part of what is asked, nor for more', async () => {
    const { setUp, start, verify } = await bench();
    await setUp(FIVE);
    const open = await start();
    const all = answersTo(open, FIVE);
    expect(await verify(open, all.slice(0, 2))).toBe('wrong');
    expect(await verify(open, [...all, 'a fourth'])).toBe('wrong');
    expect(await verify({ ...open, prompt: JSON.stringify(questionsAsked(open).slice(0, 1)) }, all.slice(0, 1))).toBe(
      'wrong',
    );
    expect(await verify({ ...open, prompt: '[]' }, all)).toBe('wrong');
    expect(await verify({ ...open, prompt: '' }, all)).toBe('wrong');
  });

  test('is too late after a quarter of an hour, and after too many tries', async () => {
    const { setUp, start, verify, clock } = await bench();
    await setUp(FIVE);
    const open = await start();
    const all = answersTo(open, FIVE);
    expect(await verify(undefined, all)).toBe('expired');
    expect(await verify({ ...open, triesLeft: 0 }, all)).toBe('expired');
    await clock.advance(15 * 60_000);
    expect(await verify(open, all)).toBe('expired');
  });

  test('is put off where too many are hashing, and the same questions are asked after that', async () => {
    const isBusy = { now: false };
    const busy = boundedHasher(quickHasher, { atOnceMax: 0, waitingMax: 0 });
    const sometimes: PasswordHasher = {
      hash: (bytes) => quickHasher.hash(bytes),
      matches: (hash, bytes) => (isBusy.now ? busy : quickHasher).matches(hash, bytes),
    };
    const { setUp, start, verify } = await bench({ hasher: sometimes });
    await setUp(FIVE);
    const open = await start();
    isBusy.now = true;
    expect(await verify(open, answersTo(open, FIVE))).toBe('not-now');
    isBusy.now = false;
    expect((await start()).prompt).toBe(open.prompt);
  });

  test.each([[[]], [['oak', '']], [['oak', 'ox']], [['oak', '...']], [['oak', 'o'.repeat(41)]]])(
    'what cannot be answers is not compared: %j',
    async (fields) => {
      const { method } = await bench();
      expect(method.typed(fields)).toBeUndefined();
    },
  );

  test('with argon2id: the same answer has another hash each time, and is right all the same', async () => {
    const { setUp, start, verify } = await bench({ hasher: boundedHasher(argon2Hasher) });
    await setUp(FIVE);
    const open = await start();
    expect(await verify(open, answersTo(open, FIVE))).toBe('right');
    const bytes = new TextEncoder().encode('old oak');
    const [one, other] = await Promise.all([argon2Hasher.hash(bytes), argon2Hasher.hash(bytes)]);
    expect(one).toMatch(/^\$argon2id\$/);
    expect(one).not.toBe(other);
  });

  test('whatever may be set up is right when it is typed again', async () => {
    const { begin, start, verify } = await bench();
    const text = fc.array(anyCharacter, { minLength: 3, maxLength: 30 }).map((all) => all.join(''));
    const ids = ['hiding-place', 'stuffed-toy', 'lost-way', 'first-poster', 'cooking-mishap'];
    let setUp = 0;
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(text, { minLength: 5, maxLength: 5 }), async (answers) => {
        const done = await begin(ids.flatMap((id, index) => [id, answers[index] ?? '']));
        if (done.kind !== 'done') return;
        setUp += 1;
        const open = await start();
        const typed = questionsAsked(open).map((id) => answers[ids.indexOf(id)] ?? '');
        expect(await verify(open, typed)).toBe('right');
      }),
    );
    expect(setUp).toBeGreaterThan(10);
  });
});

describe('which are asked', () => {
  test('stays as it is until they are answered, so that nobody comes back for easier ones', async () => {
    const { setUp, start, verify } = await bench();
    await setUp(FIVE);
    const first = await start();
    for (let times = 0; times < 20; times += 1) expect((await start()).prompt).toBe(first.prompt);
    const prompts = new Set([first.prompt]);
    for (let times = 0; times < 8; times += 1) {
      const open = await start();
      await verify(open, ['a guess', 'another', 'a third']);
      prompts.add((await start()).prompt);
    }
    expect(prompts.size).toBeGreaterThan(4);
  });

  test('becomes others after right answers too, and only those count as a use', async () => {
    const { setUp, start, verify, store, clock } = await bench();
    await setUp(FIVE);
    await verify(await start(), ['a guess', 'another', 'a third']);
    expect(await store.list(account)).toMatchObject([{ counter: 1, usedAtMs: undefined }]);
    const open = await start();
    expect(await verify(open, answersTo(open, FIVE))).toBe('right');
    expect(await store.list(account)).toMatchObject([{ counter: 2, usedAtMs: clock.nowMs() }]);
  });

  test('leaves out what the organisation asks no more; with too few left, nobody proves anything by them', async () => {
    const { setUp, start, settings, registered, verify } = await bench();
    await setUp(FIVE);
    const open = await start();
    const without = (...gone: string[]) => PREDEFINED_QUESTIONS.filter((id) => !gone.includes(id));
    settings.now = { ...settings.now, predefined: without('stuffed-toy', 'lost-way') };
    expect(questionsAsked(await start()).toSorted()).toEqual(['cooking-mishap', 'first-poster', 'hiding-place']);
    settings.now = { ...settings.now, predefined: without('stuffed-toy', 'lost-way', 'first-poster') };
    expect(await registered()).toEqual([]);
    expect(await verify(open, answersTo(open, FIVE))).toBe('wrong');
  });

  test('are as many as the organisation wants now', async () => {
    const { setUp, start, settings } = await bench();
    await setUp(FIVE);
    settings.now = { ...settings.now, toReset: 5 };
    expect(questionsAsked(await start()).toSorted()).toEqual(Object.keys(FIVE).toSorted());
  });

  test('are different ones, each as likely as the others', () => {
    const key = new Uint8Array(32).fill(7);
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const times = new Map(ids.map((id) => [id, 0]));
    const sets = new Map<string, number>();
    const DRAWS = 5_000;
    for (let answered = 0; answered < DRAWS; answered += 1) {
      const drawn = drawQuestions(key, { rowId: 'row', answered }, ids, 3);
      expect(new Set(drawn).size).toBe(3);
      for (const id of drawn) times.set(id, (times.get(id) ?? 0) + 1);
      const set = drawn.toSorted().join('');
      sets.set(set, (sets.get(set) ?? 0) + 1);
    }
    // Five standard deviations of a fair draw: the key is fixed, so the test always sees the same draws.
    for (const count of times.values()) expect(Math.abs(count - DRAWS * 0.6)).toBeLessThan(175);
    expect(sets.size).toBe(10);
    for (const count of sets.values()) expect(Math.abs(count - DRAWS * 0.1)).toBeLessThan(107);
  });

  test('are others for another person and under another key', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const draws = (fill: number, rowId: string) =>
      Array.from({ length: 10 }, (_, answered) =>
        drawQuestions(new Uint8Array(32).fill(fill), { rowId, answered }, ids, 3).join(''),
      ).join(' ');
    expect(new Set([draws(1, 'a'), draws(1, 'b'), draws(2, 'a')]).size).toBe(3);
    expect(draws(1, 'a')).toBe(draws(1, 'a'));
  });
});
