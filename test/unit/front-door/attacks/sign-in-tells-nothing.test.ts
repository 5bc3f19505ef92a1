// What whoever knows no password tries in order to learn who is there: broken seals, other agents, tries without end, a second request
// that watches the first. A directory account, one of our own and nobody have to answer alike.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { en } from '../../../../src/front-door/pages/texts/en.js';
import { wait } from '../../../../src/timing/waits.js';
import {
  ADA,
  type Attacked,
  CLEO,
  NAMES,
  NOBODY,
  openAttacked,
  saidOn,
  TENANT_ID,
  tamperWithSealing,
  tookMs,
} from '../../../support/attacked-front-door.js';
import { aTenant } from '../../../support/front-door-builders.js';

const { problems } = en.signedIn.entry;

let door: Attacked;
beforeEach(async () => {
  door = await openAttacked();
});
afterEach(async () => {
  expect(door.events.filter((event) => event.startsWith('failed'))).toEqual([]);
  await door[Symbol.asyncDispose]();
});

describe('what is sealed in another way than the page says', () => {
  test.each([
    [
      'for another time',
      'wrong',
      (block) => ({ ...block, context: { ...block.context, notAfterMs: block.context.notAfterMs + 1 } }),
    ],
    ['for the agents alone', 'seal-expired', (block) => ({ ...block, recipients: block.recipients.slice(0, 1) })],
    ['for the visit’s own key alone', 'seal-expired', (block) => ({ ...block, recipients: block.recipients.slice(1) })],
  ] as const satisfies [string, keyof typeof problems, Parameters<typeof tamperWithSealing>[1]][])(
    '%s, is told the same of everybody',
    async (_name, expected, change) => {
      for (const name of NAMES) {
        const browser = await door.named(name);
        tamperWithSealing(browser, change);
        await browser.enterPassword('not-the-password-1');
        expect([name, saidOn(browser)]).toEqual([name, problems[expected]]);
      }
    },
  );

  test('late by a moment, is told the same of everybody, and asks no agent that could see its end otherwise', async () => {
    for (const name of NAMES) {
      const browser = await door.named(name);
      await door.clock.advance(browser.sealingBlock.context.notAfterMs - door.clock.nowMs() - 5_000);
      await browser.enterPassword('not-the-password-1');
      expect([name, saidOn(browser)]).toEqual([name, problems['seal-expired']]);
    }
    expect(door.triedAtAgent()).toBe(0);
  });
});

test('of several agents the order of those that it is sealed for does not tell who is known to which', async () => {
  door.relay.hasStranger = true;
  const orders = [];
  for (const name of NAMES) {
    const browser = await door.named(name);
    const [first, second] = browser.sealingBlock.recipients;
    orders.push(`${first.keyId} ${second.keyId}`);
  }
  expect(new Set(orders).size).toBe(1);
});

test.each([
  ['nobody', NOBODY, undefined],
  ['one of our own', CLEO.userId, undefined],
  ['a wrong password', ADA.userId, { kind: 'wrong-password' }],
  ['a locked account', ADA.userId, { kind: 'account-locked' }],
  ['a disabled account', ADA.userId, { kind: 'contact-administrator', reason: 'disabled' }],
  ['an account too close to a lock', ADA.userId, { kind: 'over-limit', retryAfterMs: 60_000 }],
  ['a service account without the right', ADA.userId, { kind: 'not-permitted' }],
] as const)('five tries shut the door in the face of whoever tries %s', async (_name, userId, outcome) => {
  const browser = await door.named(userId);
  for (let tries = 0; tries < 5; tries += 1) {
    if (outcome !== undefined) door.relay.outcomes.push(outcome);
    // The fake agent looks at the password first: with the right one it answers what was scripted.
    await browser.enterPassword(outcome === undefined ? 'not-the-password-1' : ADA.password);
    expect(saidOn(browser)).toBe(problems.wrong);
  }
  await browser.enterPassword('not-the-password-1');
  expect(saidOn(browser)).toBe(en.stops.blocked.heading);
});

describe('a directory that cannot be reached', () => {
  test.each(['before the name was typed', 'after the name was typed'])('%s, is away for everybody', async (when) => {
    await door.named(ADA.userId);
    for (const name of [NOBODY, ADA.userId]) {
      door.relay.isDirectoryAway = when.startsWith('before');
      const browser = await door.named(name);
      door.relay.isDirectoryAway = true;
      door.relay.outcomes.push({ kind: 'try-later', reason: 'directory-unreachable' });
      await browser.enterPassword(name === NOBODY ? 'not-the-password-1' : ADA.password);
      expect([name, saidOn(browser)]).toEqual([name, problems.away]);
      door.relay.outcomes.length = 0;
    }
  });
});

describe('an organisation that has no directory', () => {
  beforeEach(() => {
    door.relay.people.length = 0;
    door.relay.isLinked = false;
  });

  test('says the same of a wrong password and of nobody', async () => {
    for (const name of [NOBODY, CLEO.userId]) {
      const browser = await door.named(name);
      await browser.enterPassword('not-the-password-1');
      expect([name, saidOn(browser)]).toEqual([name, problems.wrong]);
    }
    const browser = await door.named(CLEO.userId);
    expect((await browser.enterPassword(CLEO.password)).path).toBe('/security-info');
  });

  test('says the same of nobody and of whoever has registered nothing', async () => {
    await door.store.cloudAccounts.add({
      tenantId: TENANT_ID,
      anchor: ADA.anchor,
      userIds: ['dora@example.com'],
      displayName: 'Dora',
      addresses: [],
      isAdministrator: false,
      passwordHash: undefined,
    });
    const seen = [];
    for (const name of [NOBODY, 'dora@example.com']) seen.push((await door.browser().identify(name)).heading);
    expect(new Set(seen).size).toBe(1);
  });
});

test('a name of none of several organisations has a wrong password like everybody else’s', async () => {
  await using shared = await openAttacked({
    tenants: [aTenant(), aTenant({ id: 'south', domains: ['south.example.com'] })],
  });
  for (const name of ['ada@elsewhere.example.com', 'nobody', NOBODY]) {
    const browser = await shared.named(name);
    await browser.enterPassword('not-the-password-1');
    expect([name, saidOn(browser)]).toEqual([name, problems.wrong]);
  }
});

describe('whoever watches with a second request', () => {
  const judgingMs = 300;

  beforeEach(async () => {
    await door[Symbol.asyncDispose]();
    door = await openAttacked({ routeAnswerMs: 900 });
    const ask = door.relay.ask.bind(door.relay);
    door.relay.ask = async (options) => {
      await wait(door.clock, judgingMs, options.signal);
      return ask(options);
    };
  });

  test.each(['/sign-in/password', '/sign-in/password/sealing', '/security-info'])(
    'to %s does not see how long a password was judged',
    async (path) => {
      for (const name of [NOBODY, ADA.userId]) {
        const browser = door.browser();
        await browser.get('/sign-in');
        const begun = browser.post({ user_id: name });
        await tookMs(door.clock, begun);
        const judged = browser.enterPassword('not-the-password-1');
        // Until it is on its way.
        while (door.clock.pendingTimers === 0) await door.clock.advance(0);
        expect(await tookMs(door.clock, browser.raw('GET', path))).toBeGreaterThanOrEqual(890);
        await judged;
      }
    },
  );

  test.each(['/reset', '/sign-in'])(
    'to the session it had before does not see how long %s looked somebody up',
    async (entrance) => {
      const begin = async (browser = door.browser()) => {
        await browser.get(entrance);
        const answer = entrance === '/reset' ? { answer: await browser.rightAnswer() } : {};
        return browser.raw('POST', entrance, { csrf_token: browser.csrfToken, user_id: NOBODY, ...answer });
      };
      const browser = door.browser();
      const first = begin(browser);
      await tookMs(door.clock, first);
      browser.cookie = String((await first).headers['set-cookie']).split(';')[0] ?? '';
      const second = begin(browser);
      while (door.clock.pendingTimers === 0) await door.clock.advance(0);
      // Gone at once: nothing that is still there goes away at the moment when somebody was found.
      const old = await browser.raw('GET', entrance === '/reset' ? '/reset/stopped' : '/sign-in/password');
      expect(old.headers.location).toBe(entrance);
      await tookMs(door.clock, second);
    },
  );
});
