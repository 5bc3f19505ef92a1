// From a visit to the page it is at. Pure: every fact comes out of the visit and what was looked up for it.

import { AssertionFailed, assert } from '../../failure/assert.js';
import { NO_FLAGS } from '../../protocol/operations.js';
import { methodOf } from '../methods/every-method.js';
import { RECOVERY_CODES_ID, RECOVERY_CODES_KIND } from '../methods/ways-to-remove.js';
import { contactPage } from '../pages/contact-pages.js';
import type { Surroundings } from '../pages/layout.js';
import { maskAddress } from '../pages/mask-address.js';
import { newPasswordPage, type SealingBlock } from '../pages/new-password-page.js';
import { changedPage } from '../pages/signed-in/changed-page.js';
import { entryPage } from '../pages/signed-in/entry-page.js';
import { calledIn, type ShownWay, securityInfoPage } from '../pages/signed-in/security-info-page.js';
import { blockedPage } from '../pages/stop-pages.js';
import { rulesOfPolicy } from '../passwords/rules-of-policy.js';
import type { SecurityInfoView } from '../security-info/look-at-security-info.js';
import type { Entry } from '../sign-in/sign-in.js';
import type { SignedIn, Tried, Visit } from '../sign-in/visit.js';
import { blockEndOf } from './block-end.js';
import type { BrowserSession } from './browser-session.js';
import { contactWay } from './contact-routes.js';
import { isPersonTold, proofPage, whyContact } from './flow-pages.js';
import type { PageKit } from './page-kit.js';
import { PATHS } from './paths.js';

/** Stands where the name is of no organisation here: the page seals as any other, and nobody can open it. */
const NO_TENANT = 'none';

/** What is sealed for the page of the current password. */
export function entrySealing({ visit, operation, command, recipients, anchor }: Entry): SealingBlock {
  const tenantId = visit.tenantId ?? NO_TENANT;
  return { recipients, context: { tenantId, anchor, ...command, operation, flags: NO_FLAGS } };
}

export function enteringPage(kit: PageKit, session: BrowserSession, entry: Entry): string {
  const { visit, stage, operation, rules } = entry;
  const surroundings = surroundingsOf(kit, session, visit);
  const { csrfToken } = session;
  const sealing = entrySealing(entry);
  const { assets } = kit.deps;
  if (operation === 'sign-in') {
    const form = { action: PATHS.enterPassword, csrfToken };
    const otherHref = stage.purpose === 'change-password' ? PATHS.changePassword : PATHS.signIn;
    const view = { form, account: visit.userId, sealing, problem: stage.notice, otherHref };
    return entryPage({ ...view, scriptSrc: assets.enterPasswordSrc }, surroundings);
  }
  return newPasswordPage(
    {
      form: { action: PATHS.choosePassword, csrfToken },
      account: visit.userId,
      rules:
        rules === undefined
          ? []
          : rulesOfPolicy(rules.policy, {
              operation: stage.must === undefined ? 'change' : 'due-change',
              names: rules.names,
            }),
      sealing,
      sealedFor: visit.person?.kind === 'cloud-only' ? 'front-door' : 'organisation',
      problems: stage.refusals,
      explanation: stage.explanation,
      change: { must: stage.must, problem: stage.notice },
      scriptSrc: assets.newPasswordSrc,
    },
    surroundings,
  );
}

/** How a visit ended, or what stopped it. */
export function visitResultPage(kit: PageKit, session: BrowserSession, visit: Visit): string {
  const surroundings = surroundingsOf(kit, session, visit);
  const { stage } = visit;
  const tenant = kit.tenantOf(visit.tenantId);
  if (stage.kind === 'ended')
    return changedPage(
      {
        result: stage.result,
        signInHref: tenant?.signInUrl ?? PATHS.signIn,
        isTold: isPersonTold(tenant, visit.person),
      },
      surroundings,
    );
  const stop = stage.kind === 'stopped' ? stage.stop : provingStop(stage);
  if (stop?.kind === 'contact-administrator') {
    const way = contactWay(kit, session, tenant, visit.userId);
    return contactPage({ why: whyContact(stop.reason), way }, surroundings);
  }
  const untilMs = stop?.kind === 'blocked' ? stop.untilMs : visit.expiresAtMs;
  return blockedPage({ until: blockEndOf(untilMs, surroundings.texts.locale, kit.deps.timeZone) }, surroundings);
}

function provingStop(stage: Visit['stage']) {
  if (stage.kind !== 'signed-in' || stage.proving?.flow.stage.kind !== 'stopped') return undefined;
  return stage.proving.flow.stage.stop;
}

/** The proof that lets ways be changed, or the try of one. */
export function provingPage(
  kit: PageKit,
  session: BrowserSession,
  visit: Visit,
  problem: 'missing' | undefined,
): string {
  const { csrfToken } = session;
  if (visit.stage.kind !== 'signed-in' || visit.stage.proving === undefined)
    throw new AssertionFailed('nothing is being proved');
  const method = { action: PATHS.confirmMethod, csrfToken };
  const code = { action: PATHS.confirmCode, csrfToken };
  // It leads back to the security info and to no new password: no line says that it did.
  const flow = { ...visit.stage.proving.flow, operation: undefined };
  // Whoever tries one may not have proved anything yet: its address is shown as before.
  const tried = calledWay(surroundingsOf(kit, session, visit), visit.stage.proving.tried, maskAddress);
  return proofPage(kit, session, { flow, forms: { method, code }, problem, tried });
}

function calledWay(
  { texts }: Surroundings,
  tried: Tried | undefined,
  shownAddress: (address: string) => string,
): Surroundings['tried'] {
  if (tried === undefined) return undefined;
  return { called: calledIn(texts, tried), address: tried.address === '' ? '' : shownAddress(tried.address) };
}

export function infoPage(kit: PageKit, session: BrowserSession, info: SecurityInfoView): string {
  const { stage, policy, isConfirmed } = info;
  const surroundings = surroundingsOf(kit, session, info.visit);
  const dateOf = dateWriter(surroundings.texts.locale, kit.deps.timeZone);
  const shownAddress = (address: string) => (isConfirmed ? address : maskAddress(address));
  const { news } = stage;
  const isProblem = news === 'not-now' || news === 'expired';
  const tryIdOf = (wayId: string) => info.waysToTry.find(({ id }) => id === wayId)?.id;
  const kept = info.kept.map(
    ({ kind, name, address, setUpAtMs, usedAtMs, id }): ShownWay => ({
      method: kind,
      name,
      address: address === '' ? '' : shownAddress(address),
      setUpOn: dateOf(setUpAtMs),
      lastUsedOn: usedAtMs === undefined ? undefined : dateOf(usedAtMs),
      codesLeft: undefined,
      id,
      tryId: tryIdOf(id),
    }),
  );
  const told = info.fromDirectory.map(
    ({ id, kind, address }): ShownWay => ({
      ...NOTHING,
      method: kind,
      address: shownAddress(address),
      tryId: tryIdOf(id),
    }),
  );
  const { recoveryCodesLeft } = info;
  const codes: readonly ShownWay[] =
    recoveryCodesLeft === 0
      ? []
      : [{ ...NOTHING, method: RECOVERY_CODES_KIND, codesLeft: recoveryCodesLeft, id: RECOVERY_CODES_ID }];
  return securityInfoPage(
    {
      form: { action: PATHS.securityInfo, csrfToken: session.csrfToken },
      isEnabled: info.isEnabled,
      mayChange: isConfirmed,
      ways: [...told, ...kept, ...codes],
      toConfirm: info.toConfirm.map(({ id, kind, address }) => ({ id, method: kind, address: maskAddress(address) })),
      offered: info.offered,
      missingKinds: Math.max(0, policy.gates - info.usableKinds),
      isToReconfirm: info.isToReconfirm,
      news: isProblem ? undefined : news,
      worked: calledWay(surroundings, stage.worked, shownAddress),
      problem: isProblem ? news : undefined,
      changePasswordHref: PATHS.changePassword,
    },
    surroundings,
  );
}

const NOTHING = {
  name: '',
  address: '',
  setUpOn: undefined,
  lastUsedOn: undefined,
  codesLeft: undefined,
  id: undefined,
  tryId: undefined,
} as const satisfies Partial<ShownWay>;

export function settingUpPage(kit: PageKit, session: BrowserSession, visit: Visit, at: SignedIn['at']): string {
  if (at.kind === 'list') throw new AssertionFailed('nothing is being set up');
  const { language, csrfToken } = session;
  const form = { action: PATHS.setUp, csrfToken };
  const surroundings = surroundingsOf(kit, session, visit);
  const { assets, publicUrl, timeZone, clock } = kit.deps;
  const { face } = methodOf(at.method);
  if (at.kind === 'shown') {
    assert(face.toldOncePage !== undefined, 'whoever tells something once has a page for it');
    const madeOn = dateWriter(surroundings.texts.locale, timeZone)(clock.nowMs());
    return face.toldOncePage(
      { form, texts: at.texts, account: visit.userId, madeOn, address: publicUrl },
      surroundings,
    );
  }
  const { problem, field: problemAt, chosen = [], isNamed = false, wasSentAgain = false } = at;
  // Nobody typed it: no more of it is shown than where it is listed.
  const pending = isNamed && at.pending ? { ...at.pending, prompt: maskAddress(at.pending.prompt) } : at.pending;
  const tenant = kit.tenantOf(visit.tenantId);
  const scriptSrc = assets.methodScripts.get(at.method);
  const view = { form, language, tenant, scriptSrc, problem, problemAt, pending, wasSentAgain, chosen };
  return face.setUpPage(view, surroundings);
}

function dateWriter(locale: string, timeZone: string): (epochMs: number) => string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone });
  return (epochMs) => format.format(epochMs);
}

function surroundingsOf(kit: PageKit, { language }: BrowserSession, { tenantId, supportId }: Visit): Surroundings {
  return kit.surroundings({ tenant: kit.tenantOf(tenantId), supportId, language });
}
