// Which methods a policy may take, by what the settings have set up for them. The one rule for settings, API and what was stored before
// the settings changed. Pure; knows nothing of where a policy comes from, nor how a method works.

import { type MethodKind, methodOf } from '../methods/every-method.js';
import type { MethodGround } from '../methods/method.js';
import type { PolicyDocument } from './policy-document.js';

/** A method that a policy names and nobody could pass. */
export interface UnfitMethod {
  readonly path: readonly ['policies', number, 'methods'];
  /** The policy's name. */
  readonly policy: string;
  readonly method: MethodKind;
  /** What is lacking, and what to do, for the administrator. */
  readonly message: string;
}

/** What a policy names and the settings do not have; empty where it fits. */
export type Fits = (document: Pick<PolicyDocument, 'policies'>) => readonly UnfitMethod[];

export function fitsOn(ground: MethodGround): Fits {
  return ({ policies }) =>
    policies.flatMap(({ name, methods }, index) =>
      [...new Set(methods)].flatMap((method) => {
        const message = methodOf(method).lackOn?.(ground);
        const path = ['policies', index, 'methods'] as const;
        return message === undefined ? [] : [{ path, policy: name, method, message }];
      }),
    );
}

/** The stricter reading: as many gates as before, and no method that cannot work. A policy may be left with too few, and nobody passes it. */
export function withoutUnfit(document: PolicyDocument, unfit: readonly UnfitMethod[]): PolicyDocument {
  const isUnfit = (at: number, method: MethodKind) =>
    unfit.some((each) => each.path[1] === at && each.method === method);
  return {
    ...document,
    policies: document.policies.map((policy, at) => ({
      ...policy,
      methods: policy.methods.filter((method) => !isUnfit(at, method)),
    })),
  };
}
