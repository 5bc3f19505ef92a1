// What a ticket system is told: that somebody asks for help, or that a person disowned what was done to their account. Pure.
// What a stranger typed is marked as that, and loses the signs by which text could pass for something else.

import { isoInstant } from '../../timing/clock.js';
import type { Disownable, PasswordFate } from '../disowning/disown-store.js';
import { strangersText, strangersTextInLines } from '../notices/strangers-text.js';
import type { Tenant } from '../tenants/tenant.js';

/** A message as it waits: which organisation's, and what is posted. */
export interface Ticket {
  readonly tenantId: Tenant['id'];
  /** Made once for the message, in its body too. */
  readonly messageId: string;
  /** JSON, as it is signed and posted. */
  readonly body: string;
}

interface About {
  readonly tenant: Pick<Tenant, 'id' | 'name'>;
  readonly messageId: string;
  readonly atMs: number;
  readonly supportId: string;
}

/** From "Contact your administrator". Everything but `why` was typed by somebody who has proved nothing. */
export function helpWanted(
  about: About,
  asked: {
    readonly account: string;
    readonly reach: string;
    readonly message: string;
    /** Our own words on why the person was sent to their administrator; undefined when nothing is known. */
    readonly why: string | undefined;
  },
): Ticket {
  return ticketOf(about, 'help.wanted', {
    account: strangersText(asked.account),
    reach: strangersText(asked.reach),
    message: strangersTextInLines(asked.message),
    why: asked.why ?? null,
    // Of the person: nobody has checked who wrote this.
    isVerified: false,
  });
}

/** After "this wasn't me". */
export function accountDisowned(
  about: About,
  disowned: {
    readonly account: string;
    readonly what: Disownable;
    readonly doneAtMs: number;
    readonly password: PasswordFate;
    readonly waysRemoved: number;
    readonly outcomeCode: string | undefined;
  },
): Ticket {
  const { outcomeCode, doneAtMs, ...more } = disowned;
  const doneAt = isoInstant(doneAtMs);
  return ticketOf(about, 'account.disowned', { ...more, doneAt, outcomeCode: outcomeCode ?? null });
}

function ticketOf({ tenant, messageId, atMs, supportId }: About, type: string, more: Record<string, unknown>): Ticket {
  const organisation = { id: tenant.id, name: tenant.name };
  const data = { id: messageId, tenant: organisation, supportId, ...more };
  return { tenantId: tenant.id, messageId, body: JSON.stringify({ type, timestamp: isoInstant(atMs), data }) };
}
