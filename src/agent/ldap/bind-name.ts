// Admits the name an agent binds with: a DN, a UPN or DOMAIN\name, from the administrator's settings and nowhere else.
// ldapts takes some other texts for SASL mechanisms and would send the password another way; those never reach it.

import { MalformedDistinguishedName, parseDistinguishedName } from '../directory/distinguished-name.js';
import { DirectoryMisconfigured } from '../directory/ports.js';

export type BindNameForm = 'distinguished-name' | 'user-principal-name' | 'domain-and-name';

const USER_PRINCIPAL_NAME = /^[^\s@\\=,][^@\\=,]*@[^\s@\\=,]+$/;
const DOMAIN_AND_NAME = /^[^\s@\\=,]+\\[^@\\=,]+$/;

/** Which form the name has. Throws DirectoryMisconfigured on any other, `EXTERNAL` and `PLAIN` among them. */
export function bindNameForm(name: string): BindNameForm {
  if (!/\p{Cc}/u.test(name)) {
    if (USER_PRINCIPAL_NAME.test(name)) return 'user-principal-name';
    if (DOMAIN_AND_NAME.test(name)) return 'domain-and-name';
    if (isDistinguishedName(name)) return 'distinguished-name';
  }
  throw new DirectoryMisconfigured(
    `the bind name ${JSON.stringify(name)} is no distinguished name, user principal name or DOMAIN\\name: correct it in the settings`,
  );
}

function isDistinguishedName(text: string): boolean {
  try {
    return parseDistinguishedName(text).length > 0;
  } catch (error) {
    if (error instanceof MalformedDistinguishedName) return false;
    throw error;
  }
}
