// The rights an agent needs in Active Directory, and for what: one table, from which `agent delegation` prints the commands and
// by which `agent check` judges what it finds. Data only. docs/operations.md tells the same to people.

import type { Operation } from '../../../protocol/operations.js';
import type { WantedRight } from './access-check.js';

export interface NeededRight {
  readonly code: 'right-reset-password' | 'right-unlock' | 'right-must-change';
  /** As administrators know it. */
  readonly name: string;
  readonly wanted: Exclude<WantedRight, { kind: 'mask' }>;
  /** As dsacls and SDDL abbreviate it: control access, or write property. */
  readonly abbreviation: 'CA' | 'WP';
  /** What dsacls calls the object of the right. */
  readonly dsaclsObject: string;
  /** The attribute whose name allowedAttributesEffective lists where it may be written; undefined for an extended right. */
  readonly attribute: string | undefined;
  /** Turned on for an account, they need the right. */
  readonly neededFor: readonly Operation[];
}

/** Users, and what derives from them (MS-ADSC 2.267). */
export const USER_CLASS = 'bf967aba-0de6-11d0-a285-00aa003049e2';

/** User-Account-Restrictions: pwdLastSet belongs to it, lockoutTime to no set (attributeSecurityGUID in MS-ADA1, MS-ADA2). */
const ACCOUNT_RESTRICTIONS = '4c164200-20c0-11d0-a768-00aa006e0529';

export const NEEDED_RIGHTS: readonly NeededRight[] = [
  {
    code: 'right-reset-password',
    name: 'Reset Password',
    // User-Force-Change-Password (MS-ADTS 5.1.3.2.1).
    wanted: { kind: 'extended', guid: '00299570-246d-11d0-a768-00aa006e0529' },
    abbreviation: 'CA',
    dsaclsObject: 'Reset Password',
    attribute: undefined,
    neededFor: ['reset', 'reset-after-compromise'],
  },
  {
    code: 'right-unlock',
    name: 'write lockoutTime',
    wanted: {
      kind: 'write-attribute',
      guid: '28630ebf-41d5-11d1-a9c1-0000f80367c1',
      propertySet: undefined,
    },
    abbreviation: 'WP',
    dsaclsObject: 'lockoutTime',
    attribute: 'lockoutTime',
    neededFor: ['unlock'],
  },
  {
    code: 'right-must-change',
    name: 'write pwdLastSet',
    wanted: {
      kind: 'write-attribute',
      guid: 'bf967a0a-0de6-11d0-a285-00aa003049e2',
      propertySet: ACCOUNT_RESTRICTIONS,
    },
    abbreviation: 'WP',
    dsaclsObject: 'pwdLastSet',
    attribute: 'pwdLastSet',
    // Every reset writes it: to say whether the password must be changed again.
    neededFor: ['reset', 'reset-after-compromise'],
  },
];

/** Without it a reset leaves "must change at next sign-in" set (MS-SAMR 3.1.1.8.7). Held at the domain's root. */
export const UNEXPIRE_PASSWORD: Extract<WantedRight, { kind: 'extended' }> = {
  kind: 'extended',
  guid: 'ccc2dc7d-a6ad-4a7a-8846-c04e3cc53501',
};

/**
 * DS-Replication-Get-Changes-All at the domain's root (MS-ADTS 5.1.3.2.1): whoever holds it beside Get-Changes reads the secret of every
 * account as another domain controller does ("DCSync"). Nothing here needs it: DirSync is asked for what our own rights reach.
 */
export const REPLICATE_SECRETS: Extract<WantedRight, { kind: 'extended' }> = {
  kind: 'extended',
  guid: '1131f6ad-9c07-11d1-f79f-00c04fc2dcd2',
};

export function rightsFor(operations: readonly Operation[]): readonly NeededRight[] {
  return NEEDED_RIGHTS.filter(({ neededFor }) => neededFor.some((operation) => operations.includes(operation)));
}
