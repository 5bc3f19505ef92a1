// The API's endpoints in one table: method, path, scope, what goes in. The HTTP routes, the checks and the OpenAPI document
// are all made from it, so that none can say what the others do not.

import type { z } from 'zod';
import { policyDocumentSchema } from '../tenants/policy-document.js';
import {
  emptyQuerySchema,
  passReportsAnswerSchema,
  passReportsQuerySchema,
  policyAnswerSchema,
  resetAnswerSchema,
  resetPathSchema,
  routeAnswerSchema,
  routeQuerySchema,
  sealingKeysAnswerSchema,
  sealingKeysQuerySchema,
  submissionSchema,
} from './api-documents.js';
import type { ApiProblemCode } from './api-problems.js';
import type { ApiScope } from './api-scopes.js';

export interface ApiOperation {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** As in OpenAPI: parameters in braces. Below API_PREFIX. */
  readonly path: string;
  readonly scope: ApiScope;
  /** Where the input stands: in the body, the query, or the path. */
  readonly input: 'body' | 'query' | 'path';
  readonly inputSchema: z.ZodType;
  /** Default: API_BODY_BYTES_MAX. */
  readonly bodyBytesMax?: number;
  /** What it replaces is named by its ETag, in `If-Match`. */
  readonly needsIfMatch?: true;
  /** Its answers carry an ETag. */
  readonly isTagged?: true;
  /** The answer's name among the document's schemas. */
  readonly answerName: string;
  readonly answerSchema: z.ZodType;
  /** Problems beside those that every call may end with. */
  readonly problems: readonly ApiProblemCode[];
}

export const API_PREFIX = '/api/v1';

/** No valid request is larger: eight sealed passwords of 1.5 kB each, and room. */
export const API_BODY_BYTES_MAX = 32 * 1024;

/** A policy may name thousands of people. */
const POLICY_BYTES_MAX = 512 * 1024;

export const API_OPERATION_IDS = [
  'askRoute',
  'listSealingKeys',
  'submitReset',
  'readReset',
  'listPasses',
  'readPolicy',
  'putPolicy',
] as const;
export type ApiOperationId = (typeof API_OPERATION_IDS)[number];

export const API_OPERATIONS = {
  askRoute: {
    method: 'POST',
    path: '/routes',
    scope: 'routes:read',
    input: 'body',
    inputSchema: routeQuerySchema,
    answerName: 'Route',
    answerSchema: routeAnswerSchema,
    problems: [],
  },
  listSealingKeys: {
    method: 'GET',
    path: '/sealing-keys',
    scope: 'sealing-keys:read',
    input: 'query',
    inputSchema: sealingKeysQuerySchema,
    answerName: 'SealingKeys',
    answerSchema: sealingKeysAnswerSchema,
    problems: ['account-not-found', 'no-agent'],
  },
  submitReset: {
    method: 'POST',
    path: '/resets',
    scope: 'resets:write',
    input: 'body',
    inputSchema: submissionSchema,
    answerName: 'Reset',
    answerSchema: resetAnswerSchema,
    problems: [
      'reset-not-allowed',
      'account-not-found',
      'reset-id-reused',
      'sealing-keys-stale',
      'password-not-sealed',
      'too-many-resets',
      'no-agent',
    ],
  },
  readReset: {
    method: 'GET',
    path: '/resets/{resetId}',
    scope: 'resets:read',
    input: 'path',
    inputSchema: resetPathSchema,
    answerName: 'Reset',
    answerSchema: resetAnswerSchema,
    problems: ['reset-not-found'],
  },
  listPasses: {
    method: 'GET',
    path: '/passes',
    scope: 'sync:read',
    input: 'query',
    inputSchema: passReportsQuerySchema,
    answerName: 'Passes',
    answerSchema: passReportsAnswerSchema,
    problems: [],
  },
  readPolicy: {
    method: 'GET',
    path: '/policy',
    scope: 'policy:read',
    input: 'query',
    inputSchema: emptyQuerySchema,
    isTagged: true,
    answerName: 'PolicyInForce',
    answerSchema: policyAnswerSchema,
    problems: [],
  },
  putPolicy: {
    method: 'PUT',
    path: '/policy',
    scope: 'policy:write',
    input: 'body',
    inputSchema: policyDocumentSchema,
    bodyBytesMax: POLICY_BYTES_MAX,
    needsIfMatch: true,
    isTagged: true,
    answerName: 'PolicyInForce',
    answerSchema: policyAnswerSchema,
    problems: ['policy-in-file', 'policy-changed', 'if-match-missing', 'method-not-set-up', 'method-too-weak-alone'],
  },
} as const satisfies Record<ApiOperationId, ApiOperation>;
