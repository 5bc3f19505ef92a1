// Shows the demo's received mail in the browser: a plain page of the newest mails, each mail's text, and the newest text messages.
// For the demo alone: what it shows are codes of a throw-away domain. Listens on loopback.

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MailSink, SunkMail } from '../lab/mail-sink.js';
import type { SunkText, TextSink } from '../lab/text-sink.js';

export interface MailPage extends AsyncDisposable {
  readonly url: string;
}

export async function startMailPage(options: {
  readonly host: string;
  readonly port: number;
  readonly sink: MailSink;
  readonly texts: TextSink;
}): Promise<MailPage> {
  const server: Server = createServer((request, response) => {
    const path = request.url ?? '/';
    const number = /^\/(\d+)$/.exec(path)?.[1];
    const mail = options.sink.mails.find((each) => String(each.number) === number);
    const isKnown = path === '/' || path === '/texts' || mail !== undefined;
    response.writeHead(isKnown ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'",
      'cache-control': 'no-store',
    });
    const list = () => (path === '/texts' ? textsOf(options.texts.texts) : listOf(options.sink.mails));
    response.end(page(mail === undefined ? list() : single(mail)));
  });
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.host}:${port}/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function listOf(mails: readonly SunkMail[]): string {
  if (mails.length === 0)
    return '<h1>Received mail</h1><p>No mail yet. Ask for a code, then look here again.</p><p><a href="/texts">Text messages</a></p>';
  const rows = mails
    .toReversed()
    .map(
      ({ number, receivedAt, to, subject }) =>
        `<li><a href="/${number}">${escapeHtml(subject)}</a><br><small>to ${escapeHtml(to)}, ${receivedAt.toLocaleTimeString('en-GB')}</small></li>`,
    );
  return `<h1>Received mail</h1><p>Newest first. <a href="/">Look again</a>, or at the <a href="/texts">text messages</a></p><ol reversed>${rows.join('')}</ol>`;
}

function textsOf(texts: readonly SunkText[]): string {
  const rows = texts
    .toReversed()
    .map(
      ({ receivedAt, to, text }) =>
        `<li><small>to ${escapeHtml(to)}, ${receivedAt.toLocaleTimeString('en-GB')}</small><pre>${escapeHtml(text)}</pre></li>`,
    );
  const list = rows.length === 0 ? '<p>No text message yet.</p>' : `<ol reversed>${rows.join('')}</ol>`;
  return `<h1>Received text messages</h1><p>Newest first. <a href="/texts">Look again</a>, or at the <a href="/">mail</a></p>${list}`;
}

function single({ to, subject, text }: SunkMail): string {
  return `<p><a href="/">All mail</a></p><h1>${escapeHtml(subject)}</h1><p>to ${escapeHtml(to)}</p><pre>${withLinks(escapeHtml(text))}</pre>`;
}

/** Addresses can be followed from here, as from any mail program. `text`: escaped. */
function withLinks(text: string): string {
  return text.replaceAll(/https:\/\/[A-Za-z0-9._~:/?-]+/g, '<a href="$&">$&</a>');
}

function page(body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Demo mail</title><style>:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}body{max-width:42rem;margin:2rem auto;padding:0 1rem}
li{margin:.75rem 0}pre{white-space:pre-wrap;font:inherit;border:1px solid color-mix(in srgb,currentColor 25%,transparent);border-radius:.5rem;padding:1rem}</style>${body}</html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
