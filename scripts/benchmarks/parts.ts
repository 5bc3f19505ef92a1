// Where a reset's time goes: sealing in the portal, the agent by its own log, and what is left for everything between. Pure.

import type { PortalReset } from './portal.js';
import { type PartReport, partOf } from './report.js';
import type { RoundsPlan } from './rounds.js';

/** `resets` in the order they ended, as `plan` made them; only those in a row are looked at. */
export function partsOf(
  resets: readonly PortalReset[],
  agentMs: ReadonlyMap<string, number>,
  plan: RoundsPlan,
): PartReport[] {
  const perRound = plan.inARow + plan.inTurn + plan.together;
  const alone = resets.filter((_, at) => at >= plan.warmUp && (at - plan.warmUp) % perRound < plan.inARow);
  const known = alone.flatMap((reset) => {
    const inAgentMs = agentMs.get(reset.resetId);
    return inAgentMs === undefined ? [] : [{ ...reset, inAgentMs }];
  });
  return [
    partOf(
      'whole',
      known.map(({ totalMs }) => totalMs),
    ),
    partOf(
      'without sealing',
      known.map(({ totalMs, sealingMs }) => totalMs - sealingMs),
    ),
    partOf(
      'sealing, in the portal',
      known.map(({ sealingMs }) => sealingMs),
    ),
    partOf(
      'HTTPS, front door and link',
      known.map(({ totalMs, sealingMs, inAgentMs }) => totalMs - sealingMs - inAgentMs),
    ),
    partOf(
      'agent: unsealing, ledger, reading, writing',
      known.map(({ inAgentMs }) => inAgentMs),
    ),
  ];
}
