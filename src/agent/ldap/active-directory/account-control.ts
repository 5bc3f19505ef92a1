// The bits of userAccountControl and of its computed twin that are looked at (MS-ADTS 2.2.16, 3.1.1.4.5.17). Pure.

const DISABLED = 0x2;
const LOCKED_OUT = 0x10;
const INTERDOMAIN_TRUST = 0x800;
const WORKSTATION_TRUST = 0x1000;
const SERVER_TRUST = 0x2000;
const DONT_EXPIRE_PASSWORD = 0x10000;
const SMARTCARD_REQUIRED = 0x40000;
const PASSWORD_EXPIRED = 0x800000;
const PARTIAL_SECRETS = 0x4000000;

export interface AccountControl {
  readonly isDisabled: boolean;
  readonly isSmartcardRequired: boolean;
  readonly doesPasswordNeverExpire: boolean;
  readonly isMachineOrTrust: boolean;
}

export function readAccountControl(userAccountControl: number): AccountControl {
  const has = (bits: number) => (userAccountControl & bits) !== 0;
  return {
    isDisabled: has(DISABLED),
    isSmartcardRequired: has(SMARTCARD_REQUIRED),
    doesPasswordNeverExpire: has(DONT_EXPIRE_PASSWORD),
    isMachineOrTrust: has(INTERDOMAIN_TRUST | WORKSTATION_TRUST | SERVER_TRUST | PARTIAL_SECRETS),
  };
}

/** What only the computed attribute tells truly: the stored lock bit is never set, the stored time does not know its age. */
export function readComputedControl(computed: number): {
  readonly isLocked: boolean;
  readonly isPasswordExpired: boolean;
} {
  return { isLocked: (computed & LOCKED_OUT) !== 0, isPasswordExpired: (computed & PASSWORD_EXPIRED) !== 0 };
}
