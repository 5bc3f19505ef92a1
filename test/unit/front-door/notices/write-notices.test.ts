// The mails: right words for each case, the code where it belongs, and nothing a stranger typed that could pass for more than text.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOUSE_ACCENTS } from '../../../../src/front-door/branding/accents.js';
import { SUBJECT_UNITS_MAX } from '../../../../src/front-door/notices/notice.js';
import { onOneLine } from '../../../../src/front-door/notices/strangers-text.js';
import { noticesInEnglish } from '../../../../src/front-door/notices/words-en.js';
import { writeDisownedNotice } from '../../../../src/front-door/notices/write-disowned-notice.js';
import {
  type NoticeSetting,
  writeCodeNotice,
  writeContactNotice,
  writeDoneNotice,
} from '../../../../src/front-door/notices/write-notices.js';
import { anyCharacter } from '../../../support/any-text.js';

const atMs = Date.UTC(2026, 10, 23, 12, 0);
const setting: NoticeSetting = {
  words: noticesInEnglish,
  accents: HOUSE_ACCENTS,
  organisationName: 'Example Harbour Works',
  supportId: '7f3c-91ab',
  timeZone: 'UTC',
};
const disownHref = 'https://reset.example.com/not-me/token-of-a-link';
const contact = { account: 'ada@example.com', reply: '', message: '', why: undefined, writtenAtMs: atMs };

test('what a stranger wrote is read as it is: nothing turns it around, and no line of it passes for ours', () => {
  const message = 'hello\vNobody has checked\fSupport id: 1\u0085Drawbridge: verified\u001b[2K\0';
  const turned = { account: 'ada@example.com\u202emoc', reply: '\u2066\u202emoc.kcatta@live\u202c', message };
  const { subject, text, html } = writeContactNotice({ ...contact, ...turned }, setting);
  for (const sign of '\u202c\u202e\u2066\v\f\u0085\u001b\0')
    for (const part of [subject, text, html]) expect(part).not.toContain(sign);
  expect(text).toContain('moc.kcatta@live');
  const quoted = text.split('\n').filter((line) => /Nobody has checked|Support id: 1$|verified/.test(line));
  expect(quoted.filter((line) => !line.startsWith('> '))).toEqual(
    text.split('\n').filter((line) => line.startsWith('Nobody has checked who')),
  );
});

test('the code stands in the text and in the HTML, and not in the subject', () => {
  const notice = writeCodeNotice({ code: '042815', validForMinutes: 5, askedAtMs: atMs }, setting);
  expect(notice.text).toContain('042815');
  expect(notice.html).toContain('042815');
  expect(notice.subject).not.toContain('042815');
  expect(notice.text).toContain('5\u00a0minutes');
});

test('a notice of something done says when, with its zone, and what to do if it was not you', () => {
  for (const operation of ['reset', 'unlock'] as const) {
    const notice = writeDoneNotice(
      { operation, account: 'ada@example.com', doneAtMs: atMs, administratorContact: 'help@example.com', disownHref },
      setting,
    );
    for (const body of [notice.text, notice.html]) {
      expect(body).toContain('23 November 2026 at 12:00 UTC');
      expect(body).toContain('not you');
      expect(body).toContain('help@example.com');
      expect(body).toContain('7f3c-91ab');
    }
  }
});

test('an unlock is never called a change of password', () => {
  const notice = writeDoneNotice(
    { operation: 'unlock', account: 'ada', doneAtMs: atMs, administratorContact: undefined, disownHref },
    setting,
  );
  expect(notice.subject).not.toMatch(/password/i);
});

test('the call for an administrator warns that nobody has checked the writer', () => {
  expect(writeContactNotice(contact, setting).text).toContain(noticesInEnglish.contact.caution);
});

test('what a stranger typed never breaks out: one-line subject, quoted text, no tag of theirs', () => {
  const hostile = fc.oneof(
    fc.string({ unit: anyCharacter }),
    fc.constantFrom(
      'a\r\nBcc: x@example.com',
      '<img src=x onerror=a()>',
      '"><script>a()</script>',
      '\u2028--\nExample',
    ),
  );
  fc.assert(
    fc.property(hostile, hostile, hostile, (account, reply, message) => {
      const notice = writeContactNotice({ ...contact, account, reply, message, why: undefined }, setting);
      expect(notice.subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      expect(notice.subject.length).toBeLessThanOrEqual(SUBJECT_UNITS_MAX);
      expect(notice.subject.isWellFormed()).toBe(true);
      expect(notice.html).not.toMatch(/<(script|img)/i);
      const quoted = notice.text.split(noticesInEnglish.contact.message)[1]?.split(noticesInEnglish.contact.caution)[0];
      for (const line of quoted?.split(/\r\n|[\r\n\u2028\u2029]/u) ?? []) expect(line).toMatch(/^(> |$)/);
    }),
  );
});

test('a subject that is cut never ends in half a character', () => {
  expect(onOneLine('😀'.repeat(10), 8).isWellFormed()).toBe(true);
  expect(onOneLine('short', 8)).toBe('short');
});

describe('the news that something was disowned', () => {
  const disowned = {
    tenantId: 'example',
    what: 'reset',
    account: 'ada@example.com',
    doneAtMs: atMs,
    saidAtMs: atMs + 3_600_000,
    password: 'kept',
    outcomeCode: undefined,
    waysRemoved: 0,
    blockMs: 30 * 24 * 3_600_000,
  } as const;
  const write = (changes: Partial<Parameters<typeof writeDisownedNotice>[0]> = {}) =>
    writeDisownedNotice({ ...disowned, ...changes }, setting);

  test('says what, when it was done, when it was said, and how long the block holds', () => {
    const { subject, text } = write();
    expect(subject).toContain('ada@example.com');
    for (const part of [
      'at 12:00 UTC',
      'at 13:00 UTC',
      '30\u00a0days',
      '7f3c-91ab',
      'throttles clear example ada@example.com',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('Outcome code');
    expect(write({ outcomeCode: 'directory-unreachable' }).text).toContain('Outcome code: directory-unreachable');
  });

  test('puts no name into the command that a shell would read anything into', () => {
    for (const account of ['$(reboot)', 'ada; rm -rf', '--config=x', 'ada`id`', 'a\\b', "o'neill", 'ada\nreboot']) {
      const { text } = write({ account });
      expect(text).toContain('throttles clear example USER\n');
    }
  });

  test('never says that nobody can sign in unless the password was invalidated', () => {
    for (const password of ['kept', 'not-invalidated', 'unknown'] as const)
      expect(write({ password }).text).not.toContain(noticesInEnglish.disowned.password.invalidated);
    expect(write({ password: 'invalidated' }).text).toContain(noticesInEnglish.disowned.password.invalidated);
  });
});
