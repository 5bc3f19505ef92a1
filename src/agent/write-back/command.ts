// One command as write-back sees it: what is asked, for whom, until when, and the fingerprint that tells two intents apart.
// Pure. Holds the sealed password, never an open one.

import { hash } from 'node:crypto';
import { canonicalBytes } from '../../protocol/canonical-bytes.js';
import type {
  ChangeRequest,
  InvalidateRequest,
  ResetRequest,
  SignInRequest,
  UnlockRequest,
} from '../../protocol/frames.js';
import { LIMITS } from '../../protocol/limits.js';
import { NO_FLAGS } from '../../protocol/operations.js';
import type { LedgerCommand } from './ledger.js';

/** Those in which a password is sealed. */
export type SealedRequest = ResetRequest | ChangeRequest | SignInRequest;
export type CommandRequest = SealedRequest | UnlockRequest | InvalidateRequest;

export interface Command extends LedgerCommand {
  readonly request: CommandRequest;
}

export function commandOf(request: CommandRequest): Command {
  return {
    resetId: request.resetId,
    fingerprint: hash('sha256', fingerprintBytes(request), 'hex'),
    operation: request.kind,
    anchor: request.anchor,
    notAfterMs: request.notAfterMs,
    request,
  };
}

/** Too late to be carried out, or valid for longer than any honest sender makes it. */
export function isExpired(command: Command, nowMs: number): boolean {
  return command.notAfterMs < nowMs || command.notAfterMs > nowMs + LIMITS.commandLifetimeMs + LIMITS.clockSkewMaxMs;
}

function fingerprintBytes(request: CommandRequest): Uint8Array {
  const name = 'userId' in request && request.userId !== undefined ? [request.userId] : [];
  const bound = [request.resetId, request.anchor, BigInt(request.notAfterMs), ...name];
  if (!('sealed' in request)) return canonicalBytes(`drawbridge/command/1/${request.kind}`, bound);
  const { sealed } = request;
  const { unlock, mustChange } = 'flags' in request ? request.flags : NO_FLAGS;
  return canonicalBytes(`drawbridge/command/1/${request.kind}`, [
    ...bound,
    `unlock=${unlock};must-change=${mustChange}`,
    sealed.keyId,
    sealed.enc,
    sealed.ciphertext,
  ]);
}
