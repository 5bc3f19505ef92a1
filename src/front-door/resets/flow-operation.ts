// What people are offered on the pages when they have no password they know: a part of what an agent can be asked. Data only.

export const FLOW_OPERATIONS = ['reset', 'unlock'] as const;
export type FlowOperation = (typeof FLOW_OPERATIONS)[number];
