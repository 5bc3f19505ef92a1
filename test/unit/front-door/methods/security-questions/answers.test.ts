// What is forgiven in an answer and what is not, and which answers nobody may set up.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bytesOfAnswer,
  canBeAnswer,
  comparedAnswer,
  problemOfAnswer,
} from '../../../../../src/front-door/methods/security-questions/answers.js';
import { parseAccountAnchor, parseTenantId } from '../../../../../src/protocol/identifiers.js';
import { anyCharacter } from '../../../../support/any-text.js';

describe('the same answer', () => {
  test.each([
    ['capital or small letters', 'Old Oak', 'oLD oAK'],
    ['how many spaces, and which', ' Old  Oak\t', 'old\u3000oak'],
    ['a full stop a phone puts at the end', 'old oak.', 'Old oak'],
    ['quotation marks around it', '“Old oak!”', 'old oak'],
    ['a phone’s apostrophe', 'Mary’s barn', "mary's barn"],
    ['a phone’s dash', 'jack–in–the–box', 'jack-in-the-box'],
    ['letters that are composed or not', 'Müßig'.normalize('NFD'), 'müßig'],
    ['a sharp s in capital letters', 'MÜSSIG', 'müßig'],
    ['both forms of the Greek sigma', 'ΟΔΟΣ', 'οδος'],
    ['wide letters', 'Ｏｌｄ ｏａｋ', 'old oak'],
    ['narrow kana', 'ﾊﾞｽ停', 'バス停'],
    ['digits of an Arabic keyboard', '١٩ شارع', '19 شارع'],
    ['signs that are not seen', 'old\u200b oak\u200f', 'old oak'],
  ])('is told by %s no less', (_name, one, other) => expect(comparedAnswer(one)).toBe(comparedAnswer(other)));
});

test.each([
  ['an accent', 'Pena', 'Peña'],
  ['a word more', 'old oak', 'the old oak'],
  ['words the other way round', 'old oak', 'oak old'],
  ['no space between', 'old oak', 'oldoak'],
  ['a sign inside', 'old.oak', 'oldoak'],
  ['a voiced kana', 'はす停留所', 'ばす停留所'],
])('%s makes another answer', (_name, one, other) => expect(comparedAnswer(one)).not.toBe(comparedAnswer(other)));

test.each(['', ' ', '…', '!!!', '\u200b', '?'.repeat(401), 'a'.repeat(401)])('%j says nothing', (typed) =>
  expect(comparedAnswer(typed)).toBe(''),
);

const anyText = fc.array(anyCharacter, { maxLength: 60 }).map((characters) => characters.join(''));
const foldsSeldom = fc.array(fc.constantFrom(..."ßẞſİıΣςﬃﷺ'’”.-–\u0300\u0345\u200d \u3000ŉﾊﾞǅa"), { maxLength: 30 });

test('what is compared is compared the same once more, and however it was composed or spaced', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        anyText,
        foldsSeldom.map((all) => all.join('')),
      ),
      (typed) => {
        const compared = comparedAnswer(typed);
        expect(comparedAnswer(compared)).toBe(compared);
        expect(comparedAnswer(` ${typed.normalize('NFC')}.`)).toBe(comparedAnswer(` ${typed.normalize('NFD')}.`));
        expect(compared).not.toMatch(/^\s|\s$|\s\s/);
      },
    ),
    { numRuns: 2_000 },
  );
});

describe('an answer that is set up', () => {
  const asked = ['Where did you like to hide as a child?', 'Wo haben Sie sich als Kind am liebsten versteckt?'];
  const names = ['ada@example.com', 'ada', 'example.com', 'Example Organisation'];

  test.each([
    ['', 'missing'],
    [' \u3000', 'missing'],
    ['oa', 'answer-too-short'],
    ['...oa...', 'answer-too-short'],
    ['バス', 'answer-too-short'],
    ['o'.repeat(41), 'answer-too-long'],
    ['o'.repeat(10_000), 'answer-too-long'],
    ['CHILD', 'answer-in-question'],
    ['als Kind', 'answer-in-question'],
    ['ADA', 'answer-is-name'],
    ['ada@example.com', 'answer-is-name'],
    ['example organisation', 'answer-is-name'],
    ['oak', undefined],
    ['o'.repeat(40), undefined],
    ['🌳🌳🌳', undefined],
    ['🌳'.repeat(40), undefined],
    ['جدتي', undefined],
    ['押し入れ', undefined],
  ])('%j: %s', (typed, problem) => expect(problemOfAnswer(typed, { asked, names })).toBe(problem));

  test('can be right wherever it may be set up, and nothing shorter or longer is looked at', () => {
    fc.assert(
      fc.property(anyText, (typed) => {
        if (problemOfAnswer(typed, { asked: [], names: [] }) === undefined)
          expect(canBeAnswer(comparedAnswer(typed))).toBe(true);
      }),
    );
    expect([canBeAnswer('oa'), canBeAnswer('o'.repeat(41))]).toEqual([false, false]);
  });
});

test('what is hashed is of one account, one question and one answer', () => {
  const account = { tenantId: parseTenantId('example'), anchor: parseAccountAnchor('ada') };
  const all = [
    bytesOfAnswer(account, 'lost-way', 'old oak'),
    bytesOfAnswer(account, 'lost-thing', 'old oak'),
    bytesOfAnswer(account, 'lost-way', 'old oaks'),
    bytesOfAnswer({ ...account, anchor: parseAccountAnchor('bob') }, 'lost-way', 'old oak'),
    bytesOfAnswer({ ...account, tenantId: parseTenantId('northwind') }, 'lost-way', 'old oak'),
  ];
  expect(new Set(all.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(all.length);
});
