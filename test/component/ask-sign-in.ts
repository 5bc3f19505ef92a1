// Asks an agent, as a front door, whether a password is a person's: sealed as an honest browser would, whatever it is asked with.

import { randomUUID } from 'node:crypto';
import { fromBase64Url } from '../../src/protocol/base64url.js';
import type { SignInRequest } from '../../src/protocol/frames.js';
import { type AccountAnchor, parseResetId } from '../../src/protocol/identifiers.js';
import { LIMITS } from '../../src/protocol/limits.js';
import { NO_FLAGS } from '../../src/protocol/operations.js';
import type { ResetOutcome } from '../../src/protocol/outcomes.js';
import { sealPassword } from '../../src/protocol/sealing.js';
import type { HostileFrontDoor, HostileLink } from './hostile-front-door.js';

export async function anchorOf(link: HostileLink, userId: string): Promise<AccountAnchor> {
  const answer = await link.ask({ kind: 'inspect', subject: { kind: 'user-id', userId } });
  if (answer.kind !== 'inspected' || answer.inspection.kind !== 'found') throw new Error(`${userId} was not found`);
  return answer.inspection.account.anchor;
}

export async function sealedSignIn(
  { door, link }: { readonly door: HostileFrontDoor; readonly link: HostileLink },
  userId: string,
  password: string,
): Promise<SignInRequest> {
  const [key] = link.sealingKeys;
  if (key === undefined) throw new Error('the agent has no sealing key');
  const recipient = { keyId: key.keyId, publicKey: fromBase64Url(key.publicKey) };
  const bound = {
    resetId: parseResetId(randomUUID()),
    anchor: await anchorOf(link, userId),
    notAfterMs: Date.now() + LIMITS.commandLifetimeMs,
  };
  const context = { ...bound, tenantId: door.tenantId, operation: 'sign-in' as const, flags: NO_FLAGS };
  return { kind: 'sign-in', ...bound, sealed: await sealPassword({ password, recipient, context }) };
}

export async function outcomeOf(link: HostileLink, request: unknown): Promise<ResetOutcome> {
  const answer = await link.ask(request);
  if (answer.kind !== 'outcome') throw new Error(`no outcome: ${answer.kind}`);
  return answer.outcome;
}
