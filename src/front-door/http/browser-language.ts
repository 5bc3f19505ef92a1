// In which language a browser is answered: `?lang=de` on any page chooses one, and a cookie keeps it, without a session and for
// whoever comes next in this browser. Knows no page.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { chooseLanguage } from '../languages/choose-language.js';
import { type Language, languageOf } from '../languages/language.js';
import { LANGUAGE_QUERY } from '../pages/field-names.js';

/** `__Host-`: as the session's. What it holds is no secret and names nobody. */
export const LANGUAGE_COOKIE = '__Host-drawbridge-language';

const ONE_YEAR_S = 365 * 24 * 60 * 60;

export function browserLanguage(request: FastifyRequest, otherwise: Language): Language {
  // A path that the router could not take apart came past what reads cookies.
  const cookies: Readonly<Record<string, string | undefined>> | undefined = request.cookies;
  return chooseLanguage(
    {
      chosen: chosenBy(request),
      remembered: cookies?.[LANGUAGE_COOKIE],
      accepted: request.headers['accept-language'],
    },
    otherwise,
  );
}

/** Keeps what the request chooses, where it chooses one of ours. */
export function rememberLanguage(request: FastifyRequest, reply: FastifyReply): void {
  const language = languageOf(chosenBy(request) ?? '');
  if (language === undefined) return;
  reply.setCookie(LANGUAGE_COOKIE, language, {
    path: '/',
    secure: true,
    httpOnly: true,
    sameSite: 'lax',
    maxAge: ONE_YEAR_S,
  });
}

function chosenBy({ method, query }: FastifyRequest): string | undefined {
  if (method !== 'GET' || typeof query !== 'object' || query === null) return undefined;
  const chosen: unknown = Reflect.get(query, LANGUAGE_QUERY);
  return typeof chosen === 'string' ? chosen : undefined;
}
