// Looks at real accounts of every scope of an OpenLDAP directory as far as a client can without trying: what may be read of them,
// whether stored passwords can be searched, which is more than a service account needs, and, where the overlay "allowed" of
// OpenLDAP's contributed modules is loaded, which attributes may be written. Thin: judging is left to judge-rights.ts.

import { PresenceFilter } from 'ldapts';
import type { Check, Finding } from '../../health/precheck.js';
import { rightsFor } from '../checks/needed-rights.js';
import { NO_ATTRIBUTES, sampleNames } from '../checks/sample-names.js';
import type { LdapConnection } from '../connection.js';
import type { Examined } from '../dialect.js';
import { LDAP_CODES, LdapRefusal } from '../ldap-errors.js';
import { readEntry } from '../read-entry.js';
import { everybodyWithUid } from '../uid-and-mail.js';
import { judgeScope, type SampledAccount } from './judge-rights.js';
import type { OpenLdapServer } from './openldap-server.js';
import { NEEDED_RIGHTS } from './rights.js';

export function rightsChecks({ ask, bindName, context }: Examined<OpenLdapServer>): readonly Check[] {
  const { operations, excluded } = context;
  return context.scope.map((scope) => ({
    codes: ['accounts-readable', ...rightsFor(NEEDED_RIGHTS, operations).map(({ code }) => code), 'over-privilege'],
    target: scope,
    needs: { code: 'scope-dn', of: 'same-target' },
    look: (signal): Promise<readonly Finding[]> =>
      ask(signal, async ({ connection, server: { hasPolicies } }) => {
        // Never written to, and everybody has rights on themselves that they have on nobody else.
        const others = { base: scope, filter: everybodyWithUid(), excluded: [...excluded, bindName] };
        const accounts: SampledAccount[] = [];
        for (const name of await sampleNames(connection, others, signal)) {
          const account = await readSampled(connection, name, signal);
          if (account !== undefined) accounts.push(account);
        }
        return judgeScope({ scope, operations, bindName, hasPolicies, accounts });
      }),
  }));
}

type Asked = Pick<LdapConnection, 'search'>;

/** Undefined when it went away meanwhile. */
async function readSampled(connection: Asked, base: string, signal: AbortSignal): Promise<SampledAccount | undefined> {
  const request = { base, attributes: ATTRIBUTES, doing: `show ${base}` };
  const entry = await readEntry(connection, request, signal);
  if (entry === undefined) return undefined;
  const lowerCase = (name: string) => new Set(entry.texts(name).map((attribute) => attribute.toLowerCase()));
  return {
    distinguishedName: base,
    unreadable: ON_EVERY_ENTRY.filter((name) => entry.text(name) === undefined),
    hasPasswordTime: entry.text('pwdChangedTime') !== undefined,
    isPasswordSearchable: await isPasswordSearchable(connection, base, signal),
    attributes: lowerCase('allowedAttributes'),
    writableAttributes: lowerCase('allowedAttributesEffective'),
  };
}

/** What every entry has (RFC 4530; slapd's own), so that it is missing only where it may not be read. */
const ON_EVERY_ENTRY = ['entryUUID', 'entryCSN'];
const ATTRIBUTES = [...ON_EVERY_ENTRY, 'pwdChangedTime', 'allowedAttributes', 'allowedAttributesEffective'];

/** Whether the entry is found by having a password. No value travels: whoever may search could guess, whoever may write alone cannot. */
async function isPasswordSearchable(connection: Asked, base: string, signal: AbortSignal): Promise<boolean> {
  const filter = new PresenceFilter({ attribute: 'userPassword' });
  try {
    return (await connection.search({ base, scope: 'base', filter, attributes: NO_ATTRIBUTES }, signal)).length > 0;
  } catch (error) {
    if (error instanceof LdapRefusal && error.resultCode === LDAP_CODES.insufficientAccessRights) return false;
    throw error;
  }
}
