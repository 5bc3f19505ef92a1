// A relay with one agent and a directory of a few accounts, without a link; and, where asked for, a second agent that was linked
// longer and knows none of them. Opens what is sealed with its own key, so that
// tests can see which password arrived; keeps a ledger of reset ids as a real agent does.

import type { LiveAgent, Relay, Relayed } from '../../src/front-door/relay/relay.js';
import { makeOwnSealingKey, type OwnSealingKey } from '../../src/front-door/sealing-keys/own-sealing-key.js';
import { accountNames } from '../../src/protocol/account-names.js';
import type {
  AgentAnswer,
  AgentRequest,
  ChangeRequest,
  ResetRequest,
  SignInRequest,
} from '../../src/protocol/frames.js';
import { type AgentId, parseAgentId, type ResetId, type TenantId } from '../../src/protocol/identifiers.js';
import type { Inspection } from '../../src/protocol/managed-accounts.js';
import { anchorOfName } from '../../src/protocol/named-account.js';
import { NO_FLAGS } from '../../src/protocol/operations.js';
import type { ResetOutcome } from '../../src/protocol/outcomes.js';
import { openSealedPassword, openSealedPasswords } from '../../src/protocol/unsealing.js';

type Found = Extract<Inspection, { kind: 'found' }>;

const STRANGER = parseAgentId('00000000-0000-4000-8000-0000000000b2');
const NOT_FOUND: AgentAnswer = { kind: 'inspected', inspection: { kind: 'not-found' } };
const NO_SUCH_ACCOUNT: AgentAnswer = { kind: 'outcome', outcome: { kind: 'no-such-account' } };

export class FakeRelay implements Relay {
  readonly agentId: AgentId = parseAgentId('00000000-0000-4000-8000-0000000000a1');
  readonly people: Found[] = [];
  /** Passwords as they arrived, with the account they were for. */
  readonly arrived: { readonly anchor: string; readonly password: string }[] = [];
  readonly asked: AgentRequest[] = [];
  readonly askedStranger: AgentRequest[] = [];
  readonly ledger = new Map<ResetId, ResetOutcome>();
  isLinked = true;
  hasStranger = false;
  isDirectoryAway = false;
  isHeld = false;
  operations: LiveAgent['operations'] = ['reset', 'unlock', 'invalidate-password'];
  /** What people sign in with, by anchor. */
  readonly passwords = new Map<string, string>();
  /** Of which groups it tells. */
  directories: LiveAgent['directories'];
  /** What the next commands come to, in order; `done` when empty. `lost`: done, but the answer does not come back. */
  readonly outcomes: (ResetOutcome | 'lost' | 'never')[] = [];
  readonly #key: OwnSealingKey;

  readonly #strangersKey: OwnSealingKey;

  private constructor(key: OwnSealingKey, strangersKey: OwnSealingKey) {
    this.#key = key;
    this.#strangersKey = strangersKey;
  }

  static async make(): Promise<FakeRelay> {
    return new FakeRelay(await makeOwnSealingKey(), await makeOwnSealingKey());
  }

  liveAgents(_tenantId: TenantId): readonly LiveAgent[] {
    return [
      ...(this.hasStranger ? [this.#agent(STRANGER, this.#strangersKey)] : []),
      ...(this.isLinked ? [this.#agent(this.agentId, this.#key)] : []),
    ];
  }

  #agent(agentId: AgentId, { keyId, publicKey }: OwnSealingKey): LiveAgent {
    const key = { keyId, publicKey, notBeforeMs: 0, notAfterMs: Number.MAX_SAFE_INTEGER, signature: 'A'.repeat(86) };
    const { operations, isHeld, directories } = this;
    return { agentId, sealingKeys: [key], operations, isHeld, directories };
  }

  async ask(options: Parameters<Relay['ask']>[0]): Promise<Relayed> {
    const { request, tenantId, agentId } = options;
    if (agentId === STRANGER && this.hasStranger) {
      this.askedStranger.push(request);
      const nobody = request.kind === 'inspect' ? NOT_FOUND : NO_SUCH_ACCOUNT;
      return { kind: 'answered', agentId, answer: nobody };
    }
    if (!this.isLinked) return { kind: 'no-agent' };
    this.asked.push(request);
    if (request.kind === 'inspect') {
      return this.#answered({ kind: 'inspected', inspection: this.#inspect(request.subject) });
    }
    if (!(await mayEver(options.mayWrite))) return { kind: 'no-agent' };
    const known = this.ledger.get(request.resetId);
    if (known !== undefined) return this.#answered({ kind: 'outcome', outcome: known });
    const scripted = this.outcomes.shift() ?? ({ kind: 'done', settledBy: 'answer' } as const);
    if (scripted === 'never') return { kind: 'answer-lost', agentId: this.agentId };
    const wanted: ResetOutcome = scripted === 'lost' ? { kind: 'done', settledBy: 'answer' } : scripted;
    const outcome = await this.#outcomeOf(tenantId, request, wanted);
    this.ledger.set(request.resetId, outcome);
    return scripted === 'lost'
      ? { kind: 'answer-lost', agentId: this.agentId }
      : this.#answered({ kind: 'outcome', outcome });
  }

  async #outcomeOf(
    tenantId: TenantId,
    request: Exclude<AgentRequest, { kind: 'inspect' }>,
    wanted: ResetOutcome,
  ): Promise<ResetOutcome> {
    if (request.kind === 'sign-in' || request.kind === 'change') return this.#withPassword(tenantId, request, wanted);
    return request.kind === 'reset' ? this.#reset(tenantId, request, wanted) : wanted;
  }

  /** As an agent does: what does not open for the name, or is not the password, is refused whatever was scripted. */
  #withPassword(tenantId: TenantId, request: SignInRequest | ChangeRequest, wanted: ResetOutcome): ResetOutcome {
    const { resetId, anchor, userId = '', notAfterMs, sealed, kind: operation } = request;
    const context = { tenantId, resetId, anchor: anchorOfName(userId), operation, flags: NO_FLAGS, notAfterMs };
    try {
      const opened = openSealedPasswords({ sealed, keyPair: this.#key.pair, context });
      const [password, current] = [opened.password, opened.currentPassword ?? opened.password].map((bytes) =>
        new TextDecoder().decode(bytes),
      );
      if (this.passwords.get(anchor) !== current) return { kind: 'wrong-password' };
      if (operation === 'change' && wanted.kind === 'done') this.passwords.set(anchor, password ?? '');
      return wanted;
    } catch {
      return { kind: 'unsealing-failed' };
    }
  }

  async #reset(tenantId: TenantId, request: ResetRequest, wanted: ResetOutcome): Promise<ResetOutcome> {
    const { resetId, anchor, flags, notAfterMs, sealed } = request;
    const context = { tenantId, resetId, anchor, operation: 'reset', flags, notAfterMs } as const;
    try {
      const bytes = openSealedPassword({ sealed, keyPair: this.#key.pair, context });
      this.arrived.push({ anchor, password: new TextDecoder().decode(bytes) });
      return wanted;
    } catch {
      return { kind: 'unsealing-failed' };
    }
  }

  #inspect(subject: Extract<AgentRequest, { kind: 'inspect' }>['subject']): Inspection {
    if (this.isDirectoryAway) return { kind: 'try-later', reason: 'directory-unreachable' };
    const found = this.people.filter(({ account }) =>
      subject.kind === 'anchor' ? account.anchor === subject.anchor : accountNames(account).includes(subject.userId),
    );
    const [only, another] = found;
    if (only === undefined) return { kind: 'not-found' };
    return another === undefined ? only : { kind: 'ambiguous' };
  }

  #answered(answer: Extract<Relayed, { kind: 'answered' }>['answer']): Relayed {
    return { kind: 'answered', agentId: this.agentId, answer };
  }
}

function mayEver(mayWrite: Promise<void> = Promise.resolve()): Promise<boolean> {
  return mayWrite.then(
    () => true,
    () => false,
  );
}
