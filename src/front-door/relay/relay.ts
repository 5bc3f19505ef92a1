// What the front door's subjects need of the agents: who is live, and a question carried to one of them.
// Knows nothing of WebSockets or nodes. Never sees a password: what it carries is sealed.

import type { AgentAnswer, AgentRequest } from '../../protocol/frames.js';
import type { AgentId, TenantId } from '../../protocol/identifiers.js';
import type { AgentOperation } from '../../protocol/operations.js';
import type { SealingKey } from '../../protocol/sealing-keys.js';
import type { ToldDirectory } from '../../protocol/told-groups.js';

export interface LiveAgent {
  readonly agentId: AgentId;
  readonly sealingKeys: readonly SealingKey[];
  readonly operations: readonly AgentOperation[];
  readonly isHeld: boolean;
  /** Its directories, and of which groups of each it tells. Undefined: of none in any. */
  readonly directories?: readonly ToldDirectory[] | undefined;
}

/** How a question ended. Only `answered` says anything of the directory. */
export type Relayed =
  | { readonly kind: 'answered'; readonly agentId: AgentId; readonly answer: AgentAnswer }
  /** No agent could take it: it was not sent to any. */
  | { readonly kind: 'no-agent' }
  /** It was sent and no answer came in time: what it asked for may have happened. Ask again with the same reset id. */
  | { readonly kind: 'answer-lost'; readonly agentId: AgentId };

export interface Relay {
  /** The tenant's agents that are linked, proven and not draining, longest linked first. */
  liveAgents(tenantId: TenantId): readonly LiveAgent[];
  /** Carries the request to `agentId`, where it is live and of this tenant. */
  ask(options: {
    readonly tenantId: TenantId;
    readonly agentId: AgentId;
    readonly request: AgentRequest;
    /** The agent gets ready meanwhile, and writes once this resolves; where it rejects, never. Default: at once. */
    readonly mayWrite?: Promise<void>;
    readonly signal: AbortSignal;
  }): Promise<Relayed>;
}
