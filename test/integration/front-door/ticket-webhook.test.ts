// Messages to a ticket system over real HTTPS: signed, tried again after trouble, and refused wherever it is not surely the right one.

import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CertificateAuthority, createCertificateAuthority } from '../../../scripts/lab/certificate-authority.js';
import { describeFailure } from '../../../src/failure/failure.js';
import { createDataBox } from '../../../src/front-door/methods/data-box.js';
import { sealedOutbox } from '../../../src/front-door/outbox/sealed-outbox.js';
import { type FrontDoorStore, openSqliteStore } from '../../../src/front-door/sqlite/sqlite-store.js';
import { createTicketDelivery, TICKET_LIFETIME_MS } from '../../../src/front-door/tickets/deliver-tickets.js';
import { helpWanted, type Ticket } from '../../../src/front-door/tickets/write-ticket.js';
import { httpsWebhook, POST_DEADLINE_MS } from '../../../src/front-door/webhook/https-webhook.js';
import { parseTenantId } from '../../../src/protocol/identifiers.js';
import { Secret } from '../../../src/secret/secret.js';
import { FakeClock } from '../../support/fake-clock.js';

const tenantId = parseTenantId('example');
const KEY = Buffer.alloc(32, 7);
const signal = new AbortController().signal;

interface Received {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let clock: FakeClock;
let store: FrontDoorStore;
let authority: CertificateAuthority;
let server: Server;
let received: Received[];
let answer: (request: Received, response: ServerResponse) => void;
let events: {
  readonly event: string;
  readonly attempts: number;
  readonly willRetry?: boolean;
  readonly why?: string;
}[];
let url: string;

beforeEach(async () => {
  clock = new FakeClock();
  store = await openSqliteStore({ path: ':memory:', clock });
  authority = await createCertificateAuthority();
  received = [];
  events = [];
  answer = (_, response) => response.writeHead(204).end();
  await serve(['localhost']);
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await store[Symbol.asyncDispose]();
});

async function serve(hostNames: string[], by = authority): Promise<void> {
  const { certificatePem, privateKeyPem } = await by.issue({ hostNames });
  server = createServer({ cert: certificatePem, key: privateKeyPem }, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const one = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
    received.push(one);
    answer(one, response);
  });
  server.on('tlsClientError', () => undefined);
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  url = `https://localhost:${typeof address === 'object' ? address?.port : 0}/hooks/drawbridge?team=it`;
}

async function anotherServer(by: CertificateAuthority, hostNames: string[]): Promise<void> {
  server.closeAllConnections();
  server.close();
  await serve(hostNames, by);
}

function tickets(endpoint: { readonly ca?: string } = {}) {
  const box = createDataBox(new Uint8Array(32), 'ticket outbox');
  const ca = endpoint.ca ?? authority.certificatePem;
  const delivery = createTicketDelivery({
    store: store.ticketOutbox,
    box,
    endpoints: new Map([[tenantId, { url, ca, key: Secret.fromBytes(Uint8Array.from(KEY)) }]]),
    post: httpsWebhook({ clock }),
    clock,
    random: (count) => new Uint8Array(count).fill(0x80),
    events: {
      ticketSent: ({ attempts }) => events.push({ event: 'sent', attempts }),
      ticketNotSent: ({ failure, attempts, willRetry }) =>
        events.push({ event: 'not sent', attempts, willRetry, why: describeFailure(failure) }),
    },
  });
  const outbox = sealedOutbox<Ticket>({
    store: store.ticketOutbox,
    box,
    clock,
    randomUuid: () => crypto.randomUUID(),
    wake: () => delivery.wake(),
  });
  return { outbox, attempt: () => delivery.deliverDue(signal) };
}

const TENANT = { id: tenantId, name: 'Example' };
function aTicket(message = 'Grüße, canary-4711', of = TENANT): Ticket {
  const about = { tenant: of, messageId: crypto.randomUUID(), atMs: clock.nowMs(), supportId: 's-1' };
  return helpWanted(about, { account: 'ada@example.com', reach: '+49 30 5550100', message, why: undefined });
}
const put = (outbox: ReturnType<typeof tickets>['outbox'], ticket = aTicket()) =>
  outbox.put(ticket, clock.nowMs() + TICKET_LIFETIME_MS);

/** As the receiver's own library does it: over the bytes that came, with the secret it was given. */
function isSigned({ headers, body }: Received): boolean {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const expected = `v1,${createHmac('sha256', KEY).update(signed).digest('base64')}`;
  return headers['webhook-signature'] === expected;
}

describe('a message to a ticket system', () => {
  test('arrives whole, where it belongs, signed, as JSON, once', async () => {
    const { outbox, attempt } = tickets();
    const ticket = aTicket();
    await put(outbox, ticket);
    await attempt();
    await attempt();
    const [one, ...more] = received;
    expect(more).toEqual([]);
    expect(one?.path).toBe('/hooks/drawbridge?team=it');
    expect(one?.headers['content-type']).toBe('application/json');
    expect(one?.body).toBe(ticket.body);
    expect(one && isSigned(one)).toBe(true);
    expect(one?.headers['webhook-id']).toBe(JSON.parse(ticket.body).data.id);
    expect(Number(one?.headers['webhook-timestamp'])).toBe(Math.floor(clock.nowMs() / 1000));
    expect(events).toEqual([{ event: 'sent', attempts: 1 }]);
  });

  test('cannot be read out of the store while it waits', async () => {
    const { outbox } = tickets();
    await put(outbox);
    const [waiting] = await store.ticketOutbox.due(clock.nowMs(), 1);
    expect(Buffer.from(waiting?.sealedLetter ?? []).toString('latin1')).not.toContain('canary');
    expect(await store.outbox.due(clock.nowMs(), 9)).toEqual([]);
  });

  test('is tried again after a 500, later each time, under the same id and signed anew', async () => {
    const { outbox, attempt } = tickets();
    answer = (_, response) => response.writeHead(received.length < 3 ? 500 : 200).end('canary-answer');
    await put(outbox);
    await attempt();
    // Of five seconds a half at least, and a fraction of the rest by chance.
    await clock.advance(2_499);
    await attempt();
    expect(received).toHaveLength(1);
    await clock.advance(2_501);
    await attempt();
    await clock.advance(4_999);
    await attempt();
    expect(received).toHaveLength(2);
    await clock.advance(5_001);
    await attempt();
    expect(received.map(isSigned)).toEqual([true, true, true]);
    expect(new Set(received.map(({ headers }) => headers['webhook-id']))).toHaveLength(1);
    expect(new Set(received.map(({ headers }) => headers['webhook-timestamp']))).toHaveLength(3);
    expect(events.map(({ event, willRetry }) => [event, willRetry])).toEqual([
      ['not sent', true],
      ['not sent', true],
      ['sent', undefined],
    ]);
    expect(events[0]?.why).toContain('answered 500');
    expect(JSON.stringify(events)).not.toContain('canary');
  });

  test('is tried again after a cut', async () => {
    const { outbox, attempt } = tickets();
    answer = (_, response) => response.socket?.destroy();
    await put(outbox);
    await attempt();
    answer = (_, response) => response.writeHead(200).end();
    await clock.advance(5_000);
    await attempt();
    expect(received).toHaveLength(2);
    expect(events.map(({ event }) => event)).toEqual(['not sent', 'sent']);
  });

  test.each([301, 302, 307, 308])('does not follow a %i, wherever it leads, and says so', async (status) => {
    const { outbox, attempt } = tickets();
    answer = ({ path }, response) =>
      path === '/elsewhere'
        ? response.writeHead(200).end()
        : response.writeHead(status, { location: '/elsewhere' }).end();
    await put(outbox);
    await attempt();
    expect(received.map(({ path }) => path)).not.toContain('/elsewhere');
    expect(events).toMatchObject([{ event: 'not sent', willRetry: true, why: expect.stringContaining('redirects') }]);
  });

  test('is not sent to whose certificate comes from another authority, and it is said which setting names it', async () => {
    await anotherServer(await createCertificateAuthority('Somebody else'), ['localhost']);
    const { outbox, attempt } = tickets();
    await put(outbox);
    await attempt();
    expect(received).toEqual([]);
    expect(events).toMatchObject([{ event: 'not sent', why: expect.stringContaining('contact.webhook.caFile') }]);
  });

  test('is not sent to whose certificate is for another name', async () => {
    await anotherServer(authority, ['tickets.example.org']);
    const { outbox, attempt } = tickets();
    await put(outbox);
    await attempt();
    expect(received).toEqual([]);
    expect(events).toMatchObject([{ event: 'not sent', why: expect.stringContaining('another name') }]);
  });

  test('is given up for now when no answer comes in time, and the connection with it', async () => {
    const { outbox, attempt } = tickets();
    const closed = Promise.withResolvers<void>();
    answer = (_, response) => void response.on('close', () => closed.resolve());
    await put(outbox);
    const attempted = attempt();
    await expect.poll(() => received.length).toBe(1);
    await clock.advance(POST_DEADLINE_MS);
    await attempted;
    await closed.promise;
    expect(events).toMatchObject([{ event: 'not sent', willRetry: true, why: expect.stringContaining('in vain') }]);
  });

  test('that was taken stays taken, however long the answer goes on: no more of it is read than its status needs', async () => {
    const { outbox, attempt } = tickets();
    const closed = Promise.withResolvers<number>();
    answer = (_, response) => {
      response.writeHead(200);
      let written = 0;
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(8 * 1024))) written += 8 * 1024;
      };
      response.on('drain', more).on('error', () => undefined);
      response.on('close', () => closed.resolve(written));
      more();
    };
    await put(outbox);
    await attempt();
    expect(events).toEqual([{ event: 'sent', attempts: 1 }]);
    expect(await closed.promise).toBeLessThan(8 * 1024 * 1024);
  });

  test('is tried until its time is over, and no longer', async () => {
    const { outbox, attempt } = tickets();
    answer = (_, response) => response.writeHead(503).end();
    await put(outbox);
    const overAtS = (clock.nowMs() + TICKET_LIFETIME_MS) / 1000;
    for (let hours = 0; hours <= 72; hours += 1) {
      await attempt();
      await clock.advance(60 * 60_000);
    }
    expect(received.length).toBeGreaterThan(60);
    for (const { headers } of received) expect(Number(headers['webhook-timestamp'])).toBeLessThan(overAtS);
    const before = received.length;
    await clock.advance(24 * 60 * 60_000);
    await attempt();
    expect(received).toHaveLength(before);
    expect(await store.ticketOutbox.due(Number.MAX_SAFE_INTEGER, 9)).toEqual([]);
  });

  test('of an organisation whose webhook was taken out of the settings is given up at once', async () => {
    const { outbox, attempt } = tickets();
    await put(outbox, aTicket('x', { id: parseTenantId('elsewhere'), name: 'Elsewhere' }));
    await attempt();
    expect(received).toEqual([]);
    expect(events).toMatchObject([{ event: 'not sent', willRetry: false }]);
  });
});
