// Every way of proving who one is that this build offers: the one list. Whatever goes by kind is derived from it: the kinds that policies,
// store and API take, who may prove themselves by which, what is made at the start, and the pages.
// To add one: its folder, its line here, and its words in each language; see docs/decisions/0015-a-method-is-a-folder-and-a-line.md.

import { assert } from '../../failure/assert.js';
import type { MethodName } from '../pages/page-words.js';
import { authenticatorCodeMethod } from './authenticator-code/method.js';
import { emailCodeMethod } from './email-code/method.js';
import type { Method } from './method.js';
import type { MethodFace } from './method-face.js';
import type { MethodSetup } from './method-setup.js';
import { passkeyMethod } from './passkey/method.js';
import type { ProofMethod } from './proof-method.js';
import { recoveryCodeMethod } from './recovery-code/method.js';
import { securityQuestionsMethod } from './security-questions/method.js';
import { textMessageMethod } from './text-message/method.js';

/** In the order in which they are offered. Each has its name in the pages' words, or this does not compile. */
const EVERY_METHOD = [
  emailCodeMethod,
  textMessageMethod,
  authenticatorCodeMethod,
  passkeyMethod,
  recoveryCodeMethod,
  securityQuestionsMethod,
] as const satisfies readonly Method<MethodName, never>[];

export type MethodKind = (typeof EVERY_METHOD)[number]['kind'];
export const METHOD_KINDS: readonly MethodKind[] = EVERY_METHOD.map(({ kind }) => kind);

export function methodOf(kind: MethodKind): Method<MethodKind, never> {
  const method = EVERY_METHOD.find((each) => each.kind === kind);
  assert(method !== undefined, 'every kind is of a method of the list');
  return method;
}

/** What is asked of whoever has the way that they chose no more: whatever is typed is wrong. */
export const faceOfNone: MethodFace = authenticatorCodeMethod.face;

export function mayProveAdministrator(kind: MethodKind): boolean {
  return methodOf(kind).mayProveAdministrator;
}

/** What all of them together work with: each folder says what it needs itself. */
export type MethodMeans = TakerOf<(typeof EVERY_METHOD)[number]> extends (means: infer All) => void ? All : never;
type TakerOf<Each> = Each extends Method<string, infer Means> ? (means: Means) => void : never;

export function everyProof(means: MethodMeans): readonly ProofMethod[] {
  return EVERY_METHOD.flatMap(({ proof }) => proof(means) ?? []);
}

export function everySetup(means: MethodMeans): readonly MethodSetup[] {
  return EVERY_METHOD.flatMap(({ setup }) => setup(means) ?? []);
}
