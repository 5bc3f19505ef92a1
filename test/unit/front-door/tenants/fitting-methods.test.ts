// What a policy may name is what the settings have, method by method, and nothing that is too weak as all that is asked; without what they have not, nobody gets through by less.

import { describe, expect, test } from 'vitest';
import { METHOD_KINDS, type MethodKind } from '../../../../src/front-door/methods/every-method.js';
import type { MethodGround } from '../../../../src/front-door/methods/method.js';
import { fitsOn, withoutUnfit } from '../../../../src/front-door/tenants/fitting-methods.js';
import { policyDocumentSchema } from '../../../../src/front-door/tenants/policy-document.js';

const ALL: MethodGround = {
  publicUrl: 'https://reset.example.com',
  textMessages: {},
  securityQuestions: { mayStandAlone: false },
};
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

describe('security questions are never all that is asked', () => {
  const asking = (gates: number, ...methods: MethodKind[]) =>
    policyDocumentSchema.parse({ policies: [{ name: 'all', appliesTo: 'everyone', gates, methods }] });

  test.each<[string, ReturnType<typeof asking>]>([
    ['alone', asking(1, 'security-questions')],
    ['as one that may be chosen', asking(1, 'email-code', 'authenticator-code', 'security-questions')],
  ])('%s, of one gate, they are left out, and nothing takes their place', (_, taking) => {
    const unfit = fitsOn(ALL)(taking);
    expect(unfit).toMatchObject([{ path: ['policies', 0, 'methods'], why: 'too-weak-alone' }]);
    const methods = taking.policies[0]?.methods.filter((kind) => kind !== 'security-questions');
    expect(withoutUnfit(taking, unfit).policies[0]).toMatchObject({ gates: 1, methods });
  });

  test('as one of two they are taken, and other methods are taken alone', () => {
    expect(fitsOn(ALL)(asking(2, 'email-code', 'security-questions'))).toEqual([]);
    for (const kind of METHOD_KINDS.filter((each) => each !== 'security-questions'))
      expect(fitsOn(ALL)(asking(1, kind))).toEqual([]);
  });

  test('unless the organisation says that it wants this; where it has none, that is what is told', () => {
    const alone = asking(1, 'security-questions');
    expect(fitsOn({ ...ALL, securityQuestions: { mayStandAlone: true } })(alone)).toEqual([]);
    expect(fitsOn({ ...ALL, securityQuestions: undefined })(alone)).toMatchObject([{ why: 'not-set-up' }]);
  });
});
