// When a gateway's answer is a yes, a no, or neither.

import { expect, test } from 'vitest';
import { judgeAnswer, type SuccessRule } from '../../../../src/front-door/text-message/judge-answer.js';

const any: SuccessRule = { status: undefined, bodyContains: undefined, jsonPath: undefined };
const status0 = { ...any, jsonPath: { path: 'messages.0.status', equals: ['0'] } };

test.each([
  [any, 200, '', 'sent'],
  [any, 299, '', 'sent'],
  [any, 302, '', 'not-sent'],
  [any, 400, '', 'not-sent'],
  [any, 408, '', 'perhaps'],
  [any, 500, '', 'perhaps'],
  [any, 503, '', 'perhaps'],
  [{ ...any, status: [202] }, 202, '', 'sent'],
  [{ ...any, status: [202] }, 200, '', 'not-sent'],
  [{ ...any, bodyContains: 'OK' }, 200, 'OK 17', 'sent'],
  [{ ...any, bodyContains: 'OK' }, 200, 'ERR 17', 'not-sent'],
  [status0, 200, '{"messages":[{"status":"0"}]}', 'sent'],
  [status0, 200, '{"messages":[{"status":"4"}]}', 'not-sent'],
  [status0, 200, '{"messages":[{"status":0}]}', 'not-sent'],
  [status0, 200, '{"messages":[]}', 'not-sent'],
  [status0, 200, '{"messages":null}', 'not-sent'],
  [status0, 200, 'no JSON', 'not-sent'],
  [{ ...any, jsonPath: { path: '__proto__.x', equals: ['y'] } }, 200, '{"a":1}', 'not-sent'],
  [{ ...any, jsonPath: { path: 'ok', equals: [true] }, bodyContains: 'id' }, 200, '{"ok":true}', 'not-sent'],
] as const)('%j, answered %i %s: %s', (rule, status, body, verdict) =>
  expect(judgeAnswer(rule, { status, body })).toBe(verdict),
);
