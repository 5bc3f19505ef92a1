// An AgentRegistry in memory. Kept honest by the same contract suite as the real one.

import type { AgentRegistry, EnrolledAgent } from '../../src/front-door/enrolment/agent-registry.js';
import type { AgentId, TenantId } from '../../src/protocol/identifiers.js';

export function memoryAgentRegistry(): AgentRegistry {
  const codes = new Map<string, { readonly tenantId: TenantId; readonly notAfterMs: number }>();
  const agents = new Map<AgentId, EnrolledAgent>();
  const change = (agentId: AgentId, changes: Partial<EnrolledAgent>): boolean => {
    const agent = agents.get(agentId);
    if (agent !== undefined) agents.set(agentId, { ...agent, ...changes });
    return agent !== undefined;
  };
  return {
    async addCode({ secretHash, tenantId, notAfterMs }) {
      codes.set(Buffer.from(secretHash).toString('hex'), { tenantId, notAfterMs });
    },
    async takeCode(secretHash, nowMs) {
      const key = Buffer.from(secretHash).toString('hex');
      const code = codes.get(key);
      codes.delete(key);
      return code !== undefined && nowMs < code.notAfterMs ? code.tenantId : undefined;
    },
    async add(agent) {
      if (agents.has(agent.agentId)) throw new Error('this agent id is taken');
      agents.set(agent.agentId, agent);
    },
    find: async (agentId) => agents.get(agentId),
    list: async (tenantId) =>
      [...agents.values()]
        .filter((agent) => agent.tenantId === tenantId)
        .sort((a, b) => a.enrolledAtMs - b.enrolledAtMs || a.agentId.localeCompare(b.agentId)),
    async markSeen(agentId, atMs) {
      change(agentId, { lastSeenAtMs: atMs });
    },
    revoke: async (agentId) => change(agentId, { isRevoked: true }),
  };
}
