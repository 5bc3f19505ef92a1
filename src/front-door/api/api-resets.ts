// The port for what was asked for through the API: one row per reset id, with the last word on it.
// Invariant: a reset id belongs to one agent, since each agent's ledger knows only what it was asked itself. It moves to another
// one only when that agent has said that nothing was written, or was never sent it.
// Holds no password, sealed or not: only the fingerprint that tells two intents apart.

import type { AccountAnchor, AgentId, KeyId, ResetId, TenantId } from '../../protocol/identifiers.js';
import type { Operation } from '../../protocol/operations.js';
import type { ResetOutcome } from '../../protocol/outcomes.js';

export interface ApiReset {
  /** Reset ids are a tenant's own: another tenant's are neither found nor in the way. */
  readonly tenantId: TenantId;
  readonly resetId: ResetId;
  /** SHA-256 of everything that was asked, in hexadecimal: the same id with another one is another intent. */
  readonly fingerprint: string;
  readonly anchor: AccountAnchor;
  readonly operation: Operation;
  readonly tokenId: string;
  /** Undefined: an account of the front door's own, which no agent is asked about. */
  readonly agentId: AgentId | undefined;
  /** Which of the sealed passwords was sent, so that it is the same one when it is asked for again; undefined for an unlock. */
  readonly keyId: KeyId | undefined;
  readonly submittedAtMs: number;
  readonly notAfterMs: number;
  /** The last answer; undefined while there is none: it may have happened. */
  readonly outcome: ResetOutcome | undefined;
  readonly answeredAtMs: number | undefined;
}

export interface BegunReset {
  readonly isNew: boolean;
  readonly reset: ApiReset;
  /** Resolves once a power cut cannot take it any more: before anything is written for it. */
  readonly onDisk: Promise<void>;
}

export interface ApiResets {
  /** Keeps it unless its id is known, and resolves to what stands there now. */
  begin(reset: ApiReset): Promise<BegunReset>;
  find(tenantId: TenantId, resetId: ResetId): Promise<ApiReset | undefined>;
  /** Resolves once a power cut can take nothing any more that is found now: a row may be found that its own call still waits for. */
  onDisk(): Promise<void>;
  /** The id belongs to this agent, and that key, from now on. Durable when it resolves: before the agent is asked. */
  move(reset: Pick<ApiReset, 'tenantId' | 'resetId' | 'agentId' | 'keyId'>): Promise<void>;
  /**
   * Writes the outcome down, unless what stands there is `done` already: nothing that comes later takes that back.
   * Undefined: it is about to be asked again, so that until then nobody can say that nothing was written.
   * True when this changed what stood there, so that of two who learn it at once one tells the person.
   */
  answer(options: {
    readonly tenantId: TenantId;
    readonly resetId: ResetId;
    readonly outcome: ResetOutcome | undefined;
    readonly atMs: number;
  }): Promise<boolean>;
}
