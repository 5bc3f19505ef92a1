// What every page route needs: the surroundings of a page, who is asking, and how an answer is sent.
// Decides nothing about people.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { Failure } from '../../failure/failure.js';
import type { Language } from '../languages/language.js';
import type { Surroundings } from '../pages/layout.js';
import { cookiesNeededPage } from '../pages/stop-pages.js';
import type { Flow } from '../resets/flow.js';
import type { Caller } from '../resets/prove.js';
import type { Tenant } from '../tenants/tenant.js';
import type { FrontDoorAppDeps } from './app-deps.js';
import { browserLanguage, rememberLanguage } from './browser-language.js';
import { type BrowserSession, type BrowserSessions, browserSessions } from './browser-session.js';
import { addressKeyOf } from './client-address.js';
import { PATHS } from './paths.js';

export interface PageKit {
  readonly deps: FrontDoorAppDeps;
  readonly sessions: BrowserSessions;
  /** The surroundings for an organisation, or for nobody's page. */
  surroundings(about: {
    readonly tenant: Tenant | undefined;
    readonly supportId: string | undefined;
    readonly language: Language;
  }): Surroundings;
  /** In which a request is answered. */
  languageOf(request: FastifyRequest): Language;
  tenantOf(tenantId: string | undefined): Tenant | undefined;
  /** In whose name a flow's pages are: nobody's where nobody was verified, or it would tell theirs from a stranger's. */
  tenantShown(flow: Flow): Tenant | undefined;
  callerOf(request: FastifyRequest, session: BrowserSession): Caller;
  /** The session of a posted form; when it may not be acted on, answers that and is undefined. */
  acceptForm(request: FastifyRequest, reply: FastifyReply): BrowserSession | undefined;
}

/** A page of no organisation, and of no flow. */
export const NOBODYS = { tenant: undefined, supportId: undefined } as const;

export function createPageKit(deps: FrontDoorAppDeps): PageKit {
  const { tenants, wording, brands, assets, houseName, randomUuid, events } = deps;
  const only = tenants.length === 1 ? tenants[0] : undefined;
  const languageOf = (request: FastifyRequest) => browserLanguage(request, only?.language ?? 'en');
  const sessions = browserSessions({ ...deps, publicOrigin: new URL(deps.publicUrl).origin, languageOf });
  const surroundings: PageKit['surroundings'] = ({ tenant = only, supportId, language }) => ({
    texts: wording.pages(tenant?.id, language),
    organisationName: tenant?.name ?? houseName,
    brand: tenant && brands.get(tenant.id),
    supportId: supportId ?? randomUuid(),
    stylesheetHref: assets.stylesheetHref,
    iconHref: assets.iconHref,
    startHref: PATHS.start,
    contactHref: tenant !== undefined && tenant.contact === undefined ? undefined : PATHS.contact,
    tried: undefined,
  });
  return {
    deps,
    sessions,
    surroundings,
    languageOf,
    tenantOf: (tenantId) => tenants.find(({ id }) => id === tenantId) ?? only,
    tenantShown: ({ tenantId, stage }) =>
      stage.kind === 'stopped' && stage.stop.kind === 'cannot-verify'
        ? only
        : (tenants.find(({ id }) => id === tenantId) ?? only),
    callerOf: (request, session) => ({
      sessionHash: session.hash,
      addressKey: addressKeyOf(request),
      language: session.language,
    }),
    acceptForm(request, reply) {
      const session = sessions.readForm(request);
      if (session !== undefined) return session;
      events.formRefused({ route: request.routeOptions.url ?? '', addressKey: addressKeyOf(request) });
      sendPage(reply.code(403), cookiesNeededPage(surroundings({ ...NOBODYS, language: languageOf(request) })));
      return undefined;
    },
  };
}

/** A page, or the way to one, keeps the language that its address chooses: files and answers to machines may be kept by others on the way. */
export function sendPage(reply: FastifyReply, html: string): FastifyReply {
  rememberLanguage(reply.request, reply);
  return reply.type('text/html; charset=utf-8').send(html);
}

/** 303: whatever was posted, the next page is asked for with GET, and a reload posts nothing. */
export function goTo(reply: FastifyReply, path: string): FastifyReply {
  rememberLanguage(reply.request, reply);
  return reply.redirect(path, 303);
}

/** The browser has closed the connection: nobody is there to be answered. */
export class BrowserGone extends Failure {
  readonly code = 'browser-gone';
  readonly retry = { mayRetry: true, why: 'the person may come back and ask again' };
}

/** Aborts when the person has gone before the answer was given. */
export function signalOf(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort(new BrowserGone('the browser went away'));
  });
  return gone.signal;
}
