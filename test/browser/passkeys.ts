// The page on which a passkey is made, for the browser tests: served by the test under the front door's origin, without signing in first,
// and with the real method behind it over the running front door's own store. The page as the front door serves it is walked in
// screens/rare-signed-in.ts.

import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { userIdOf } from '../../scripts/demonstration/walks.js';
import { loadAssets } from '../../src/front-door/http/assets.js';
import { securityHeaders } from '../../src/front-door/http/security-headers.js';
import type { SetUpView } from '../../src/front-door/methods/method-face.js';
import type { MethodSetup, PendingSetup, SetupStep } from '../../src/front-door/methods/method-setup.js';
import { passkeyFace } from '../../src/front-door/methods/passkey/face.js';
import { passkeySetup } from '../../src/front-door/methods/passkey/set-up-passkey.js';
import type { Surroundings } from '../../src/front-door/pages/layout.js';
import { en } from '../../src/front-door/pages/texts/en.js';
import { loadFrontDoorSecrets } from '../../src/front-door/secrets.js';
import { type FrontDoorStore, openSqliteStore } from '../../src/front-door/sqlite/sqlite-store.js';
import { parseTenantId } from '../../src/protocol/identifiers.js';
import { systemClock } from '../../src/timing/clock.js';
import { softwareAuthenticator } from '../support/software-authenticator.js';
import type { House } from './house.js';

export const SET_UP_PATH = '/security-info/passkey-of-the-test';
export const SET_UP_DONE = 'Your passkey is set up';

const SUPPORT_ID = '3f6c1d52-8a0e-4b7e-9c41-5d2f7a90b6e8';

interface SetUpDesk extends AsyncDisposable {
  readonly setup: MethodSetup;
  readonly step: SetupStep;
  readonly store: FrontDoorStore;
}

/** The method itself, beside the running front door, as another process would have it. */
async function setUpDesk({ demo }: House, name: string): Promise<SetUpDesk> {
  const dataFolder = join(demo.places.folder, 'front-door', 'data');
  const store = await openSqliteStore({ path: join(dataFolder, 'front-door.sqlite'), clock: systemClock });
  const { digestKey } = await loadFrontDoorSecrets(dataFolder);
  const tenantId = parseTenantId('example');
  const find = () => store.mirror.find(tenantId, userIdOf(name));
  await expect.poll(async () => (await find()).kind, { timeout: 20_000 }).toBe('found');
  const found = await find();
  if (found.kind !== 'found') throw new Error(`${name} is not in the mirror`);
  const deps = { store: store.methods, clock: systemClock, random: randomBytes, digestKey, publicUrl: demo.publicUrl };
  return {
    store,
    setup: passkeySetup({ ...deps, randomUuid: () => randomUUID() }),
    step: {
      account: { tenantId, anchor: found.account.anchor },
      sessionHash: randomUUID(),
      supportId: SUPPORT_ID,
      organisationName: 'Example Corporation',
      userId: userIdOf(name),
      workAddresses: [],
      language: 'en',
    },
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

/** One that is on no device of any test. */
export async function setUpElsewhere(house: House, name: string): Promise<void> {
  await using desk = await setUpDesk(house, name);
  const pending = await begin(desk);
  const made = softwareAuthenticator(house.demo.publicUrl).create(pending.prompt);
  expect((await desk.setup.confirm(desk.step, pending, [made])).kind).toBe('done');
}

/** Serves the page to this browser, under the front door's own origin and headers. `alter`: what the options are made into. */
export async function mountSetUpPage(
  house: House,
  page: Page,
  name: string,
  alter: (options: { rp: { id: string } }) => void = () => undefined,
): Promise<AsyncDisposable> {
  const desk = await setUpDesk(house, name);
  const { publicUrl } = house.demo;
  const surroundings = await surroundingsOfTests();
  let pending = await begin(desk);
  const html = (problem: SetUpView['problem']) => {
    const options = JSON.parse(pending.prompt);
    alter(options);
    const form = { action: SET_UP_PATH, csrfToken: 'none' };
    const step = {
      pending: { prompt: JSON.stringify(options) },
      problem,
      problemAt: undefined,
      wasSentAgain: false,
      chosen: [],
    };
    const { scriptSrc } = surroundings;
    return passkeyFace.setUpPage({ form, ...step, language: 'en', tenant: undefined, scriptSrc }, surroundings);
  };
  await page.route(`${publicUrl}${SET_UP_PATH}`, async (route) => {
    const answer = { contentType: 'text/html; charset=utf-8', headers: securityHeaders(publicUrl) };
    const posted = route.request().postData();
    if (posted === null) {
      pending = await begin(desk);
      return route.fulfill({ ...answer, body: html(undefined) });
    }
    const fields = new URLSearchParams(posted).getAll('code');
    const result = await desk.setup.confirm(desk.step, pending, fields);
    if (result.kind === 'done')
      return route.fulfill({ ...answer, body: `<!doctype html><title>Done</title><h1>${SET_UP_DONE}</h1>` });
    pending = await begin(desk);
    return route.fulfill({ ...answer, body: html(result.kind === 'refused' ? result.problem : undefined) });
  });
  return desk;
}

async function begin({ setup, step }: SetUpDesk): Promise<PendingSetup> {
  const begun = await setup.begin(step, []);
  if (begun.kind !== 'pending') throw new Error(`not begun: ${JSON.stringify(begun)}`);
  return begun.pending;
}

/** As the front door has them, of the same build. */
async function surroundingsOfTests(): Promise<Surroundings & { readonly scriptSrc: string | undefined }> {
  const assets = await loadAssets({
    browserFolder: 'dist/browser',
    stylesheetFile: 'dist/browser/style.css',
    iconFile: 'dist/browser/icon.svg',
  });
  return {
    texts: en,
    organisationName: 'Example Corporation',
    brand: undefined,
    supportId: SUPPORT_ID,
    stylesheetHref: assets.stylesheetHref,
    iconHref: assets.iconHref,
    startHref: '/reset',
    contactHref: '/contact',
    tried: undefined,
    scriptSrc: assets.methodScripts.get('passkey'),
  };
}
