// An AgentRegistry in memory. Kept honest by the same contract suite as the real one.

import {
  type AgentRegistry,
  ENROLMENT_LIMITS,
  type EnrolledAgent,
  type IssuedCodeKeys,
} from '../../src/front-door/enrolment/agent-registry.js';
import type { AgentId } from '../../src/protocol/identifiers.js';

export function memoryAgentRegistry(): AgentRegistry {
  const codes = new Map<string, IssuedCodeKeys>();
  const agents = new Map<AgentId, EnrolledAgent>();
  const change = (agentId: AgentId, changes: Partial<EnrolledAgent>): boolean => {
    const agent = agents.get(agentId);
    if (agent !== undefined) agents.set(agentId, { ...agent, ...changes });
    return agent !== undefined;
  };
  return {
    async addCode(code) {
      if (codes.size >= ENROLMENT_LIMITS.codesMax) return false;
      codes.set(Buffer.from(code.codeId).toString('hex'), code);
      return true;
    },
    async takeCode(codeId, nowMs) {
      const id = Buffer.from(codeId).toString('hex');
      const code = codes.get(id);
      codes.delete(id);
      if (code === undefined || code.notAfterMs <= nowMs) return undefined;
      return { tenantId: code.tenantId, codeKey: code.codeKey };
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
