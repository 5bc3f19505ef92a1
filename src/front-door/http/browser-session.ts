// What ties a browser to its flow: a random cookie, known to the store by its hash only, and a token in every form.
// A form counts when it comes from our own page of this very session.

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RandomBytes } from '../captcha/random-draws.js';
import type { Language } from '../languages/language.js';
import { FIELD_NAMES } from '../pages/field-names.js';
import { fieldOf } from './form-fields.js';

/** `__Host-`: only over HTTPS, only this host, the whole of it (RFC 6265bis §4.1.3.2). */
export const SESSION_COOKIE = '__Host-drawbridge-flow';

const TOKEN_BYTES = 32;

export interface BrowserSession {
  readonly hash: string;
  readonly csrfToken: string;
  /** What people quote while the session has no flow: the same on each of its pages, and in a mail they send. */
  readonly supportId: string;
  /** In which this browser is answered. */
  readonly language: Language;
}

export interface BrowserSessions {
  /** The session the request belongs to, or undefined. */
  read(request: FastifyRequest): BrowserSession | undefined;
  /** Makes a new session and sets its cookie. */
  make(reply: FastifyReply): BrowserSession;
  /** The session of a form that may be acted on; undefined when it is not from our own page of this session. */
  readForm(request: FastifyRequest): BrowserSession | undefined;
}

export function browserSessions(deps: {
  readonly random: RandomBytes;
  /** 32 bytes. */
  readonly digestKey: Uint8Array;
  readonly publicOrigin: string;
  readonly languageOf: (request: FastifyRequest) => Language;
}): BrowserSessions {
  const { random, digestKey, publicOrigin, languageOf } = deps;
  const sessionOf = (token: string, request: FastifyRequest): BrowserSession => ({
    hash: createHash('sha256').update(token).digest('base64url'),
    csrfToken: createHmac('sha256', digestKey).update(`csrf\n${token}`).digest('base64url'),
    supportId: uuidOf(createHmac('sha256', digestKey).update(`support id\n${token}`).digest('hex')),
    language: languageOf(request),
  });
  const read = (request: FastifyRequest): BrowserSession | undefined => {
    const token = request.cookies[SESSION_COOKIE];
    return token !== undefined && /^[A-Za-z0-9_-]{43}$/.test(token) ? sessionOf(token, request) : undefined;
  };
  return {
    read,
    make(reply) {
      const token = Buffer.from(random(TOKEN_BYTES)).toString('base64url');
      reply.setCookie(SESSION_COOKIE, token, { path: '/', secure: true, httpOnly: true, sameSite: 'lax' });
      return sessionOf(token, reply.request);
    },
    readForm(request) {
      if (!isFromOurPages(request, publicOrigin)) return undefined;
      const session = read(request);
      const given = fieldOf(request.body, FIELD_NAMES.csrfToken);
      return session !== undefined && isSame(given, session.csrfToken) ? session : undefined;
    },
  };
}

/**
 * Our pages send `Referrer-Policy: no-referrer`, with which browsers give `Origin: null` even to ourselves (Fetch §3.2):
 * so null says nothing, and `Sec-Fetch-Site` decides where there is one.
 */
function isFromOurPages(request: FastifyRequest, publicOrigin: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const { origin } = request.headers;
  return origin === undefined || origin === 'null' || origin === publicOrigin;
}

/** A UUID of version 8, whose content is ours (RFC 9562 §5.8). */
function uuidOf(hex: string): string {
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5');
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
