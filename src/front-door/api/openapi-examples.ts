// The examples of the OpenAPI document: one organisation, one person, invented. A test holds them to the schemas.

import type { ResetOutcome } from '../../protocol/outcomes.js';
import type { ApiOperationId } from './api-operations.js';
import { meaningOf } from './outcome-meaning.js';

type Examples = Readonly<Record<string, { readonly summary: string; readonly value: unknown }>>;

const TENANT_ID = 'example';
const ANCHOR = '6f1f1d1e-0000-4000-8000-000000000001';
const RESET_ID = '0b8f7f0a-5a55-4b0e-9c3e-6a1d2f3e4c5b';
const UNLOCK_ID = '5d0c2b1a-7e6f-4a3b-8c2d-1f0e9d8c7b6a';
const AGENT_ID = '9c2e4a60-1b3d-4f5a-8e7c-2d4f6a8b0c1e';
const KEY_ID = 'Qm9vdHN0cmFwS2V5SWRfMQ';
const NOW_MS = 1_790_000_000_000;
const NOT_AFTER_MS = NOW_MS + 120_000;
export const ETAG_EXAMPLE = '"b0Zr3mWq8sT1vX5yA7cE9g"';
const TOKEN_ID = '7b1d9f3e-5c2a-4e8b-9d6f-0a3c5e7b9d1f';
const POLICY = {
  reset: { groups: ['staff'] },
  unlock: true,
  policies: [
    {
      name: 'administrators',
      appliesTo: 'administrators',
      gates: 2,
      methods: ['email-code', 'authenticator-code'],
      directoryAddresses: 'ignore',
    },
    {
      name: 'everyone',
      appliesTo: 'everyone',
      gates: 1,
      methods: ['email-code', 'recovery-code'],
      directoryAddresses: 'confirm',
    },
  ],
  administrators: { people: ['it.admin@example.com'], groups: ['it-admins'] },
  notify: true,
  addressHints: 'shown',
};
const DERIVED = {
  administratorsGates: 2,
  unmentioned: { gates: 2, methods: ['email-code', 'authenticator-code'], directoryAddresses: 'ignore' },
  leftOut: [],
  groups: [
    { name: 'staff', told: 'everywhere' },
    { name: 'it-admins', told: 'nowhere' },
  ],
};
/** Of the right length; nothing is in it. */
const opaque = (units: number) => 'Zm9vYmFyYmF6'.repeat(units).slice(0, units);

const SUBMITTED = { resetId: RESET_ID, anchor: ANCHOR, operation: 'reset', submittedAtMs: NOW_MS } as const;

const told = (outcome: ResetOutcome) => ({ outcome, meaning: meaningOf(outcome, SUBMITTED.operation) });

export const INPUT_EXAMPLES: Readonly<Record<ApiOperationId, Examples>> = {
  askRoute: { 'by-mail': { summary: 'By mail address', value: { userId: 'ada@example.com' } } },
  listSealingKeys: { anchor: { summary: 'Of a directory account', value: ANCHOR } },
  submitReset: {
    reset: {
      summary: 'A reset',
      value: {
        operation: 'reset',
        resetId: RESET_ID,
        anchor: ANCHOR,
        flags: { unlock: true, mustChange: false },
        notAfterMs: NOT_AFTER_MS,
        sealed: [{ keyId: KEY_ID, enc: opaque(87), ciphertext: opaque(1387) }],
      },
    },
    unlock: {
      summary: 'An unlock',
      value: { operation: 'unlock', resetId: UNLOCK_ID, anchor: ANCHOR, notAfterMs: NOT_AFTER_MS },
    },
  },
  readReset: { 'reset-id': { summary: 'As submitted', value: RESET_ID } },
  listPasses: {
    directoryId: { summary: 'One directory', value: 'corp' },
    kind: { summary: 'Looks at everybody', value: 'full' },
  },
  readPolicy: {},
  putPolicy: { groups: { summary: 'Staff may reset, by group', value: POLICY } },
};

export const ANSWER_EXAMPLES: Readonly<Record<ApiOperationId, { readonly 200: Examples; readonly 202?: Examples }>> = {
  askRoute: {
    200: {
      prove: {
        summary: 'A person who may go on',
        value: {
          tenantId: TENANT_ID,
          route: { kind: 'prove', gates: 1, methods: ['email-code'], offers: ['reset', 'unlock'] },
          account: {
            anchor: ANCHOR,
            kind: 'directory',
            offers: ['reset', 'unlock'],
            rules: [
              { kind: 'length-at-least', units: 7 },
              { kind: 'categories', atLeast: 3 },
              { kind: 'without-name', names: ['ada', 'Example'] },
            ],
            isLocked: true,
          },
        },
      },
      contact: {
        summary: 'An account that is not touched from outside',
        value: {
          tenantId: TENANT_ID,
          route: { kind: 'contact-administrator', reason: 'protected-account' },
          account: { anchor: ANCHOR, kind: 'directory', offers: [], rules: [] },
        },
      },
      unknown: {
        summary: 'Nobody of that name',
        value: { tenantId: TENANT_ID, route: { kind: 'cannot-verify', reason: 'unknown' } },
      },
    },
  },
  listSealingKeys: {
    200: {
      'one-agent': {
        summary: 'One agent on line',
        value: {
          tenantId: TENANT_ID,
          anchor: ANCHOR,
          recipients: [
            {
              agentId: AGENT_ID,
              keyId: KEY_ID,
              publicKey: opaque(87),
              notBeforeMs: NOW_MS - 86_400_000,
              notAfterMs: NOW_MS + 86_400_000,
              signature: opaque(86),
            },
          ],
          nowMs: NOW_MS,
          notAfterMsMax: NOT_AFTER_MS,
        },
      },
    },
  },
  submitReset: {
    200: {
      done: {
        summary: 'The directory has it',
        value: {
          ...SUBMITTED,
          state: 'settled',
          ...told({ kind: 'done', settledBy: 'answer' }),
          answeredAtMs: NOW_MS + 80,
        },
      },
      refused: {
        summary: 'The directory refused this password',
        value: {
          ...SUBMITTED,
          state: 'settled',
          ...told({ kind: 'refused-by-policy', rules: ['too-short'] }),
          answeredAtMs: NOW_MS + 80,
        },
      },
      'try-later': {
        summary: 'Nothing was written',
        value: {
          ...SUBMITTED,
          state: 'open',
          ...told({ kind: 'try-later', reason: 'directory-unreachable' }),
          answeredAtMs: NOW_MS + 80,
        },
      },
    },
    202: { pending: { summary: 'The answer was lost', value: { ...SUBMITTED, state: 'pending' } } },
  },
  readReset: {
    200: {
      done: {
        summary: 'Done',
        value: {
          ...SUBMITTED,
          state: 'settled',
          ...told({ kind: 'done', settledBy: 'probe' }),
          answeredAtMs: NOW_MS + 20_500,
        },
      },
    },
    202: { pending: { summary: 'No answer yet', value: { ...SUBMITTED, state: 'pending' } } },
  },
  listPasses: {
    200: {
      'two-passes': {
        summary: 'A delta, and one that failed before it',
        value: {
          tenantId: TENANT_ID,
          passes: [
            {
              agentId: AGENT_ID,
              receivedAtMs: NOW_MS - 20_000,
              directoryId: 'corp',
              generation: 4712,
              endedAtMs: NOW_MS - 20_000,
              result: {
                kind: 'done',
                report: {
                  directoryId: 'corp',
                  generation: 4712,
                  kind: 'delta',
                  isFollowed: true,
                  isDryRun: false,
                  isWhole: true,
                  counts: {
                    ...{ read: 1, added: 0, changed: 1, unchanged: 0, restored: 0 },
                    ...{ quarantined: 0, leftOut: 0, notManaged: 0, unreadable: 0 },
                  },
                  changedFields: { mail: 1 },
                  named: { added: [], changed: ['ada'], restored: [], quarantined: [] },
                  leftOut: [],
                  durationMs: 48,
                },
              },
            },
            {
              agentId: AGENT_ID,
              receivedAtMs: NOW_MS - 140_000,
              directoryId: 'corp',
              generation: 4711,
              endedAtMs: NOW_MS - 140_000,
              result: { kind: 'failed', failure: 'no domain controller answered' },
            },
          ],
          nowMs: NOW_MS,
        },
      },
    },
  },
  readPolicy: {
    200: {
      'in-file': {
        summary: 'As the settings have it',
        value: { tenantId: TENANT_ID, source: 'file', policy: POLICY, derived: DERIVED },
      },
    },
  },
  putPolicy: {
    200: {
      put: {
        summary: 'In force',
        value: {
          tenantId: TENANT_ID,
          source: 'api',
          put: { atMs: NOW_MS, tokenId: TOKEN_ID },
          policy: POLICY,
          derived: DERIVED,
        },
      },
    },
  },
};
