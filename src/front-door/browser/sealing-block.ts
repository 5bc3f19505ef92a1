// Reads the page's `<script type="application/json" id="sealing">` into what sealing needs. Written by pages/new-password-page.tsx.
// Parsed by hand: the browser bundle carries no schema library. Anything unexpected is an error, never a guess.

import { fromBase64Url } from '../../protocol/base64url.js';
import { parseAccountAnchor, parseKeyId, parseResetId, parseTenantId } from '../../protocol/identifiers.js';
import type { SealingContext, SealingRecipient } from '../../protocol/sealed-password.js';

export interface Sealing {
  readonly recipients: readonly SealingRecipient[];
  readonly context: SealingContext;
}

/** Throws on anything that is not exactly what is expected. */
export function readSealingBlock(json: string): Sealing {
  const block = record(JSON.parse(json));
  const context = record(block.context);
  const flags = record(context.flags);
  const recipients = list(block.recipients)
    .map(record)
    .map((recipient) => ({
      keyId: parseKeyId(text(recipient.keyId)),
      publicKey: fromBase64Url(text(recipient.publicKey)),
    }));
  if (recipients.length === 0) throw new TypeError('the page names no agent to seal for');
  return {
    recipients,
    context: {
      tenantId: parseTenantId(text(context.tenantId)),
      resetId: parseResetId(text(context.resetId)),
      anchor: parseAccountAnchor(text(context.anchor)),
      operation: operationOf(context.operation),
      flags: { unlock: truth(flags.unlock), mustChange: truth(flags.mustChange) },
      notAfterMs: instant(context.notAfterMs),
    },
  };
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('expected an object');
  return { ...value };
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new TypeError('expected a list');
  return value;
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('expected text');
  return value;
}

function truth(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new TypeError('expected true or false');
  return value;
}

function instant(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new TypeError('expected a whole number');
  return value;
}

function operationOf(value: unknown): 'reset' | 'change' | 'sign-in' {
  if (value !== 'reset' && value !== 'change' && value !== 'sign-in')
    throw new TypeError('no page of ours asks for that');
  return value;
}
