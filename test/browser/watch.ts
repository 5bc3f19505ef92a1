// Watches a browser context: nothing may be asked of another origin, no content-security policy may be violated, and no script
// may fail. Keeps what was sent, so that a test can search it for what must never leave the browser.

import type { BrowserContext, ConsoleMessage, Request } from 'playwright-core';

export interface SentRequest {
  readonly method: string;
  readonly url: string;
  /** Address, header lines and body, as one text. */
  readonly text: string;
}

/** Adds to `troubles` what must not happen, as it happens. */
export function watch(
  context: BrowserContext,
  { origin, troubles }: { readonly origin: string; readonly troubles: string[] },
): readonly SentRequest[] {
  const requests: SentRequest[] = [];
  context.on('request', (request) => {
    requests.push(sent(request));
    if (new URL(request.url()).origin !== origin) troubles.push(`another origin is asked: ${request.url()}`);
  });
  context.on('weberror', (error) => troubles.push(`a script failed: ${String(error.error())}`));
  context.on('console', (message) => {
    if (isTrouble(message)) troubles.push(`the console says: ${message.text()}`);
  });
  return requests;
}

/** A page that says no with its status is no trouble; whatever else Chromium complains about is, CSP violations first. */
function isTrouble(message: ConsoleMessage): boolean {
  const isRefusalPage = /^Failed to load resource: the server responded with a status of [45]\d\d/.test(message.text());
  return ['error', 'warning'].includes(message.type()) && !isRefusalPage;
}

function sent(request: Request): SentRequest {
  const headers = Object.entries(request.headers()).map(([name, value]) => `${name}: ${value}`);
  const text = [request.url(), ...headers, request.postData() ?? ''].join('\n');
  return { method: request.method(), url: request.url(), text };
}

/** The requests in which this secret is, in any of the forms in which a browser would send text. */
export function requestsWith(secret: string, requests: readonly SentRequest[]): readonly string[] {
  const bytes = Buffer.from(secret);
  const forms = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    new URLSearchParams([['', secret]]).toString().slice(1),
    ...[bytes, Buffer.from(secret, 'utf16le')].flatMap((each) => [
      each.toString('hex'),
      each.toString('base64url'),
      encodeURIComponent(each.toString('base64')),
    ]),
  ];
  return requests.filter(({ text }) => forms.some((form) => text.includes(form))).map(({ url }) => url);
}
