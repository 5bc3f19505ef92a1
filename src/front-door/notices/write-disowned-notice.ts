// Writes the mail to the administrators after a person has said "this wasn't me": what was disowned, what has been stopped and taken
// away, what became of the password, and what to do now. Pure.

import type { Disownable, PasswordFate } from '../disowning/disown-store.js';
import type { Notice } from './notice.js';
import { compose, inWords, type NoticeSetting, supportFact } from './write-notices.js';

const DAY_MS = 24 * 60 * 60_000;

export function writeDisownedNotice(
  notice: {
    readonly tenantId: string;
    readonly what: Disownable;
    /** As administrators know it. */
    readonly account: string;
    readonly doneAtMs: number;
    readonly saidAtMs: number;
    readonly password: PasswordFate;
    /** How many ways of proving who one is were taken away. */
    readonly waysRemoved: number;
    /** Of the attempt to invalidate the password; undefined where there was none. */
    readonly outcomeCode: string | undefined;
    /** How long the account's self-service is shut, unless an administrator lifts that. */
    readonly blockMs: number;
  },
  setting: NoticeSetting,
): Notice {
  const words = setting.words.disowned;
  const { account, outcomeCode, waysRemoved } = notice;
  // Only a name that no shell reads anything into stands in a command that is copied.
  const user = /^[\w.@-]+$/.test(account) && !account.startsWith('-') ? account : 'USER';
  const command = (name: string, more = '') => ({
    kind: 'command' as const,
    text: `drawbridge front-door ${name} ${notice.tenantId} ${user}${more}`,
  });
  return compose(setting, {
    subject: words.subject(account),
    preview: words.lead[notice.what],
    heading: words.heading,
    parts: [
      { kind: 'paragraph', text: words.lead[notice.what] },
      {
        kind: 'facts',
        facts: [
          [setting.words.account, account],
          [words.doneAt, inWords(notice.doneAtMs, setting)],
          [words.saidAt, inWords(notice.saidAtMs, setting)],
          ...(outcomeCode === undefined ? [] : [[words.outcome, outcomeCode] as const]),
          supportFact(setting),
        ],
      },
      { kind: 'paragraph', text: words.stopped(notice.blockMs / DAY_MS) },
      ...(waysRemoved > 0 ? [{ kind: 'paragraph', text: words.waysRemoved(waysRemoved) } as const] : []),
      { kind: 'warning', lines: [words.password[notice.password]] },
      { kind: 'paragraph', text: words.now },
      { kind: 'paragraph', text: words.look },
      command('methods list'),
      command('methods remove', ' ID'),
      { kind: 'paragraph', text: words.lift },
      command('throttles clear'),
    ],
  });
}
