// The first page: user ID and challenge. Every answer to a user ID comes at one of two instants, whoever it is about.
// A challenge comes first: without its right answer nobody is looked up.

import type { FastifyInstance, FastifyReply } from 'fastify';
import { canonicalUserId } from '../../protocol/user-id.js';
import { ACTIONS, FIELD_LIMITS, FIELD_NAMES } from '../pages/field-names.js';
import type { ChallengeProblem, UserIdProblem } from '../pages/page-words.js';
import { signInPage } from '../pages/sign-in-page.js';
import { startPage } from '../pages/start-page.js';
import { blockedPage } from '../pages/stop-pages.js';
import type { AskedChallenge, ChallengeVerdict } from '../resets/challenges.js';
import { isOffered } from '../sign-in/sign-in.js';
import { chooseTenant } from '../tenants/choose-tenant.js';
import type { BrowserSession } from './browser-session.js';
import { addressKeyOf } from './client-address.js';
import { fieldOf } from './form-fields.js';
import { keepPace } from './keep-pace.js';
import { goTo, NOBODYS, type PageKit, sendPage, signalOf } from './page-kit.js';
import { PATHS, pathOf } from './paths.js';

export function startRoutes(app: FastifyInstance, kit: PageKit): void {
  const { deps, sessions } = kit;
  const { challenges, throttles, clock } = deps;

  app.get(PATHS.home, async (request, reply) => {
    const tenant = kit.tenantOf(undefined);
    return sendPage(
      reply,
      signInPage(
        {
          signInHref: tenant?.signInUrl,
          purposes: deps.tenants.some(isOffered)
            ? { 'security-info': PATHS.signIn, 'change-password': PATHS.changePassword }
            : undefined,
        },
        kit.surroundings({ tenant, supportId: undefined, language: kit.languageOf(request) }),
      ),
    );
  });

  app.get(PATHS.start, async (request, reply) => {
    const known = sessions.read(request);
    // Whoever asked for words has words again, in another language or after a reload.
    const kind = known === undefined ? 'picture' : 'same';
    // The browser's own flow: whoever has none is told nothing.
    const isOutdated = known !== undefined && (await deps.flow.current(known.hash)).kind === 'outdated';
    const view = { userId: '', kind, areSettingsOthers: isOutdated } as const;
    return askAgain(reply, known ?? sessions.make(reply), addressKeyOf(request), view);
  });

  app.get<{ Params: { challengeId: string } }>(`${PATHS.picture}/:challengeId`, async (request, reply) => {
    const session = sessions.read(request);
    const png = session && (await challenges.picture(session.hash, request.params.challengeId));
    return png === undefined ? reply.callNotFound() : reply.type('image/png').send(png);
  });

  app.post(PATHS.start, async (request, reply) => {
    const askedAtMs = clock.monotonicMs();
    const session = kit.acceptForm(request, reply);
    if (session === undefined) return reply;
    const userId = fieldOf(request.body, FIELD_NAMES.userId);
    const again = { userId: userId.slice(0, FIELD_LIMITS.userId) };
    const action = fieldOf(request.body, FIELD_NAMES.action);
    if (action !== '') {
      return askAgain(reply, session, addressKeyOf(request), { ...again, kind: KIND_OF_ACTION.get(action) ?? 'same' });
    }
    const typed = fieldOf(request.body, FIELD_NAMES.answer);
    const userIdProblem = problemOfUserId(userId);
    if (userIdProblem !== undefined || typed.trim() === '') {
      const { kind } = await challenges.answer(session.hash, '');
      return askAgain(reply.code(422), session, addressKeyOf(request), {
        ...again,
        kind,
        userIdProblem,
        challengeProblem: typed.trim() === '' ? missing(kind) : undefined,
      });
    }
    const { verdict, kind } = await challenges.answer(session.hash, typed);
    if (verdict !== 'right') {
      await deps.audit.append({ event: 'challenge-failed', fields: { result: verdict, reason: kind } });
      return askAgain(reply.code(422), session, addressKeyOf(request), {
        ...again,
        kind,
        challengeProblem: problemOfAnswer(verdict, kind),
      });
    }
    const tenant = chooseTenant(deps.tenants, canonicalUserId(userId) ?? '');
    // A new name for the session: one that was planted in the browser before is worth nothing from here on.
    const renamed = sessions.make(reply);
    const signal = signalOf(reply);
    const caller = { ...kit.callerOf(request, session), newSessionHash: renamed.hash };
    // Whoever was signed in under the old name loses it with this answer: nobody else is to go on with it.
    await deps.signIn.signOut(caller);
    const flow = await deps.flow.begin(caller, { tenant, userId, signal });
    await keepPace(clock, askedAtMs, deps.routeAnswerMs, signal);
    return goTo(reply, pathOf(flow));
  });

  async function askAgain(
    reply: FastifyReply,
    session: BrowserSession,
    asker: string,
    view: {
      readonly userId: string;
      /** `same`: whatever the session has now. */
      readonly kind: AskedChallenge['kind'] | 'same';
      /** Since the flow before was begun. Default: false. */
      readonly areSettingsOthers?: boolean;
      readonly userIdProblem?: UserIdProblem | undefined;
      readonly challengeProblem?: ChallengeProblem | undefined;
    },
  ): Promise<FastifyReply> {
    const surroundings = kit.surroundings({ ...NOBODYS, language: session.language });
    const key = { name: 'challenges-from-address', key: asker } as const;
    if (!(await throttles.attempt([key]))) {
      return sendPage(reply.code(429), blockedPage({ until: undefined }, surroundings));
    }
    const kind = view.kind === 'same' ? (await challenges.answer(session.hash, '')).kind : view.kind;
    const challenge = await challenges.ask(session.hash, kind, session.language);
    return sendPage(
      reply,
      startPage(
        {
          form: { action: PATHS.start, csrfToken: session.csrfToken },
          userId: view.userId,
          areSettingsOthers: view.areSettingsOthers ?? false,
          challenge:
            challenge.kind === 'picture'
              ? { kind: 'picture', src: `${PATHS.picture}/${challenge.challengeId}` }
              : challenge,
          userIdProblem: view.userIdProblem,
          challengeProblem: view.challengeProblem,
        },
        surroundings,
      ),
    );
  }
}

const KIND_OF_ACTION: ReadonlyMap<string, AskedChallenge['kind']> = new Map([
  [ACTIONS.useWords, 'words'],
  [ACTIONS.usePicture, 'picture'],
]);

function problemOfUserId(userId: string): UserIdProblem | undefined {
  if (userId.trim() === '') return 'user-id-missing';
  return userId.length > FIELD_LIMITS.userId ? 'user-id-too-long' : undefined;
}

function missing(kind: AskedChallenge['kind']): ChallengeProblem {
  return kind === 'picture' ? 'challenge-missing' : 'challenge-answer-missing';
}

function problemOfAnswer(verdict: Exclude<ChallengeVerdict, 'right'>, kind: AskedChallenge['kind']): ChallengeProblem {
  if (verdict === 'expired') return 'challenge-expired';
  return kind === 'picture' ? 'challenge-wrong' : 'challenge-answer-wrong';
}
