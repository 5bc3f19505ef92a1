// The password rules that will apply to one account: its fine-grained policy where it has one, else the domain's.
// Says honestly when a fine-grained policy exists but may not be read; the domain's rules then stand in as the least.

import type { DirectoryAccount, PasswordPolicy } from '../../directory/directory-account.js';
import { DirectoryMisconfigured } from '../../directory/ports.js';
import type { LdapConnection } from '../connection.js';
import { refusedTo } from '../connection-failures.js';
import type { Held } from '../dialect.js';
import type { LdapEntry } from '../ldap-entry.js';
import { LDAP_CODES, LdapRefusal } from '../ldap-errors.js';
import type { DomainController } from './domain-controller.js';
import { intervalMs } from './filetime.js';
import { guidName } from './object-guid.js';

/** Bit 0 of pwdProperties (MS-ADTS 3.1.1.1.5.2, DOMAIN_PASSWORD_COMPLEX). */
const COMPLEX = 1n;

export async function readPolicy(
  held: Held<DomainController>,
  account: DirectoryAccount,
  signal: AbortSignal,
): Promise<PasswordPolicy> {
  const { source, entry } = await readEffectiveRules(
    held,
    account,
    { fineGrained: FINE_GRAINED_ATTRIBUTES, domain: DOMAIN_ATTRIBUTES },
    signal,
  );
  return {
    ...(source === 'fine-grained' ? fineGrainedRules(entry) : domainRules(entry)),
    historyOnReset: historyOnReset(held.server),
    source,
  };
}

/** Only where the domain controller takes the policy hints that go with every reset. */
export function historyOnReset({
  policyHintsOid,
}: Pick<DomainController, 'policyHintsOid'>): PasswordPolicy['historyOnReset'] {
  return policyHintsOid === undefined ? 'not-enforced' : 'enforced';
}

/** Which attributes are read of a fine-grained policy, and which of the domain; the first of each tells whether it can be read. */
export interface RuleAttributes {
  readonly fineGrained: readonly string[];
  readonly domain: readonly string[];
}

export interface EffectiveRules {
  readonly source: PasswordPolicy['source'];
  /** The fine-grained policy, or the domain's head where there is none or it may not be read. */
  readonly entry: LdapEntry;
}

/** The entry that holds the account's rules. Throws DirectoryMisconfigured when not even the domain's can be read. */
export async function readEffectiveRules(
  { connection, server }: Held<DomainController>,
  account: DirectoryAccount,
  attributes: RuleAttributes,
  signal: AbortSignal,
): Promise<EffectiveRules> {
  const person = await readEntry(connection, guidName(account.identity), ['msDS-ResultantPSO'], signal);
  const policyName = person?.text('msDS-ResultantPSO');
  const fineGrained =
    policyName === undefined ? undefined : await readEntry(connection, policyName, attributes.fineGrained, signal);
  if (fineGrained?.text(attributes.fineGrained[0] ?? '') !== undefined) {
    return { source: 'fine-grained', entry: fineGrained };
  }
  const head = await readEntry(connection, server.domain.namingContext, attributes.domain, signal);
  if (head?.text(attributes.domain[0] ?? '') === undefined) {
    throw new DirectoryMisconfigured('the service account may not read the password rules of the domain');
  }
  return { source: policyName === undefined ? 'domain' : 'fine-grained-unreadable', entry: head };
}

const FINE_GRAINED_ATTRIBUTES = [
  'msDS-MinimumPasswordLength',
  'msDS-PasswordComplexityEnabled',
  'msDS-PasswordHistoryLength',
  'msDS-MinimumPasswordAge',
];
const DOMAIN_ATTRIBUTES = ['minPwdLength', 'pwdProperties', 'pwdHistoryLength', 'minPwdAge'];

type Rules = Omit<PasswordPolicy, 'historyOnReset' | 'source'>;

function fineGrainedRules(policy: LdapEntry): Rules {
  return {
    lengthMin: Number(policy.integer('msDS-MinimumPasswordLength') ?? 0n),
    mustBeComplex: policy.text('msDS-PasswordComplexityEnabled')?.toUpperCase() === 'TRUE',
    historyLength: Number(policy.integer('msDS-PasswordHistoryLength') ?? 0n),
    ageMinMs: intervalMs(policy.integer('msDS-MinimumPasswordAge')),
  };
}

function domainRules(head: LdapEntry): Rules {
  return {
    lengthMin: Number(head.integer('minPwdLength') ?? 0n),
    mustBeComplex: ((head.integer('pwdProperties') ?? 0n) & COMPLEX) !== 0n,
    historyLength: Number(head.integer('pwdHistoryLength') ?? 0n),
    ageMinMs: intervalMs(head.integer('minPwdAge')),
  };
}

/** Undefined when it is not there or may not be seen. */
async function readEntry(
  connection: LdapConnection,
  base: string,
  attributes: readonly string[],
  signal: AbortSignal,
): Promise<LdapEntry | undefined> {
  try {
    const [entry] = await connection.search({ base, scope: 'base', attributes }, signal);
    return entry;
  } catch (error) {
    if (error instanceof LdapRefusal && error.resultCode === LDAP_CODES.noSuchObject) return undefined;
    return refusedTo('show its password rules')(error);
  }
}
