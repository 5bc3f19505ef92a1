// What a directory account is to the agent, whichever directory it lives in. Plain data: no LDAP names, no decisions.

import type { AccountAnchor } from '../../protocol/identifiers.js';
import type { PasswordPolicy } from '../../protocol/password-policy.js';

/** State as the directory computes it at the moment of reading. */
export interface AccountState {
  readonly isDisabled: boolean;
  /** Locked now: computed from the lock's age by the directory, not the stored bit. */
  readonly isLocked: boolean;
  readonly mustChange: boolean;
  readonly isPasswordExpired: boolean;
  /** The account itself ends then (ms since 1970 UTC), or undefined when it never does. */
  readonly accountExpiresAtMs: number | undefined;
  readonly cannotChangePassword: boolean;
  readonly isSmartcardRequired: boolean;
  /** In, or once in, a group the directory protects (adminCount=1): delegated rights do not reach it. */
  readonly isProtected: boolean;
  /** A computer, trust, managed service account or krbtgt: never a person. */
  readonly isServiceOrTrust: boolean;
  /** The directory itself needs it (isCriticalSystemObject): nobody's account. */
  readonly isSystemObject: boolean;
  /** When the password was last set, in the directory's own unit: only compared for being equal or later. */
  readonly passwordLastSet: bigint;
  /** The same in ms since 1970 UTC; undefined where it is not known. */
  readonly passwordLastSetMs: number | undefined;
}

export interface DirectoryAccount {
  /** Which of the agent's directories it lives in: the `id` of the settings. */
  readonly directoryId: string;
  readonly anchor: AccountAnchor;
  /** Where the entry lives now, as the directory spells it. Never built from user text. */
  readonly distinguishedName: string;
  /** What the server itself knows the entry by, whatever it is named; the same as the anchor unless the settings name another. */
  readonly identity: AccountAnchor;
  /** Which of the settings' bases it is in, matching its filter, as the settings spell it; undefined: none. */
  readonly base: string | undefined;
  /** Which of the groups that the settings name it is in, however deep. */
  readonly groups: readonly string[];
  /** Values of the attributes that the settings' rules name, by name in lower case. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  /** Another value after every write to the entry on the same server; undefined where that cannot be read. Only compared. */
  readonly revision: string | undefined;
  readonly displayName: string;
  readonly givenName: string | undefined;
  readonly surname: string | undefined;
  readonly userPrincipalName: string | undefined;
  readonly samAccountName: string;
  readonly domainName: string;
  readonly mail: readonly string[];
  readonly resetMail: readonly string[];
  /** As the directory spells them. */
  readonly resetPhones: readonly string[];
  readonly state: AccountState;
}

export type { AccountAnchor, PasswordPolicy };
