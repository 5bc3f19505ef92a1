// What one customer organisation has decided: who may reset, with how many proofs, whom to contact otherwise.
// Plain data out of the configuration; canonical user IDs throughout. Decides nothing.

import type { TenantId } from '../../protocol/identifiers.js';
import type { Language } from '../languages/language.js';
import type { MethodKind } from '../methods/every-method.js';
import type { ContactRole } from './contact-way.js';
import type { SecurityQuestions } from './security-questions.js';

/**
 * Whether what a directory names of a person – private addresses, phones – proves who they are: at once, once the person has confirmed
 * it, or never. From the most lenient to the strictest.
 */
export const DIRECTORY_ADDRESSES = ['count', 'confirm', 'ignore'] as const;
export type DirectoryAddresses = (typeof DIRECTORY_ADDRESSES)[number];

/**
 * How much of their addresses and numbers people are shown, masked, while they have proved nothing: what helps them choose also tells
 * whoever knows their user ID where they are reached.
 */
export const ADDRESS_HINTS = ['shown', 'after-first-proof'] as const;
export type AddressHints = (typeof ADDRESS_HINTS)[number];

/** Some of the organisation's people: those on the list, and those in one of the groups. */
export interface Selection {
  /** By any of their user IDs in canonical form (see protocol/user-id.ts). */
  readonly people?: readonly string[];
  /** By the names that agents tell groups by. */
  readonly groups?: readonly string[];
}

export interface TenantPolicy {
  readonly name: string;
  readonly appliesTo: 'everyone' | 'administrators' | Selection;
  /** How many proofs, each by a different method. */
  readonly gates: 1 | 2;
  readonly methods: readonly MethodKind[];
  /** Default: `count`. */
  readonly directoryAddresses?: DirectoryAddresses;
}

export type ContactWay =
  | {
      readonly kind: 'email';
      /** For everything that `roles` names nobody for. One of the two is there; `addressesFor` says who gets what. */
      readonly addresses?: readonly string[] | undefined;
      readonly roles?: { readonly [role in ContactRole]?: readonly string[] | undefined } | undefined;
      /** A ticket system is told as well. Default: none is. */
      readonly opensTickets?: boolean;
    }
  | {
      readonly kind: 'portal';
      readonly url: string;
      /** Default: nobody is told of "it wasn't me". */
      readonly roles?: { readonly security: readonly string[] } | undefined;
    };

/** `stop`: self-service of the account is shut until an administrator opens it, and they are told; in any case. */
export const ON_DISOWNED = ['stop', 'stop-and-invalidate-password'] as const;
export type OnDisowned = (typeof ON_DISOWNED)[number];

/** What whoever signs in is asked about their ways of proving who they are. */
export interface Registration {
  /** Whoever has fewer than their policy asks for is led to setting one up. It can be put off until the next time. */
  readonly isRequired: boolean;
  /** After so many days the person is asked whether all is still right; 0: never. */
  readonly reconfirmDays: number;
}

export interface Tenant {
  readonly id: TenantId;
  /** The organisation's name as people know it. */
  readonly name: string;
  /** In which its administrators are written to; and its people, where they have not said otherwise and there is no other tenant. */
  readonly language: Language;
  /** Suffixes and NetBIOS names that lead a user ID here, canonical. Not asked while there is a single tenant. */
  readonly domains: readonly string[];
  readonly reset: 'off' | 'everyone' | Selection;
  /** Whether unlocking without a new password is offered. */
  readonly unlock: boolean;
  /** The first that applies is taken. */
  readonly policies: readonly TenantPolicy[];
  readonly contact: ContactWay | undefined;
  /** Whether a person is told of what was done to their account. */
  readonly notify: boolean;
  /** Default: `shown`. */
  readonly addressHints?: AddressHints;
  /** Whether people sign in here with the password they have, to set up ways of proving who they are and to change it. */
  readonly signIn: boolean;
  readonly registration: Registration;
  /** What happens when a person says of something done to their account that it was not them. */
  readonly onDisowned: OnDisowned;
  /** The organisation's own sign-in page. */
  readonly signInUrl: string | undefined;
  /** Directory accounts that count as administrators: always two gates. */
  readonly administrators: Selection;
  /** Which questions people may choose from. Undefined: none, and no policy takes them. */
  readonly securityQuestions: SecurityQuestions | undefined;
}
