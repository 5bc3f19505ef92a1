// A front door with one person of each kind, for whoever attacks it: Ada of the directory, Cleo of the front door's own accounts, and nobody.
// What an attacker does that no browser would do is here as well.

import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { argon2Hasher } from '../../src/front-door/argon2/argon2-hasher.js';
import { parseAccountAnchor, parseTenantId } from '../../src/protocol/identifiers.js';
import { type BenchOptions, type Browser, makeBench } from './front-door-bench.js';
import { anInspection } from './front-door-builders.js';

export const ADA = {
  anchor: parseAccountAnchor('6f1f1d1e-0000-4000-8000-000000000001'),
  userId: 'ada@example.com',
  password: 'old-lantern-5',
};
export const CLEO = {
  anchor: parseAccountAnchor('cleo'),
  userId: 'cleo@example.com',
  password: 'four-plain-paper-boats',
};
export const NOBODY = 'nobody@example.com';
/** Of the directory, of our own, of nobody: whoever knows no password must not tell them apart. */
export const NAMES = [NOBODY, ADA.userId, CLEO.userId] as const;
export const TENANT_ID = parseTenantId('example');
export const ADAS = { tenantId: TENANT_ID, anchor: ADA.anchor };

export type Attacked = Awaited<ReturnType<typeof openAttacked>>;

export async function openAttacked(options: BenchOptions = {}) {
  const bench = await makeBench(options);
  bench.relay.people.push(anInspection());
  bench.relay.passwords.set(ADA.anchor, ADA.password);
  bench.relay.operations = ['reset', 'unlock', 'change', 'sign-in'];
  await bench.store.cloudAccounts.add({
    tenantId: TENANT_ID,
    anchor: CLEO.anchor,
    userIds: [CLEO.userId],
    displayName: 'Cleo',
    addresses: ['cleo@example.net'],
    isAdministrator: false,
    passwordHash: await argon2Hasher.hash(new TextEncoder().encode(CLEO.password)),
  });
  const named = async (userId: string, browser = bench.browser(), entrance = '/sign-in') => {
    await browser.get(entrance);
    return browser.post({ user_id: userId });
  };
  return {
    ...bench,
    /** At the page of the current password. */
    named,
    async signedIn(browser = bench.browser()): Promise<Browser> {
      await named(ADA.userId, browser);
      return browser.enterPassword(ADA.password);
    },
    /** With a code mailed and not typed yet. */
    async askedForCode(userId = ADA.userId, browser = bench.browser()): Promise<Browser> {
      await browser.identify(userId);
      if (browser.path === '/reset/trouble') await browser.post({ trouble: 'forgot' });
      return browser.post({ method: 'email-0' });
    },
    /** How many passwords of directory accounts have reached an agent. */
    triedAtAgent: () => bench.relay.asked.filter(({ kind }) => kind === 'sign-in').length,
  };
}

const blockSchema = z.looseObject({
  recipients: z.array(z.object({ keyId: z.string(), publicKey: z.string() })),
  context: z.looseObject({ notAfterMs: z.number() }),
});

/** The page's own data for sealing, changed before the password is sealed with it. */
export function tamperWithSealing(
  browser: Browser,
  change: (block: z.infer<typeof blockSchema>) => z.infer<typeof blockSchema>,
): void {
  const block = JSON.stringify(change(blockSchema.parse(browser.sealingBlock)));
  browser.html = browser.html.replace(/(id="sealing">)[^<]+/, (_all, start: string) => `${start}${block}`);
}

/** What the page says is wrong; its heading where it says nothing. */
export function saidOn(browser: Browser): string {
  return /<p class="error"[^>]*>.*?<\/span>([^<]*)<\/p>/.exec(browser.html)?.[1] ?? browser.heading;
}

/** What differs from one page to the next whoever is meant. */
export function withoutTokens(html: string, userId: string): string {
  return html
    .replaceAll(userId, 'USER')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID')
    .replaceAll(/name:[0-9a-f]{64}/g, 'NAME')
    .replaceAll(/(csrf_token" value="|"keyId":"|"publicKey":")[A-Za-z0-9_-]+/g, '$1TOKEN');
}

/** Time of the fake clock until it resolves. */
export async function tookMs(clock: Attacked['clock'], answered: Promise<unknown>): Promise<number> {
  const askedAtMs = clock.nowMs();
  let ms: number | undefined;
  answered.then(
    () => (ms = clock.nowMs() - askedAtMs),
    () => (ms = Number.NaN),
  );
  for (let turn = 0; ms === undefined && turn < 2_000; turn += 1) {
    await setImmediate();
    await clock.advance(10);
  }
  return ms ?? Number.NaN;
}
