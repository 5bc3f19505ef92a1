// How hard a new password is to guess, for a word and a bar while it is typed. Pure, small, and on the low side on purpose.
// A hint, not a judgement: it knows no stolen password and no organisation's list, and what it calls strong may still be refused.
// Runs in the browser, so it knows no library; it sees the password and tells three words.

import { PASSWORD_UNITS_MAX } from '../../protocol/password-text.js';

export type PasswordStrength = 'weak' | 'fair' | 'strong';

// What a guesser needs, as powers of two. Eight graphics cards of 2024 try about 2^41 passwords a second against a stolen NT hash, which
// is fast and unsalted, and about 2^13 against argon2id, as the front door keeps its own. Both are meant as orders of magnitude.

/** Below it, the slow hash holds for less than a hundred days. The fast one holds against nothing that is not strong. Three short words. */
export const FAIR_BITS_MIN = 36;
/** A week of all those cards for one fast hash, if the guesser knew how the password was made, which they seldom do. Four or five words. */
export const STRONG_BITS_MIN = 60;
/** In code points. Whatever the bits say: what is shorter can be tried in whole by machines that are still to come. */
export const STRONG_CHARACTERS_MIN = 12;

/**
 * `password`: in NFC. `about`: names of the person and the organisation and the user ID, as they are written; each and each of its words is
 * worth nearly nothing. Never throws.
 */
export function strengthOf(password: string, about: readonly string[]): PasswordStrength {
  const bits = guessBits(password, about);
  if (bits < FAIR_BITS_MIN) return 'weak';
  const characters = [...lookedAt(password)].length;
  return bits < STRONG_BITS_MIN || characters < STRONG_CHARACTERS_MIN ? 'fair' : 'strong';
}

/**
 * The fewest bits with which the password can be put together from pieces: single characters, common words and names, years and dates, walks
 * over a keyboard or an alphabet, one character again and again, and what was there before.
 */
export function guessBits(password: string, about: readonly string[]): number {
  const text = lookedAt(password);
  const single = bitsOfCharacters(text);
  const lower = Array.from({ length: text.length }, (_, at) => lowerCased(text.charAt(at))).join('');
  const folded = fold(text);
  const names = about.flatMap((name) => [name, ...name.split(/[^\p{L}\p{N}]+/u)]).map(fold);
  const known = names.filter((name) => name.length >= NAME_UNITS_MIN);
  const walks = longestPieces(lower, (piece) => WALKS.includes(piece));
  // What is found from `at` at the earliest is what was there before, unless it is over only after its copy has begun.
  const copies = longestPieces(folded, (piece, at) => folded.indexOf(piece) + piece.length <= at);

  const least = [0, ...single.map(() => Number.POSITIVE_INFINITY)];
  for (let at = 0; at < text.length; at += 1) {
    const before = least[at] ?? 0;
    const piece = (units: number, bits: number) => {
      least[at + units] = Math.min(least[at + units] ?? Number.POSITIVE_INFINITY, before + bits);
    };
    const own = single[at] ?? 0;
    piece(1, own);
    for (let units = 2; text[at + units - 1] === text[at]; units += 1) piece(units, own + Math.log2(units));
    for (let units = PATTERN_UNITS_MIN; units <= (walks[at] ?? 0); units += 1)
      piece(units, WALK_BITS + Math.log2(units));
    for (let units = PATTERN_UNITS_MIN; units <= (copies[at] ?? 0); units += 1) piece(units, COPY_BITS);
    for (const name of known) if (folded.startsWith(name, at)) piece(name.length, NAME_BITS);
    for (const word of COMMON_BY_LETTER.get(folded.charAt(at)) ?? [])
      if (folded.startsWith(word, at)) piece(word.length, WORD_BITS);
    for (const [pattern, bits] of DATES) {
      pattern.lastIndex = at;
      const found = pattern.exec(text);
      if (found !== null) piece(found[0].length, bits);
    }
  }
  return least[text.length] ?? 0;
}

/** No password may be longer: what comes after makes none stronger, and a text that was pasted by mistake takes no time. */
function lookedAt(password: string): string {
  return password.slice(0, PASSWORD_UNITS_MAX);
}

const NAME_BITS = 3;
/** The list below is tried first, with every capital, sign for a letter and ending that people think of. */
const WORD_BITS = 6;
const WALK_BITS = 5;
const COPY_BITS = 1;
const NAME_UNITS_MIN = 3;
/** Shorter ones are in any random text. */
const PATTERN_UNITS_MIN = 3;

const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const MONTH = '(?:0?[1-9]|1[0-2])';
const YEAR = '(?:19[3-9]|20[0-4])\\d';
const GAP = '[-./ ]?';
/** Sticky: each is asked at one place. A day of a lifetime is one of some thirty thousand, and birthdays are tried before the others. */
const DATES: readonly (readonly [RegExp, number])[] = [
  [new RegExp(YEAR, 'y'), 5],
  [new RegExp(`(?:${DAY}${GAP}${MONTH}|${MONTH}${GAP}${DAY})${GAP}(?:${YEAR}|\\d\\d)`, 'y'), 12],
  [new RegExp(YEAR + GAP + MONTH + GAP + DAY, 'y'), 12],
];

// What each character is worth where nothing else is found ---------------------

const CAPITAL_BITS = 1;
/** Letters that may be a word, or begin one: in one case but for the first, or of a script without cases. */
const WORDLIKE = /\p{L}\p{Ll}+|\p{Lu}{2,}|[\p{Lo}\p{Lm}\p{M}]{2,}/gu;

/** By the size of its alphabet, and less where letters follow each other as in a word: those of a word say little beyond the first. */
function bitsOfCharacters(text: string): number[] {
  const seen = new Set<string>();
  const bits = Array.from({ length: text.length }, (_, at) => {
    const sign = text.charAt(at);
    // The second hyphen between words is no surprise.
    const isAgain = !/[\p{L}\p{N}]/u.test(sign) && seen.has(sign);
    seen.add(sign);
    return isAgain ? 1 : alphabetBits(sign) + (/\p{Lu}/u.test(sign) ? CAPITAL_BITS : 0);
  });
  // P@ssion is one word: signs between letters are read as those they stand for, so that the word does not begin anew behind them.
  const read = text.replace(
    /(\p{L})([@!|$013457]+)(?=\p{L})/gu,
    (_, letter: string, signs: string) => letter + fold(signs),
  );
  for (const { 0: word, index } of read.matchAll(WORDLIKE)) {
    for (let at = index + 1; at < index + word.length; at += 1)
      if (read[at] === text[at]) bits[at] = followingBits(text.charAt(at));
  }
  return bits;
}

function followingBits(letter: string): number {
  const base = fold(letter);
  if (/[aeionrst]/.test(base)) return 1.5;
  if (/[jkqvwxyz]/.test(base)) return alphabetBits('z');
  return /[a-z]/.test(base) ? 3 : alphabetBits(letter) / 2;
}

/** Of what people use of a block, not of all it has: some two thousand Chinese characters, one thousand Korean syllables. */
const ALPHABETS: readonly (readonly [RegExp, number])[] = [
  [/[0-9]/, Math.log2(10)],
  [/[ !._-]/, 3],
  [/[!-/:-@[-`{-~]/, 5],
  [/\p{Script=Han}/u, 11],
  [/\p{Script=Hangul}/u, 10],
  [/[\u3041-\u30ff]/, 6],
  [/\p{L}/u, Math.log2(26)],
];

/** Of one UTF-16 code unit. An emoji has two, and is worth ten bits by them. */
function alphabetBits(sign: string): number {
  return ALPHABETS.find(([alphabet]) => alphabet.test(sign))?.[1] ?? 5;
}

// Pieces ------------------------------------------------------------------------

/**
 * For each place, how long the longest piece is that begins there and is taken. A piece that is taken is also taken without its first unit,
 * so that the search goes on where it was and the whole asks but twice for each unit.
 */
function longestPieces(text: string, isTaken: (piece: string, at: number) => boolean): number[] {
  let units = 0;
  return Array.from({ length: text.length }, (_, at) => {
    units = Math.max(0, units - 1);
    while (at + units < text.length && isTaken(text.slice(at, at + units + 1), at)) units += 1;
    return units;
  });
}

const SUBSTITUTES: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '|': 'i',
  // As 1 is read as both, both are one.
  l: 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};

/** Without case, without accents on Latin letters, and with letters for the signs that stand for them. Unit for unit. */
function fold(text: string): string {
  return Array.from({ length: text.length }, (_, at) => {
    const lower = lowerCased(text.charAt(at));
    const base = lower.normalize('NFD').charAt(0);
    const plain = /[a-z]/.test(base) ? base : lower;
    return SUBSTITUTES[plain] ?? plain;
  }).join('');
}

/** What would become longer stays as it is. */
function lowerCased(unit: string): string {
  const lower = unit.toLowerCase();
  return lower.length === 1 ? lower : unit;
}

const ROWS =
  `abcdefghijklmnopqrstuvwxyz 01234567890 qwertyuiop asdfghjkl zxcvbnm qwertzuiop yxcvbnm azertyuiop qsdfghjklm wxcvbn
!@#$%^&*() !"§$%&/()= 1q2w3e4r5t6y7u8i9o0p 1qaz2wsx3edc4rfv5tgb6yhn 1qay2wsx qazwsxedc 147258369`.split(/\s/);
/** Forwards and backwards. The line breaks between them can be in no password. */
const WALKS = ROWS.flatMap((row) => [row, [...row].reverse().join('')]).join('\n');

/** In the spirit of the agent's list, and a small part of it: what very many people begin with. */
const COMMON_WORDS = `
password passwort passwd kennwort contraseña senha motdepasse parola wachtwoord geheim secret パスワード كلمةالسر
welcome willkommen bienvenue bienvenido bemvindo hello hallo bonjour letmein changeme login access admin root user guest test demo
default temp master super system office company windows microsoft google internet computer
iloveyou love liebe amor amour jetaime tequiero princess dragon monkey sunshine shadow football fussball soccer
superman batman starwars michael daniel family freedom money secure sicher trustno
spring summer autumn winter frühling sommer herbst printemps automne hiver primavera verano otoño invierno verão outono inverno
january february march april june july august september october november december januar februar märz juni juli oktober dezember
janvier février mars avril juin juillet août septembre octobre novembre décembre enero febrero marzo abril mayo junio julio agosto septiembre
octubre noviembre diciembre janeiro fevereiro março maio junho julho setembro outubro novembro dezembro christmas weihnachten birthday
monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag
lundi mardi mercredi jeudi vendredi samedi dimanche`
  .trim()
  .split(/\s+/)
  .map(fold);

/** By the first letter, folded, so that few are compared at each place. */
const COMMON_BY_LETTER = new Map<string, string[]>();
for (const word of COMMON_WORDS)
  COMMON_BY_LETTER.set(word.charAt(0), [...(COMMON_BY_LETTER.get(word.charAt(0)) ?? []), word]);
