// Which screens a route leads a person through, one after the other, before anybody has walked it. Pure: from the route's own values.
// Knows no page and no words.

import type { RegisteredMethod } from '../methods/proof-method.js';
import { type Route, type StrangersRoute, strangersView } from './decide-route.js';
import type { FlowOperation } from './flow-operation.js';

export type Screen =
  | { readonly kind: 'start' }
  | { readonly kind: 'trouble' }
  /** What may be chosen at this gate, counted from 1; at the second whatever is not of the kind that passed the first. */
  | {
      readonly kind: 'method';
      readonly gate: number;
      readonly gates: number;
      readonly methods: readonly RegisteredMethod[];
    }
  /** One of these, as was chosen. */
  | {
      readonly kind: 'code';
      readonly gate: number;
      readonly gates: number;
      readonly methods: readonly RegisteredMethod[];
    }
  /** One for each of what is offered. */
  | { readonly kind: 'finish'; readonly operations: readonly FlowOperation[] }
  | { readonly kind: 'result'; readonly operations: readonly FlowOperation[] }
  /** The last one. */
  | { readonly kind: 'stop'; readonly stop: Exclude<StrangersRoute, { kind: 'prove' }> };

/** `methods`: what is registered of the kinds that the policy takes. */
export function foreseeScreens(route: Route, methods: readonly RegisteredMethod[]): readonly Screen[] {
  const seen = strangersView(route);
  if (seen.kind !== 'prove') return [{ kind: 'start' }, { kind: 'stop', stop: seen }];
  const { gates, offers: operations } = seen;
  const proving = Array.from({ length: gates }, (_, at) => at + 1).flatMap((gate): Screen[] => [
    { kind: 'method', gate, gates, methods },
    { kind: 'code', gate, gates, methods },
  ]);
  return [
    { kind: 'start' },
    ...(operations.length > 1 ? [{ kind: 'trouble' } as const] : []),
    ...proving,
    { kind: 'finish', operations },
    { kind: 'result', operations },
  ];
}
