// The pages after the first: shows where the flow is, takes the one form that belongs there, and goes to where it is then.
// Asked for any other page of the flow, it leads to the right one.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ACTIONS, FIELD_NAMES, TROUBLES } from '../pages/field-names.js';
import { sessionOverPage } from '../pages/stop-pages.js';
import { FLOW_LIMITS } from '../resets/flow.js';
import type { Caller } from '../resets/prove.js';
import { awayPage, finishPage, flowPage, sealingOf } from './flow-pages.js';
import { fieldOf, fieldsOf } from './form-fields.js';
import { goTo, NOBODYS, type PageKit, sendPage, signalOf } from './page-kit.js';
import { PATHS, pathOf } from './paths.js';
import { sealedOf } from './sealed-field.js';

const FLOW_PATHS = [
  PATHS.trouble,
  PATHS.method,
  PATHS.code,
  PATHS.password,
  PATHS.unlock,
  PATHS.result,
  PATHS.stopped,
] as const;

export function flowRoutes(app: FastifyInstance, kit: PageKit): void {
  const { flow } = kit.deps;

  for (const path of FLOW_PATHS) app.get(path, (request, reply) => show(request, reply, path));

  app.get(PATHS.sealing, async (request, reply) => {
    const session = kit.sessions.read(request);
    const finish = session && (await flow.openFinish(kit.callerOf(request, session), signalOf(reply)));
    if (finish?.kind === 'away') return reply.code(503).send({ code: 'try-later' });
    if (finish === undefined || finish.operation !== 'reset')
      return reply.code(409).send({ code: 'flow-is-elsewhere' });
    return reply.send(sealingOf(kit, finish));
  });

  step(PATHS.trouble, async (caller, request) => {
    const trouble = fieldOf(request.body, FIELD_NAMES.trouble);
    if (trouble === TROUBLES.forgot) await flow.chooseOperation(caller, 'reset');
    else if (trouble === TROUBLES.unlock) await flow.chooseOperation(caller, 'unlock');
    else return 'missing';
    return 'taken';
  });
  step(PATHS.method, async (caller, request) => {
    const method = fieldOf(request.body, FIELD_NAMES.method);
    if (method === '') return 'missing';
    await flow.chooseMethod(caller, method);
    return 'taken';
  });
  step(PATHS.code, async (caller, request) => {
    const action = fieldOf(request.body, FIELD_NAMES.action);
    if (action === ACTIONS.resend) await flow.resend(caller);
    else if (action === ACTIONS.otherMethod) await flow.leaveMethod(caller);
    else await flow.answer(caller, fieldsOf(request.body, FIELD_NAMES.code));
    return 'taken';
  });
  step(PATHS.password, async (caller, request) => {
    await flow.submitReset(caller, sealedOf(fieldOf(request.body, FIELD_NAMES.sealed)));
    return 'taken';
  });
  step(PATHS.unlock, async (caller, _request, signal) => {
    await flow.submitUnlock(caller, signal);
    return 'taken';
  });

  /** A form at `path`: taken, and then on to wherever the flow is. `missing`: the same page, saying what is missing. */
  function step(
    path: (typeof FLOW_PATHS)[number],
    take: (caller: Caller, request: FastifyRequest, signal: AbortSignal) => Promise<'missing' | 'taken'>,
  ): void {
    app.post(path, async (request, reply) => {
      const session = kit.acceptForm(request, reply);
      if (session === undefined) return reply;
      const caller = kit.callerOf(request, session);
      const result = await take(caller, request, signalOf(reply));
      if (result === 'missing') return show(request, reply.code(422), path, 'missing');
      const state = await flow.current(session.hash);
      // Nowhere or over: the page asked for says so.
      return goTo(reply, state.kind === 'here' ? pathOf(state.flow) : path);
    });
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    path: string,
    problem: 'missing' | undefined = undefined,
  ): Promise<FastifyReply> {
    const session = kit.sessions.read(request);
    const state = session && (await flow.current(session.hash));
    // The first page says what of it, where there is something to say.
    if (session === undefined || state === undefined || state.kind === 'none' || state.kind === 'outdated')
      return goTo(reply, PATHS.start);
    if (state.kind === 'over') {
      const surroundings = kit.surroundings({ ...NOBODYS, language: session.language });
      const lifetimeMinutes = FLOW_LIMITS.lifetimeMs / 60_000;
      return sendPage(reply.code(410), sessionOverPage({ lifetimeMinutes }, surroundings));
    }
    const here = pathOf(state.flow);
    if (here !== path) return goTo(reply, here);
    if (state.flow.stage.kind !== 'proven') return sendPage(reply, flowPage(kit, session, state.flow, problem));
    const finish = await flow.openFinish(kit.callerOf(request, session), signalOf(reply));
    if (finish?.kind === 'away') return sendPage(reply.code(503), awayPage(kit, session, finish.flow));
    if (finish !== undefined) return sendPage(reply, finishPage(kit, session, finish));
    const after = await flow.current(session.hash);
    // It stopped just now, or somebody else's request moved it on; at the same place it is tried afresh.
    return goTo(reply, after.kind === 'here' ? pathOf(after.flow) : PATHS.start);
  }
}
