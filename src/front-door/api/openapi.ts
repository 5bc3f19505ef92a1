// The API as an OpenAPI 3.1 document, made from the table of operations and the schemas that requests are checked by.
// Its words for people are in openapi-prose.ts, its examples in openapi-examples.ts. Pure.

import { z } from 'zod';
import { problemSchema } from './api-documents.js';
import {
  API_OPERATION_IDS,
  API_OPERATIONS,
  API_PREFIX,
  type ApiOperation,
  type ApiOperationId,
} from './api-operations.js';
import { API_PROBLEMS, ApiProblem, type ApiProblemCode, answerOfProblem } from './api-problems.js';
import { API_SCOPES, SCOPE_MEANINGS } from './api-scopes.js';
import { ANSWER_EXAMPLES, ETAG_EXAMPLE, INPUT_EXAMPLES } from './openapi-examples.js';
import { API_DESCRIPTION, OPERATION_PROSE } from './openapi-prose.js';

type Json = { readonly [name: string]: unknown };

export function openApiDocument(options: { readonly publicUrl: string; readonly version: string }): Json {
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://spec.openapis.org/oas/3.1/dialect/base',
    info: {
      title: 'Drawbridge API',
      version: options.version,
      summary: 'Password resets and unlocks for portals that have proven who the person is.',
      description: API_DESCRIPTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: options.publicUrl, description: 'This front door' }],
    security: [{ bearer: [] }],
    tags: [
      { name: 'Accounts', description: 'Which way is open to an account, and whom to seal its new password for.' },
      { name: 'Resets', description: 'Submitting sealed resets and unlocks, and learning how they ended.' },
      { name: 'Directories', description: 'What the agents say of the directories that they mirror.' },
      { name: 'Policy', description: 'Who may reset, and by how many proofs.' },
      { name: 'Description', description: 'This document.' },
    ],
    paths: {
      ...Object.fromEntries(
        API_OPERATION_IDS.map((id) => {
          const { path, method } = API_OPERATIONS[id];
          return [`${API_PREFIX}${path}`, { [method.toLowerCase()]: operationOf(id) }];
        }),
      ),
      [`${API_PREFIX}/openapi.json`]: { get: DESCRIPTION_OPERATION },
    },
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'dbt_ and 43 characters of base64url',
          description: `A token of one organisation, issued by the administrator of the front door with some of these scopes:\n\n${API_SCOPES.map((scope) => `- \`${scope}\`: ${SCOPE_MEANINGS[scope]}`).join('\n')}`,
        },
      },
      schemas: {
        Problem: schemaOf(problemSchema, 'answer'),
        ...Object.fromEntries(API_OPERATION_IDS.flatMap(schemasOf)),
      },
    },
  };
}

const DESCRIPTION_OPERATION: Json = {
  operationId: 'readDescription',
  tags: ['Description'],
  summary: 'This document',
  description: 'Public: no token is needed.',
  security: [],
  responses: {
    200: { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: { type: 'object' } } } },
    '4XX': problemResponse(['no-such-endpoint']),
  },
};

/** Problems that every call may end with. */
const ALWAYS: readonly ApiProblemCode[] = [
  'token-missing',
  'token-not-valid',
  'scope-missing',
  'not-valid',
  'too-many-calls',
  'internal-error',
];
const OF_BODIES: readonly ApiProblemCode[] = ['not-json', 'body-too-large', 'media-type-not-supported'];

function operationOf(id: ApiOperationId): Json {
  const operation: ApiOperation = API_OPERATIONS[id];
  const prose = OPERATION_PROSE[id];
  const codes = [...ALWAYS, ...(operation.input === 'body' ? OF_BODIES : []), ...operation.problems];
  const statuses = [...new Set(codes.map((code) => API_PROBLEMS[code].status))].sort((a, b) => a - b);
  return {
    operationId: id,
    tags: [prose.tag],
    summary: prose.summary,
    description: `${prose.description}\n\nNeeds the scope \`${operation.scope}\`.`,
    ...(operation.input === 'body' ? { requestBody: bodyOf(id) } : { parameters: parametersOf(id, operation) }),
    ...(operation.needsIfMatch === true ? { parameters: [IF_MATCH] } : {}),
    responses: {
      ...successesOf(id),
      ...Object.fromEntries(
        statuses.map((status) => [
          status,
          problemResponse(codes.filter((code) => API_PROBLEMS[code].status === status)),
        ]),
      ),
    },
  };
}

function schemasOf(id: ApiOperationId): (readonly [string, Json])[] {
  const { input, inputSchema, answerName, answerSchema } = API_OPERATIONS[id];
  const answer = [answerName, schemaOf(answerSchema, 'answer')] as const;
  return input === 'body' ? [[inputName(id), schemaOf(inputSchema, 'request')], answer] : [answer];
}

function bodyOf(id: ApiOperationId): Json {
  return {
    required: true,
    content: {
      'application/json': {
        schema: { $ref: `#/components/schemas/${inputName(id)}` },
        examples: INPUT_EXAMPLES[id],
      },
    },
  };
}

function parametersOf(id: ApiOperationId, operation: ApiOperation): Json[] {
  const { properties, required } = propertiesSchema.parse(schemaOf(operation.inputSchema, 'request'));
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: operation.input,
    required: required.includes(name),
    description,
    schema,
    examples: examplesOf(id, name),
  }));
}

/** Of several parameters each has its own, under its name. */
function examplesOf(id: ApiOperationId, parameter: string): Json {
  const { [parameter]: own, ...others } = INPUT_EXAMPLES[id];
  return own === undefined ? others : { [parameter]: own };
}

function successesOf(id: ApiOperationId): Json {
  const content = (examples: Json): Json => ({
    'application/json': { schema: { $ref: `#/components/schemas/${API_OPERATIONS[id].answerName}` }, examples },
  });
  const { 200: ok, 202: pending } = ANSWER_EXAMPLES[id];
  const operation: ApiOperation = API_OPERATIONS[id];
  return {
    200: {
      description: OPERATION_PROSE[id].answer,
      ...(operation.isTagged === true ? { headers: { ETag: ETAG } } : {}),
      content: content(ok),
    },
    ...(pending === undefined
      ? {}
      : {
          202: {
            description: 'No answer yet: it may have happened. Ask again, under the same id.',
            headers: { 'Retry-After': RETRY_AFTER },
            content: content(pending),
          },
        }),
  };
}

const ETAG: Json = {
  description: 'Names exactly this policy (RFC 9110 §8.8.3).',
  schema: { type: 'string' },
  example: ETAG_EXAMPLE,
};
const IF_MATCH: Json = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'The ETag of the policy that this one takes the place of, as it came.',
  schema: { type: 'string', pattern: '^"[A-Za-z0-9_-]{22}"$' },
  examples: { tag: { summary: 'As GET /api/v1/policy answered', value: ETAG_EXAMPLE } },
};

const RETRY_AFTER: Json = { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } };

function problemResponse(codes: readonly ApiProblemCode[]): Json {
  const examples = codes.map((code) => [code, { value: exampleOf(code).body }] as const);
  const headers = codes.flatMap((code) => Object.keys(exampleOf(code).headers));
  return {
    description: codes
      .map((code) => `\`${code}\`: ${API_PROBLEMS[code].title}. ${API_PROBLEMS[code].advice}`)
      .join('\n\n'),
    ...(headers.includes('retry-after') ? { headers: { 'Retry-After': RETRY_AFTER } } : {}),
    ...(headers.includes('www-authenticate')
      ? { headers: { 'WWW-Authenticate': { description: 'RFC 6750 §3.', schema: { type: 'string' } } } }
      : {}),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(examples),
      },
    },
  };
}

function exampleOf(code: ApiProblemCode) {
  const { status } = API_PROBLEMS[code];
  const details = {
    ...(code === 'scope-missing' ? { scope: 'resets:write' as const } : {}),
    ...(code === 'reset-not-allowed' ? { reason: 'person-not-enabled' as const } : {}),
    ...(code === 'method-not-set-up'
      ? { errors: [{ pointer: '/policies/0/methods', rule: 'not-set-up' as const }] }
      : {}),
    ...(code === 'method-too-weak-alone'
      ? { errors: [{ pointer: '/policies/0/methods', rule: 'too-weak-alone' as const }] }
      : {}),
    ...(code === 'not-valid' ? { errors: [{ pointer: '/notAfterMs', rule: 'out-of-range' as const }] } : {}),
    ...(status === 429 || status === 503 ? { retryAfterMs: 15_000 } : {}),
  };
  return answerOfProblem(new ApiProblem(code, details), '2f1c7a52-6f2e-4d3a-9b57-0d9a3a4f1e20');
}

/** Both ways as it is written on the wire: what our parsers make of it concerns nobody else. */
function schemaOf(schema: z.ZodType, side: 'request' | 'answer'): Json {
  const { $schema: _, ...made } = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-2020-12',
    override({ jsonSchema }) {
      // An answer may gain fields in later versions: callers must not refuse what they do not know. Requests stay strict.
      if (side === 'answer') delete jsonSchema.additionalProperties;
    },
  });
  return made;
}

const propertiesSchema = z.object({
  properties: z.record(z.string(), z.looseObject({ description: z.string() })),
  required: z.array(z.string()).default([]),
});

const inputName = (id: ApiOperationId) => `${capitalised(id)}Request`;
const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
