// Everything a command handler needs, made of fakes over one ledger that outlives the handler, and requests sealed for real.

import type { AuditJournal } from '../../src/agent/audit/audit-journal.js';
import type { DirectoryAccount } from '../../src/agent/directory/directory-account.js';
import type { Guardrails } from '../../src/agent/write-back/guardrails.js';
import {
  type CommandHandler,
  type CommandHandlerDeps,
  createCommandHandler,
} from '../../src/agent/write-back/handle-command.js';
import type { Ledger } from '../../src/agent/write-back/ledger.js';
import type { UnsealingKeys } from '../../src/agent/write-back/open-password.js';
import type { PasswordRules } from '../../src/agent/write-back/password-rules.js';
import type { WriteBackEvents } from '../../src/agent/write-back/write-back-events.js';
import { assert } from '../../src/failure/assert.js';
import {
  type AuditEntry,
  CHAIN_START,
  type ChainedEntry,
  chainEntry,
  verifyChain,
} from '../../src/protocol/audit-chain.js';
import { toBase64Url } from '../../src/protocol/base64url.js';
import type { Disposition } from '../../src/protocol/dispositions.js';
import type { ChangeRequest, ResetRequest, SignInRequest, UnlockRequest } from '../../src/protocol/frames.js';
import { type HpkeKeyPair, makeHpkeKeyPair, sealBase } from '../../src/protocol/hpke.js';
import { type AccountAnchor, parseResetId, parseTenantId, type ResetId } from '../../src/protocol/identifiers.js';
import { NO_FLAGS, type ResetFlags } from '../../src/protocol/operations.js';
import type { PolicyRule, ResetOutcome } from '../../src/protocol/outcomes.js';
import type { PasswordExplanation } from '../../src/protocol/sealed-explanation.js';
import { aadOf, PLAINTEXT_BYTES, SEALING_INFO, type SealingRecipient } from '../../src/protocol/sealed-password.js';
import { keyIdOf, sealForAllKeepingKeys, sealPassword } from '../../src/protocol/sealing.js';
import { FakeClock } from './fake-clock.js';
import { MemoryLedger } from './memory-ledger.js';
import { ADA, ScriptedWriter } from './scripted-writer.js';

export const TENANT = parseTenantId('example');
export const PASSWORD = 'Übung-macht-7-Meister';

/** The settings' own defaults. */
export const GUARDRAILS: Guardrails = {
  perAccountPerHour: 5,
  perMinute: 120,
  signInsPerAccountPerHour: 20,
  signInsPerMinute: 600,
};

export class MemoryJournal implements AuditJournal {
  readonly entries: ChainedEntry[] = [];
  isBroken = false;

  append(entry: AuditEntry): ChainedEntry {
    if (this.isBroken) throw new Error('the disk is full');
    const chained = chainEntry(this.head(), entry);
    this.entries.push(chained);
    return chained;
  }
  head() {
    return this.entries.at(-1) ?? CHAIN_START;
  }
  latest(countMax: number) {
    return this.entries.slice(-countMax).reverse();
  }
  verify() {
    return verifyChain(CHAIN_START, this.entries);
  }
}

/** Every event as it was told, by name. */
export class RecordedEvents implements WriteBackEvents {
  readonly told: { readonly name: keyof WriteBackEvents; readonly fields: object }[] = [];
  resetReceived = this.#record('resetReceived');
  resetAnswered = this.#record('resetAnswered');
  directoryFailed = this.#record('directoryFailed');
  writeSettled = this.#record('writeSettled');
  commandFailed = this.#record('commandFailed');

  named(name: keyof WriteBackEvents): readonly object[] {
    return this.told.filter((event) => event.name === name).map((event) => event.fields);
  }

  #record(name: keyof WriteBackEvents) {
    return (fields: object) => void this.told.push({ name, fields });
  }
}

export interface RequestOptions {
  readonly resetId?: ResetId;
  readonly anchor?: AccountAnchor;
  readonly flags?: ResetFlags;
  readonly notAfterMs?: number;
  readonly password?: string;
  readonly operation?: 'reset' | 'reset-after-compromise';
  /** What it is sealed for, where that differs from what it says. */
  readonly sealedFor?: Partial<{
    anchor: AccountAnchor;
    resetId: ResetId;
    tenantId: typeof TENANT;
    notAfterMs: number;
  }>;
}

export class WriteBackBench {
  readonly clock = new FakeClock();
  readonly writer = new ScriptedWriter();
  readonly journal = new MemoryJournal();
  readonly events = new RecordedEvents();
  readonly gate = { held: false, draining: false, isHeld: () => this.gate.held, isDraining: () => this.gate.draining };
  /** What our own rules say next: nothing stands in the way unless a test says so. */
  refusedFor: readonly PolicyRule[] = [];
  /** And what is said of it, for the person alone. */
  explanation: PasswordExplanation | undefined;
  readonly passwordRules: PasswordRules = {
    refusing: async () => ({ rules: this.refusedFor, explanation: this.explanation }),
    meantBy: async (said) => said,
  };
  readonly ledger: Ledger;
  readonly keys: UnsealingKeys = {
    keyPairOf: (keyId) => (keyId === this.#recipient.keyId ? this.#pair : undefined),
  };
  readonly never = new AbortController().signal;
  readonly #recipient: SealingRecipient;
  readonly #pair: HpkeKeyPair;
  #ids = 0;
  disposition: (account: DirectoryAccount) => Disposition = openDisposition;

  static async make(ledger: Ledger = new MemoryLedger()): Promise<WriteBackBench> {
    const pair = makeHpkeKeyPair();
    const { publicKey } = pair;
    return new WriteBackBench(ledger, pair, { keyId: await keyIdOf(publicKey), publicKey });
  }

  private constructor(ledger: Ledger, pair: HpkeKeyPair, recipient: SealingRecipient) {
    this.ledger = ledger;
    this.#pair = pair;
    this.#recipient = recipient;
  }

  /** A new handler over the same ledger, journal and directory: what a restart is. */
  start(changes: Partial<CommandHandlerDeps> = {}): CommandHandler {
    return createCommandHandler({
      tenantId: TENANT,
      clock: this.clock,
      ledger: this.ledger,
      journal: this.journal,
      writer: this.writer,
      keys: this.keys,
      decideDisposition: (account) => this.disposition(account),
      guardrails: GUARDRAILS,
      gate: this.gate,
      events: this.events,
      writesPerDomainControllerMax: 2,
      passwordRules: this.passwordRules,
      makeThrowAway: () => new TextEncoder().encode('Aa1-nobody-knows-this'),
      ...changes,
    });
  }

  newId(): ResetId {
    this.#ids += 1;
    return parseResetId(`00000000-0000-4000-8000-${String(this.#ids).padStart(12, '0')}`);
  }

  async reset(options: RequestOptions = {}): Promise<ResetRequest> {
    const {
      resetId = this.newId(),
      anchor = ADA,
      flags = { unlock: false, mustChange: false },
      notAfterMs = this.clock.nowMs() + 60_000,
      password = PASSWORD,
    } = options;
    const operation = options.operation ?? 'reset';
    const context = { tenantId: TENANT, resetId, anchor, operation, flags, notAfterMs };
    const sealed = await sealPassword({
      password,
      recipient: this.#recipient,
      context: { ...context, ...options.sealedFor },
    });
    return { kind: operation, resetId, anchor, flags, notAfterMs, sealed };
  }

  /** With the key of what may be said of the password. */
  async resetKeepingKey(): Promise<{ request: ResetRequest; explanationKey: Uint8Array<ArrayBuffer> }> {
    const bound = { resetId: this.newId(), anchor: ADA, flags: NO_FLAGS, notAfterMs: this.clock.nowMs() + 60_000 };
    const context = { ...bound, tenantId: TENANT, operation: 'reset' as const };
    const recipients = [this.#recipient];
    const [only] = await sealForAllKeepingKeys({ password: PASSWORD, recipients, context });
    assert(only !== undefined, 'it is sealed for the one recipient');
    return { request: { kind: 'reset', ...bound, sealed: only.sealed }, explanationKey: only.explanationKey };
  }

  async change(options: RequestOptions & { readonly currentPassword?: string } = {}): Promise<ChangeRequest> {
    const { resetId = this.newId(), anchor = ADA, notAfterMs = this.clock.nowMs() + 60_000 } = options;
    const { password = PASSWORD, currentPassword = 'Old-Lantern-5' } = options;
    const context = { tenantId: TENANT, resetId, anchor, operation: 'change' as const, flags: NO_FLAGS, notAfterMs };
    const sealed = await sealPassword({
      password,
      currentPassword,
      recipient: this.#recipient,
      context: { ...context, ...options.sealedFor },
    });
    return { kind: 'change', resetId, anchor, notAfterMs, sealed };
  }

  async signIn(options: RequestOptions = {}): Promise<SignInRequest> {
    const { resetId = this.newId(), anchor = ADA, notAfterMs = this.clock.nowMs() + 60_000 } = options;
    const { password = PASSWORD } = options;
    const context = { tenantId: TENANT, resetId, anchor, operation: 'sign-in' as const, flags: NO_FLAGS, notAfterMs };
    const sealed = await sealPassword({
      password,
      recipient: this.#recipient,
      context: { ...context, ...options.sealedFor },
    });
    return { kind: 'sign-in', resetId, anchor, notAfterMs, sealed };
  }

  /** A sign-in with bytes that no page would seal. */
  signInWith(bytes: Uint8Array): SignInRequest {
    const bound = { resetId: this.newId(), anchor: ADA, notAfterMs: this.clock.nowMs() + 60_000 };
    const plaintext = Buffer.alloc(PLAINTEXT_BYTES);
    plaintext.writeUInt16BE(bytes.length);
    plaintext.set(bytes, 2);
    const { keyId, publicKey: recipientPublicKey } = this.#recipient;
    const aad = aadOf(keyId, { ...bound, tenantId: TENANT, operation: 'sign-in', flags: NO_FLAGS });
    const { enc, ciphertext } = sealBase(plaintext, { recipientPublicKey, info: SEALING_INFO, aad });
    const sealed = { keyId, enc: toBase64Url(enc), ciphertext: toBase64Url(ciphertext) };
    return { kind: 'sign-in', ...bound, sealed };
  }

  unlock(options: RequestOptions = {}): UnlockRequest {
    const { resetId = this.newId(), anchor = ADA, notAfterMs = this.clock.nowMs() + 60_000 } = options;
    return { kind: 'unlock', resetId, anchor, notAfterMs };
  }

  async resetOnce(handler: CommandHandler, options: RequestOptions = {}): Promise<ResetOutcome> {
    return handler.handle(await this.reset(options), this.never);
  }
}

export function openDisposition({ state }: DirectoryAccount): Disposition {
  const allowed = { kind: 'allowed' } as const;
  return {
    kind: 'write-back',
    reset: allowed,
    change: { kind: 'closed', reason: 'not-enabled' },
    unlock: state.isLocked ? allowed : { kind: 'closed', reason: 'not-locked' },
    signIn: { kind: 'closed', reason: 'not-enabled' },
  };
}

/** Nothing but sign-ins are allowed. */
export function openToSignIn(_account: DirectoryAccount): Disposition {
  const closed = { kind: 'closed', reason: 'not-enabled' } as const;
  return { kind: 'write-back', reset: closed, change: closed, unlock: closed, signIn: { kind: 'allowed' } };
}
