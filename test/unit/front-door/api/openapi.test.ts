// The OpenAPI document: accepted by a linter of the field, complete, and true to what the API checks.

import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { API_OPERATION_IDS, API_OPERATIONS } from '../../../../src/front-door/api/api-operations.js';
import { API_PROBLEMS } from '../../../../src/front-door/api/api-problems.js';
import { openApiDocument } from '../../../../src/front-door/api/openapi.js';
import { ANSWER_EXAMPLES, INPUT_EXAMPLES } from '../../../../src/front-door/api/openapi-examples.js';

const document = openApiDocument({ publicUrl: 'https://reset.corp.example', version: '1.0.0' });
const source = JSON.stringify(document);

test('passes the recommended rules, warnings counted as errors', async () => {
  const config = await createConfig({ extends: ['recommended-strict'] });
  const problems = await lintFromString({ source, absoluteRef: '/openapi.json', config });
  expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
});

test('is linted by rules that do find something', async () => {
  const config = await createConfig({ extends: ['recommended-strict'] });
  const broken = JSON.stringify({ ...document, security: [{ nothing: [] }] });
  const problems = await lintFromString({ source: broken, absoluteRef: '/openapi.json', config });
  expect(problems.map(({ ruleId }) => ruleId)).toContain('security-defined');
});

test('names every problem that the API can answer with', () => {
  const missing = Object.keys(API_PROBLEMS).filter((code) => !source.includes(`urn:drawbridge:problem:${code}`));
  expect(missing).toEqual([]);
});

/** Of calls whose input is one parameter. */
const PARAMETERS: Readonly<Record<string, string>> = { readReset: 'resetId' };

test('shows only examples that the API itself would take or give', () => {
  for (const id of API_OPERATION_IDS) {
    const { input, inputSchema, answerSchema } = API_OPERATIONS[id];
    for (const [name, { value }] of Object.entries(INPUT_EXAMPLES[id])) {
      const whole = input === 'body' ? value : { [PARAMETERS[id] ?? name]: value };
      expect(inputSchema.safeParse(whole).success, id).toBe(true);
    }
    const answers = Object.values(ANSWER_EXAMPLES[id]).flatMap((examples) => Object.values(examples));
    for (const { value } of answers) expect(answerSchema.safeParse(value).success, id).toBe(true);
  }
});

test('lets callers ignore fields of answers that they do not know, and send none that we do not know', () => {
  const { components } = JSON.parse(source);
  expect(JSON.stringify(components.schemas.Reset)).not.toContain('"additionalProperties":false');
  expect(JSON.stringify(components.schemas.SubmitResetRequest)).toContain('"additionalProperties":false');
});
