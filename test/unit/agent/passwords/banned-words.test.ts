// Microsoft's published examples first, with the readings they rule out; then what must hold for every password and list.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BannedWordsVerdict,
  createBannedWords,
  POINTS_MIN,
  TERM_CHARACTERS_MAX,
  TERM_CHARACTERS_MIN,
} from '../../../../src/agent/passwords/banned-words.js';
import { GLOBAL_TERMS } from '../../../../src/agent/passwords/global-terms.js';
import { normalise } from '../../../../src/agent/passwords/normalise.js';

const judge = (password: string, custom: readonly string[], names: readonly string[] = []) =>
  createBannedWords({ custom, global: [] }).judge(password, names);

/** What a verdict says in two words: the points, or why there are none. */
function gist(verdict: BannedWordsVerdict): string {
  if (verdict.kind === 'accepted') return `accepted with ${verdict.points}`;
  return verdict.why.kind === 'too-few-points' ? `refused with ${verdict.why.points}` : `refused: ${verdict.why.kind}`;
}

describe("Microsoft's published examples", () => {
  it.each([
    ['Bl@nK', ['blank'], [], 'refused: nearly-a-term'],
    ['abcdefg', ['abcdef'], [], 'refused: nearly-a-term'],
    ['p0LL23fb', [], ['Poll'], 'refused: name'],
    ['C0ntos0Blank12', ['contoso', 'blank'], [], 'refused with 4'],
    ['ContoS0Bl@nkf9!', ['contoso', 'blank'], [], 'accepted with 5'],
    // Reported by users, not by Microsoft: a date in words passes, and so does one word six times over (a known weakness).
    ['July 4 2018', ['july', '2018'], [], 'accepted with 5'],
    ['Contoso'.repeat(6), ['contoso'], [], 'accepted with 6'],
  ])('%s with %j and %j: %4$s', (password, terms, names, expected) => {
    expect(gist(judge(password, terms, names))).toBe(expected);
  });

  it('rule out near terms inside the score: "blankf" would count as blank, and leave four points', () => {
    expect(gist(judge('ContoS0Bl@nkf9!', ['contoso', 'blank']))).toBe('accepted with 5');
    expect(gist(judge('ContoS0Bl@nkf9!', ['contoso', 'blank', 'blankf']))).toBe('refused with 4');
  });

  it('rule out that only different characters count: the two blanks would be one, and leave four points', () => {
    expect(gist(judge('July 4 2018', ['july', '2018']))).toBe('accepted with 5');
    expect(new Set('July 4 2018'.replace('July', '').replace('2018', '')).size + 2).toBe(4);
  });

  it('rule out names as ordinary terms: five points would be enough', () => {
    expect(gist(judge('p0LL23fb', ['poll']))).toBe('accepted with 5');
    expect(gist(judge('p0LL23fb', ['poll'], ['Poll']))).toBe('refused: name');
  });
});

describe('a name', () => {
  it.each([
    ['seven otters of C0NT0$0', ['Contoso'], 'Contoso'],
    ['seven otters of ann', ['Ann'], undefined],
    ['seven otters of jeff', ['Jeffrey'], undefined],
    ['seven otters of anne-marie', ['  Anne-Marie '], 'Anne-Marie'],
    ['seven otters and ΟΔΥΣΣΕΥΣ', ['Οδυσσευς'], 'Οδυσσευς'],
    ['seven otters', ['', '   '], undefined],
  ])('in %j of %j: %s', (password, names, found) => {
    const verdict = judge(password, [], names);
    expect(verdict.kind === 'guessable' && verdict.why.kind === 'name' ? verdict.why.name : undefined).toBe(found);
  });
});

describe('a password that is a term but for one character', () => {
  it.each([
    ['blank', true],
    ['blanc', true],
    ['blan', true],
    ['blanks', true],
    ['xblank', true],
    ['blxank', true],
    ['lank', true],
    ['blnak', false],
    ['blankss', false],
    ['bla', false],
  ])('%s: %s', (password, isNear) => {
    expect(gist(judge(password, ['blank'])) === 'refused: nearly-a-term').toBe(isNear);
  });

  it('is found exactly when the edit distance says so', () => {
    const letter = fc.constantFrom('a', 'b', 'o', '0', '$');
    const words = fc.string({ unit: letter, minLength: 4, maxLength: 7 });
    fc.assert(
      fc.property(words, fc.array(words, { maxLength: 4 }), (password, terms) => {
        const distances = terms.map((term) => editDistance(normalise(password), normalise(term)));
        const isNear = gist(judge(password, terms)) === 'refused: nearly-a-term';
        expect(isNear).toBe(distances.some((distance) => distance <= 1));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('points', () => {
  it('are the fewest there can be, also where the first term found is not the best', () => {
    expect(gist(judge('abcdefgh', ['abcde', 'abcd', 'efgh']))).toBe('refused with 2');
    expect(gist(judge('xxabcdefgh', ['abcdef', 'cdefgh', 'abcd', 'efgh']))).toBe('refused with 4');
  });

  it('come with the terms they were counted by, as the lists write them, each once', () => {
    const words = createBannedWords({ custom: ['Contoso'], global: ['Summer', 'contoso'] });
    expect(words.judge('C0ntos0$ummerContoso1', [])).toEqual({
      kind: 'guessable',
      why: {
        kind: 'too-few-points',
        points: 4,
        pointsMin: POINTS_MIN,
        terms: [
          { term: 'Contoso', list: 'custom' },
          { term: 'Summer', list: 'global' },
        ],
      },
    });
  });

  it('count characters, not code units', () => {
    expect(gist(judge('🚲🚲🚲🚲', []))).toBe('refused with 4');
    expect(gist(judge('🚲🚲🚲🚲🚲', []))).toBe('accepted with 5');
  });

  it('are the fewest by trying every way, for short texts', () => {
    const unit = fc.constantFrom('a', 'b');
    const texts = fc.string({ unit, maxLength: 10 });
    fc.assert(
      fc.property(texts, fc.array(fc.string({ unit, minLength: 4, maxLength: 6 }), { maxLength: 5 }), (text, terms) => {
        const verdict = judge(text, terms);
        const points = gist(verdict).match(/\d+/)?.[0];
        if (points !== undefined) expect(Number(points)).toBe(fewestByTryingAll(text, terms));
      }),
      { numRuns: 500 },
    );
  });
});

describe('for every password and every list', () => {
  const characters = fc.constantFrom(...'aAbBoO0lL1sS$@tT4 ß', 'ς', 'Σ', '\uD800', '🚲');
  const passwords = fc.string({ unit: characters, maxLength: 24 });
  const termsOfIt = fc.array(fc.string({ unit: fc.constantFrom(...'aboOls0$@'), minLength: 4, maxLength: 8 }), {
    maxLength: 8,
  });

  it('one more term never makes a refused password an accepted one', () => {
    fc.assert(
      fc.property(passwords, termsOfIt, termsOfIt, (password, before, added) => {
        if (judge(password, before).kind === 'accepted') return;
        expect(judge(password, [...before, ...added]).kind).toBe('guessable');
      }),
      { numRuns: 1000 },
    );
  });

  it('case and the published substitutions change nothing, in the password and in the list', () => {
    const swaps: Record<string, string> = { o: '0', '0': 'O', l: '1', '1': 'L', s: '$', $: 'S', a: '@', '@': 'A' };
    const swapped = (text: string) =>
      Array.from(
        text,
        (character) => swaps[character] ?? ('ßΣς'.includes(character) ? character : character.toUpperCase()),
      ).join('');
    fc.assert(
      fc.property(passwords, termsOfIt, (password, terms) => {
        const plain = gist(judge(password, terms));
        expect(gist(judge(swapped(password), terms))).toBe(plain);
        expect(gist(judge(password, terms.map(swapped)))).toBe(plain);
        expect(gist(judge(password.toLowerCase(), terms))).toBe(plain);
      }),
      { numRuns: 500 },
    );
  });

  it('nothing throws', () => {
    const words = createBannedWords({ custom: [] });
    const texts = fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)), maxLength: 300 });
    fc.assert(
      fc.property(texts, fc.array(texts, { maxLength: 4 }), (text, names) => {
        words.judge(text, names);
      }),
    );
  });

  it('a text as long as no password is judged in one pass', () => {
    const words = createBannedWords({ custom: [] });
    expect(words.judge('password'.repeat(10_000), []).kind).toBe('accepted');
  });
});

describe('the list we ship', () => {
  const words = createBannedWords({ custom: [] });

  it('has terms of a length that counts, each once', () => {
    const lengths = GLOBAL_TERMS.filter((term) => {
      const { length } = Array.from(term);
      return length < TERM_CHARACTERS_MIN || length > TERM_CHARACTERS_MAX;
    });
    expect(lengths).toEqual([]);
    expect(GLOBAL_TERMS.map((term) => term.normalize('NFC'))).toEqual(GLOBAL_TERMS);
    expect(new Set(GLOBAL_TERMS.map((term) => normalise(term).join())).size).toBe(GLOBAL_TERMS.length);
  });

  it.each([
    'P@$$w0rd',
    'Passw0rd!',
    'Password123',
    'Summer2024!',
    'Winter2026',
    'Qwertz123',
    'Sommer2025',
    'iloveyou1',
    'Welcome1!',
    '1q2w3e4r',
    'Berlin2024',
    'Hallo123!',
    'motdepasse',
    '99999999',
  ])('refuses %s', (password) => {
    expect(words.judge(password, []).kind).toBe('guessable');
  });

  it.each([
    'seven otters sing',
    'correct horse battery staple',
    'Vq7-mTz4-kLw9',
    'brick lantern Tuesday soup',
    'Grüße aus dem Tal',
  ])('accepts %s', (password) => {
    expect(words.judge(password, []).kind).toBe('accepted');
  });
});

function editDistance(left: readonly number[], right: readonly number[]): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [at, character] of left.entries()) {
    const next = [at + 1];
    for (const [index, other] of right.entries()) {
      const replaced = (row[index] ?? 0) + (character === other ? 0 : 1);
      next.push(Math.min(replaced, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

function fewestByTryingAll(text: string, terms: readonly string[]): number {
  if (text === '') return 0;
  const ends = terms.filter((term) => text.startsWith(term)).map(({ length }) => length);
  return 1 + Math.min(...[1, ...ends].map((length) => fewestByTryingAll(text.slice(length), terms)));
}
