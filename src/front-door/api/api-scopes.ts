// What a token may be issued for. Each call needs exactly one of them. Pure.

export const API_SCOPES = [
  'routes:read',
  'sealing-keys:read',
  'resets:write',
  'resets:read',
  'sync:read',
  'policy:read',
  'policy:write',
] as const;
export type ApiScope = (typeof API_SCOPES)[number];

export const SCOPE_MEANINGS = {
  'routes:read': 'Ask which way is open to an account, with the reasons that people are not shown.',
  'sealing-keys:read': 'Read the public keys that a new password is sealed for.',
  'resets:write': 'Submit sealed resets, and unlocks. Only for a portal that proves who the person is.',
  'resets:read': 'Read how a reset or an unlock ended.',
  'sync:read':
    'Read what the last passes over the directories came to, with names of people, and of servers in failures.',
  'policy:read': 'Read the organisation’s policy; and with `routes:read`, which policy an account has.',
  'policy:write':
    'Replace the organisation’s policy: who may reset, by how many proofs. Only for its administrators’ own tools.',
} as const satisfies Record<ApiScope, string>;
