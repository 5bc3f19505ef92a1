// The link in a notice: "it wasn't me". Following it shows what was done and changes nothing, as programs that look at mails follow
// links too; the button on that page says it, once, as any form of ours. A link that is used up or made up is one page, whichever it is.

import type { FastifyInstance } from 'fastify';
import type { DisownView } from '../disowning/disown.js';
import { disownedPage, disownLinkUnknownPage, disownPage } from '../pages/disown-pages.js';
import { THROTTLE_RULES } from '../throttles/throttle-rules.js';
import type { BrowserSession } from './browser-session.js';
import { instantInWords } from './instant-in-words.js';
import { goTo, NOBODYS, type PageKit, sendPage } from './page-kit.js';
import { disownPath, PATHS } from './paths.js';

const BLOCK_DAYS = THROTTLE_RULES.disowned.blockMs / (24 * 60 * 60_000);

interface WithToken {
  readonly Params: { readonly token: string };
}

export function disownRoutes(app: FastifyInstance, kit: PageKit): void {
  const { sessions, deps } = kit;
  const { disowning } = deps;

  app.get<WithToken>(`${PATHS.disown}/:token`, async (request, reply) => {
    const session = sessions.read(request) ?? sessions.make(reply);
    const { token } = request.params;
    const seen = await disowning.look(token, session.hash);
    if (seen === undefined) {
      const surroundings = kit.surroundings({ ...NOBODYS, language: session.language });
      return sendPage(reply.code(404), disownLinkUnknownPage(surroundings));
    }
    return sendPage(reply, pageOf(seen, session, disownPath(token)));
  });

  app.post<WithToken>(`${PATHS.disown}/:token`, async (request, reply) => {
    const session = kit.acceptForm(request, reply);
    if (session === undefined) return reply;
    const { token } = request.params;
    await disowning.disown(token, session.hash);
    return goTo(reply, disownPath(token));
  });

  function pageOf(seen: DisownView, session: BrowserSession, action: string): string {
    const { tenant, link } = seen;
    const surroundings = kit.surroundings({ tenant, supportId: link.supportId, language: session.language });
    if (seen.kind === 'said') return disownedPage({ blockDays: BLOCK_DAYS, ...seen.disowned }, surroundings);
    const when = instantInWords(link.doneAtMs, { locale: surroundings.texts.locale, timeZone: deps.timeZone });
    const { willInvalidate, waysToRemove } = seen;
    const form = { action, csrfToken: session.csrfToken };
    const view = { form, what: link.what, when, blockDays: BLOCK_DAYS, willInvalidate, waysToRemove };
    return disownPage(view, surroundings);
  }
}
