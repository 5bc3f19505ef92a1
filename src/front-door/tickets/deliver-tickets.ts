// Posts what waits for ticket systems, signed at each attempt, and tries again, at no moment that could be foreseen, until its time is
// over. A ticket system that is away, slow or wrongly set holds up nobody's page and nobody's mail. Knows no HTTP.

import { z } from 'zod';
import { Failure } from '../../failure/failure.js';
import type { TenantId } from '../../protocol/identifiers.js';
import { identifierSchemas } from '../../protocol/managed-accounts.js';
import type { Secret } from '../../secret/secret.js';
import { drawBetween, type RandomBytes } from '../captcha/random-draws.js';
import { createDelivery, type DeliveryDeps, doubledWaitMs, type OutboxDelivery } from '../outbox/delivery.js';
import type { LetterBox } from '../outbox/sealed-outbox.js';
import { webhookHeaders } from './sign-webhook.js';
import type { Ticket } from './write-ticket.js';

/** Where one organisation's messages go. */
export interface TicketEndpoint {
  /** https. */
  readonly url: string;
  /** PEM of the authorities its certificate may come from; undefined for the system's. */
  readonly ca: string | undefined;
  /** The bytes that `whsec_…` stands for. */
  readonly key: Secret;
}

/** Posts a body once. Throws TicketNotTaken, or DeadlineExceeded. */
export type PostTicket = (
  endpoint: Pick<TicketEndpoint, 'url' | 'ca'>,
  message: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  signal: AbortSignal,
) => Promise<void>;

/** The settings name no webhook for this organisation any more. */
export class TicketEndpointGone extends Failure {
  readonly code = 'ticket-endpoint-gone';
  readonly retry = { mayRetry: false, why: 'whoever took the webhook out of the settings wants no message' };
}

export interface TicketEvents {
  ticketSent(event: { readonly tenantId: TenantId; readonly attempts: number }): void;
  /** `tenantId` undefined: the store is away, or what waited cannot be opened. Advice: the failure names what the receiver said. */
  ticketNotSent(event: {
    readonly tenantId: TenantId | undefined;
    readonly failure: unknown;
    readonly attempts: number;
    readonly willRetry: boolean;
  }): void;
}

/** As long as an administrator's mail is of use. */
export const TICKET_LIFETIME_MS = 3 * 24 * 60 * 60_000;
const WAITS = { firstMs: 5_000, lastMs: 60 * 60_000 };
/** Of each wait, so much is left to chance: receivers that come back are not met by everybody at once. */
const SHARE_OF_CHANCE = 0.5;

export type TicketOutbox = LetterBox<Ticket>;

export interface DeliverTicketsDeps extends Pick<DeliveryDeps<Ticket>, 'store' | 'box' | 'clock'> {
  readonly endpoints: ReadonlyMap<TenantId, TicketEndpoint>;
  readonly post: PostTicket;
  readonly random: RandomBytes;
  readonly events: TicketEvents;
}

export function createTicketDelivery(deps: DeliverTicketsDeps): OutboxDelivery {
  const { store, box, clock, endpoints, post, random, events } = deps;
  return createDelivery<Ticket>({
    store,
    box,
    clock,
    read: (kept) => ticketSchema.parse(kept),
    async send({ tenantId, messageId: id, body }, signal) {
      const endpoint = endpoints.get(tenantId);
      if (endpoint === undefined) throw new TicketEndpointGone(`no webhook is set for ${tenantId}`);
      const timestampS = Math.floor(clock.nowMs() / 1000);
      const headers = webhookHeaders({ id, timestampS, body }, endpoint.key.exposeBytes());
      await post(endpoint, { headers, body }, signal);
    },
    retryAfterMs: (attempts) =>
      Math.round(doubledWaitMs(attempts, WAITS) * drawBetween(random, 1 - SHARE_OF_CHANCE, 1)),
    onSent: ({ letter, attempts }) => events.ticketSent({ tenantId: letter.tenantId, attempts }),
    onNotSent: ({ letter, error, attempts, willRetry }) =>
      events.ticketNotSent({ tenantId: letter?.tenantId, failure: error, attempts, willRetry }),
  });
}

const ticketSchema = z.object({ tenantId: identifierSchemas.tenantId, messageId: z.string(), body: z.string() });
