// The port for one way of proving who one is, whole: what it is, what it needs, how it is made, and how it shows itself. Each stands in a
// folder of its own, and in the list of every-method.ts; nobody else knows one from another.

import type { MethodFace } from './method-face.js';
import type { MethodSetup } from './method-setup.js';
import type { ProofMethod } from './proof-method.js';

/** `Means`: what of the front door's effects it works with; whoever wires it hands them in. */
export interface Method<Kind extends string, Means> {
  /** As policies, the API, the journal and the store name it; its folder is called the same. */
  readonly kind: Kind;
  /** Not what others may know or find out, whatever a policy says. */
  readonly mayProveAdministrator: boolean;
  /** Whether its addresses are mailboxes, where their owner can be told of what was done. */
  readonly hasMailbox: boolean;
  /** To prove it is to use it up: nobody tries one for the sake of it. Default: it is good for as long as it is kept. */
  readonly isUsedUp?: true;
  /** What the settings lack for a policy to take it, and what to do, for the administrator. Default: it lacks nothing. */
  readonly lackOn?: (ground: MethodGround) => string | undefined;
  /** Why it must not be all that a policy asks, and what to do, for the administrator. Default: it may be. */
  readonly tooWeakAloneOn?: (ground: MethodGround) => string | undefined;
  /** Undefined where the front door lacks what it needs: nobody has such a way then. */
  readonly proof: (means: Means) => ProofMethod | undefined;
  /** How its person sets it up; undefined as for `proof`. */
  readonly setup: (means: Means) => MethodSetup | undefined;
  readonly face: MethodFace;
}

/** What of the settings a method may need. */
export interface MethodGround {
  /** Of the front door. */
  readonly publicUrl: string;
  /** Of the front door: its gateway. Undefined: there is none. */
  readonly textMessages: object | undefined;
  /** Of the tenant. Undefined: there are none. */
  readonly securityQuestions: { readonly mayStandAlone: boolean } | undefined;
}
