// What a policy may name is what the settings have, method by method; without what they have not, nobody gets through by less.

import { expect, test } from 'vitest';
import { METHOD_KINDS, type MethodKind } from '../../../../src/front-door/methods/every-method.js';
import type { MethodGround } from '../../../../src/front-door/methods/method.js';
import { fitsOn, withoutUnfit } from '../../../../src/front-door/tenants/fitting-methods.js';
import { policyDocumentSchema } from '../../../../src/front-door/tenants/policy-document.js';

const ALL: MethodGround = { publicUrl: 'https://reset.example.com', textMessages: {}, securityQuestions: {} };
const document = policyDocumentSchema.parse({
  policies: [
    { name: 'board', appliesTo: { groups: ['board'] }, gates: 2, methods: ['email-code', 'recovery-code'] },
    { name: 'everyone', appliesTo: 'everyone', gates: 2, methods: METHOD_KINDS },
  ],
});

test('where everything is set up, everything fits, and nothing is changed', () => {
  expect(fitsOn(ALL)(document)).toEqual([]);
  expect(withoutUnfit(document, [])).toEqual(document);
});

test.each<[MethodKind, Partial<MethodGround>]>([
  ['security-questions', { securityQuestions: undefined }],
  ['text-message', { textMessages: undefined }],
  ['passkey', { publicUrl: 'https://192.0.2.7:8443' }],
])(
  '%s alone is named where only it is not set up, and left out of that policy with its gates as they were',
  (method, lacking) => {
    const unfit = fitsOn({ ...ALL, ...lacking })(document);
    expect(unfit).toMatchObject([{ path: ['policies', 1, 'methods'], policy: 'everyone', method }]);
    const [board, everyone] = withoutUnfit(document, unfit).policies;
    expect(board).toEqual(document.policies[0]);
    expect(everyone).toMatchObject({ gates: 2, methods: METHOD_KINDS.filter((kind) => kind !== method) });
  },
);

test('a policy of nothing else is left with nothing, and not with another method', () => {
  const only = { ...document, policies: [{ name: 'all', appliesTo: 'everyone', gates: 1, methods: ['text-message'] }] };
  const parsed = policyDocumentSchema.parse(only);
  const unfit = fitsOn({ ...ALL, textMessages: undefined })(parsed);
  expect(withoutUnfit(parsed, unfit).policies[0]).toMatchObject({ gates: 1, methods: [] });
});
