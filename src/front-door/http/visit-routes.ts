// The pages for whoever knows their password: signing in, changing it, and their security info. Shows where the visit is, takes the one
// form that belongs there, and goes to where it is then. Asked for any other page of the visit, it leads to the right one.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { canonicalUserId } from '../../protocol/user-id.js';
import { METHOD_KINDS } from '../methods/every-method.js';
import { ACTIONS, FIELD_LIMITS, FIELD_NAMES } from '../pages/field-names.js';
import type { UserIdProblem } from '../pages/page-words.js';
import { namePage } from '../pages/signed-in/name-page.js';
import { notFoundPage, sessionOverPage } from '../pages/stop-pages.js';
import type { Caller } from '../resets/prove.js';
import { isOffered } from '../sign-in/sign-in.js';
import { type Purpose, VISIT_LIMITS } from '../sign-in/visit.js';
import { chooseTenant } from '../tenants/choose-tenant.js';
import { fieldOf, fieldsOf } from './form-fields.js';
import { keepPace } from './keep-pace.js';
import { goTo, NOBODYS, type PageKit, sendPage, signalOf } from './page-kit.js';
import { PATHS, pathOfVisit } from './paths.js';
import { sealedOf } from './sealed-field.js';
import { enteringPage, entrySealing, infoPage, provingPage, settingUpPage, visitResultPage } from './visit-pages.js';

const ENTRANCES = [
  { path: PATHS.signIn, purpose: 'security-info' },
  { path: PATHS.changePassword, purpose: 'change-password' },
] as const satisfies readonly { readonly path: string; readonly purpose: Purpose }[];

const VISIT_PATHS = [
  PATHS.enterPassword,
  PATHS.choosePassword,
  PATHS.visitResult,
  PATHS.securityInfo,
  PATHS.setUp,
  PATHS.confirmMethod,
  PATHS.confirmCode,
] as const;

export function visitRoutes(app: FastifyInstance, kit: PageKit): void {
  const { deps, sessions } = kit;
  const { signIn, securityInfo, clock } = deps;
  // Where no organisation offers it there is no such page.
  if (!deps.tenants.some(isOffered)) return;

  for (const { path, purpose } of ENTRANCES) entrance(path, purpose);
  for (const path of VISIT_PATHS) app.get(path, (request, reply) => show(request, reply, path));
  sealing(PATHS.enterSealing);
  sealing(PATHS.chooseSealing);
  entry(PATHS.enterPassword);
  entry(PATHS.choosePassword);

  step(PATHS.securityInfo, async (caller, request) => {
    const action = fieldOf(request.body, FIELD_NAMES.action);
    const id = fieldOf(request.body, FIELD_NAMES.id);
    if (action === ACTIONS.confirm) await securityInfo.startConfirming(caller);
    else if (action === ACTIONS.tryIt) await securityInfo.startTrying(caller, id);
    else if (action === ACTIONS.rename) await securityInfo.rename(caller, id, fieldOf(request.body, FIELD_NAMES.name));
    else if (action === ACTIONS.remove) await securityInfo.remove(caller, id);
    else if (action === ACTIONS.allIsRight) await securityInfo.sayAllIsRight(caller);
    else if (action === ACTIONS.signOut) await signIn.signOut(caller);
    else if (action === ACTIONS.confirmNamed) await securityInfo.confirmNamed(caller, id);
    else if (action === ACTIONS.setUp) {
      const kind = METHOD_KINDS.find((each) => each === fieldOf(request.body, FIELD_NAMES.kind));
      if (kind !== undefined) await securityInfo.openSetup(caller, kind);
    }
    return 'taken';
  });
  step(PATHS.setUp, async (caller, request) => {
    const typed = fieldsOf(request.body, FIELD_NAMES.code);
    const action = fieldOf(request.body, FIELD_NAMES.action);
    if (action === ACTIONS.cancel) await securityInfo.leave(caller);
    else if (action === ACTIONS.resend) await securityInfo.sendAgain(caller);
    else await securityInfo.goOnSettingUp(caller, typed);
    return 'taken';
  });
  step(PATHS.confirmMethod, async (caller, request) => {
    const method = fieldOf(request.body, FIELD_NAMES.method);
    if (method === '') return 'missing';
    await securityInfo.chooseMethod(caller, method);
    return 'taken';
  });
  step(PATHS.confirmCode, async (caller, request) => {
    const action = fieldOf(request.body, FIELD_NAMES.action);
    if (action === ACTIONS.resend) await securityInfo.resend(caller);
    else if (action === ACTIONS.otherMethod) await securityInfo.leaveMethod(caller);
    else if (action === ACTIONS.cancel) await securityInfo.leaveProof(caller);
    else await securityInfo.answer(caller, fieldsOf(request.body, FIELD_NAMES.code));
    return 'taken';
  });

  /** The page of the user ID, and the beginning of a visit. Every answer comes at one of two instants, whoever it is about. */
  function entrance(path: string, purpose: Purpose): void {
    app.get(path, async (request, reply) => {
      const session = sessions.read(request) ?? sessions.make(reply);
      return askName(reply, session.csrfToken, kit.languageOf(request), { userId: '', problem: undefined });
    });

    app.post(path, async (request, reply) => {
      const askedAtMs = clock.monotonicMs();
      const session = kit.acceptForm(request, reply);
      if (session === undefined) return reply;
      const userId = fieldOf(request.body, FIELD_NAMES.userId);
      const problem = problemOf(userId);
      if (problem !== undefined) {
        const view = { userId: userId.slice(0, FIELD_LIMITS.userId), problem };
        return askName(reply.code(422), session.csrfToken, session.language, view);
      }
      const tenant = chooseTenant(deps.tenants, canonicalUserId(userId) ?? '');
      const renamed = sessions.make(reply);
      const signal = signalOf(reply);
      const caller = { ...kit.callerOf(request, session), newSessionHash: renamed.hash };
      const visit = await signIn.begin(caller, { tenant, userId, purpose, signal });
      await keepPace(clock, askedAtMs, deps.routeAnswerMs, signal);
      if (visit.stage.kind === 'stopped') return sendPage(reply.code(429), visitResultPage(kit, session, visit));
      return goTo(reply, pathOfVisit(visit));
    });

    function askName(
      reply: FastifyReply,
      csrfToken: string,
      language: Parameters<PageKit['surroundings']>[0]['language'],
      view: { readonly userId: string; readonly problem: UserIdProblem | undefined },
    ): FastifyReply {
      const form = { action: path, csrfToken };
      return sendPage(reply, namePage({ form, purpose, ...view }, kit.surroundings({ ...NOBODYS, language })));
    }
  }

  function sealing(path: string): void {
    app.get(path, async (request, reply) => {
      const session = sessions.read(request);
      const opened = session && (await signIn.openEntry(kit.callerOf(request, session), signalOf(reply)));
      if (opened === undefined) return reply.code(409).send({ code: 'flow-is-elsewhere' });
      return reply.send(entrySealing(opened));
    });
  }

  /** The form of the current password, answered at one of two instants. */
  function entry(path: string): void {
    app.post(path, async (request, reply) => {
      const askedAtMs = clock.monotonicMs();
      const session = kit.acceptForm(request, reply);
      if (session === undefined) return reply;
      const sealed = sealedOf(fieldOf(request.body, FIELD_NAMES.sealed));
      let hash = session.hash;
      await signIn.submit(kit.callerOf(request, session), sealed, {
        rename: () => {
          ({ hash } = sessions.make(reply));
          return hash;
        },
        // Whoever hangs up does not shorten it: they may be asking a second time already.
        keepPace: () => keepPace(clock, askedAtMs, deps.routeAnswerMs, new AbortController().signal),
      });
      if (hash !== session.hash)
        await securityInfo.leadToMissing({ ...kit.callerOf(request, session), sessionHash: hash });
      const state = await signIn.current(hash);
      return goTo(reply, state.kind === 'here' ? pathOfVisit(state.visit) : path);
    });
  }

  function step(
    path: (typeof VISIT_PATHS)[number],
    take: (caller: Caller, request: FastifyRequest) => Promise<'missing' | 'taken'>,
  ): void {
    app.post(path, async (request, reply) => {
      const session = kit.acceptForm(request, reply);
      if (session === undefined) return reply;
      const result = await take(kit.callerOf(request, session), request);
      if (result === 'missing') return show(request, reply.code(422), path, 'missing');
      const state = await signIn.current(session.hash);
      // Over: the page asked for says so. Nowhere: signed out, or never in.
      if (state.kind === 'none') return goTo(reply, PATHS.home);
      return goTo(reply, state.kind === 'here' ? pathOfVisit(state.visit) : path);
    });
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    path: string,
    problem: 'missing' | undefined = undefined,
  ): Promise<FastifyReply> {
    const session = sessions.read(request);
    const state = session && (await signIn.current(session.hash));
    if (session === undefined || state === undefined || state.kind === 'none') return goTo(reply, PATHS.signIn);
    if (state.kind === 'over') {
      const lifetimeMinutes = VISIT_LIMITS.enteringMs / 60_000;
      const surroundings = kit.surroundings({ ...NOBODYS, language: session.language });
      return sendPage(reply.code(410), sessionOverPage({ lifetimeMinutes }, surroundings));
    }
    const { visit } = state;
    const here = pathOfVisit(visit);
    if (here !== path) return goTo(reply, here);
    const { stage } = visit;
    if (stage.kind === 'entering') {
      const opened = await signIn.openEntry(kit.callerOf(request, session), signalOf(reply));
      return opened === undefined ? goTo(reply, here) : sendPage(reply, enteringPage(kit, session, opened));
    }
    if (stage.kind !== 'signed-in' || path === PATHS.visitResult)
      return sendPage(reply, visitResultPage(kit, session, visit));
    if (stage.proving !== undefined) return sendPage(reply, provingPage(kit, session, visit, problem));
    if (stage.at.kind !== 'list') return sendPage(reply, settingUpPage(kit, session, visit, stage.at));
    const info = await securityInfo.look(visit);
    if (info !== undefined) return sendPage(reply, infoPage(kit, session, info));
    const surroundings = kit.surroundings({ ...NOBODYS, language: session.language });
    return sendPage(reply.code(404), notFoundPage(surroundings));
  }
}

function problemOf(userId: string): UserIdProblem | undefined {
  if (userId.trim() === '') return 'user-id-missing';
  return userId.length > FIELD_LIMITS.userId ? 'user-id-too-long' : undefined;
}
