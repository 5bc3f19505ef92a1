// Which methods a policy may take, by what the settings have set up for them, and which not as all that is asked. The one rule for settings, API and what was stored before
// the settings changed. Pure; knows nothing of where a policy comes from, nor how a method works.

import { type MethodKind, methodOf } from '../methods/every-method.js';
import type { MethodGround } from '../methods/method.js';
import type { PolicyDocument } from './policy-document.js';

/** `not-set-up`: nobody could pass it. `too-weak-alone`: it could be all that is asked, and must not be. */
export type WhyUnfit = 'not-set-up' | 'too-weak-alone';

/** A method that a policy names and must not. */
export interface UnfitMethod {
  readonly path: readonly ['policies', number, 'methods'];
  /** The policy's name. */
  readonly policy: string;
  readonly method: MethodKind;
  readonly why: WhyUnfit;
  /** What is lacking, and what to do, for the administrator. */
  readonly message: string;
}

/** What a policy names and the settings do not have, or do not take so; empty where it fits. */
export type Fits = (document: Pick<PolicyDocument, 'policies'>) => readonly UnfitMethod[];

export function fitsOn(ground: MethodGround): Fits {
  return ({ policies }) =>
    policies.flatMap(({ name, methods, gates }, index) =>
      [...new Set(methods)].flatMap((method): readonly UnfitMethod[] => {
        const about = { path: ['policies', index, 'methods'], policy: name, method } as const;
        const lack = methodOf(method).lackOn?.(ground);
        if (lack !== undefined) return [{ ...about, why: 'not-set-up', message: lack }];
        // Beside others too: with one gate, each of its methods is enough.
        const weakness = gates === 1 ? methodOf(method).tooWeakAloneOn?.(ground) : undefined;
        return weakness === undefined ? [] : [{ ...about, why: 'too-weak-alone', message: weakness }];
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
