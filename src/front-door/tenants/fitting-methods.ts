// Which methods a policy may take, by what the settings have set up for them. The one rule for settings, API and what was stored before
// the settings changed. Pure; knows nothing of where a policy comes from, nor how a method works.

import type { PolicyDocument } from './policy-document.js';
import type { MethodKind } from './tenant.js';

/** What of the settings a policy is held to. */
export interface PolicyGround {
  /** Of the front door: passkeys are good under its host. */
  readonly publicUrl: string;
  /** Of the front door: its gateway. Undefined: there is none. */
  readonly textMessages: object | undefined;
  /** Of the tenant. Undefined: there are none. */
  readonly securityQuestions: object | undefined;
}

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

export function fitsOn(ground: PolicyGround): Fits {
  return ({ policies }) =>
    policies.flatMap(({ name, methods }, index) =>
      [...new Set(methods)].flatMap((method) => {
        const message = lackOf(method, ground);
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

function lackOf(method: MethodKind, ground: PolicyGround): string | undefined {
  switch (method) {
    case 'security-questions':
      return ground.securityQuestions === undefined
        ? 'takes security-questions, and there are none: set securityQuestions of this tenant as well'
        : undefined;
    case 'text-message':
      return ground.textMessages === undefined
        ? 'names text-message, and there is no gateway: fill in textMessages'
        : undefined;
    case 'passkey':
      return isOfAddress(ground.publicUrl)
        ? 'may name passkey where publicUrl has a host name: no browser makes a passkey for an address'
        : undefined;
    default:
      return undefined;
  }
}

/** Whether the host is an address, as `URL` writes one, and no name. */
function isOfAddress(url: string): boolean {
  return URL.canParse(url) && /^(\[|[\d.]+$)/.test(new URL(url).hostname);
}
