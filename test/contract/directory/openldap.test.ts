// A real OpenLDAP with the ppolicy overlay keeps the contract; proven by OpenLDAP's own client.

import { openLdapPeople } from '../../../scripts/lab/openldap-people.js';
import { openLdapForTests } from '../../support/openldap.js';
import { describeDirectoryContract } from './directory-contract.js';
import { LDAP_CONTRACT_POPULATION, LDAP_MANNERS, underTest } from './ldap-under-test.js';

describeDirectoryContract(
  'OpenLDAP',
  {
    ...LDAP_MANNERS,
    people: openLdapPeople(LDAP_CONTRACT_POPULATION).map(({ samAccountName }) => samAccountName),
    policy: {
      source: 'domain',
      lengthMin: 8,
      mustBeComplex: false,
      historyLength: 5,
      historyOnReset: 'enforced',
      ageMinMs: 0,
    },
    signIns: { expired: 'wrong-password' },
    state: 'at-once',
    // Below another unit than the one that was delegated.
    outOfReach: { samAccountName: 'iris', evidence: { ldapResultCode: 50, control: 'password-policy' } },
    gone: { kind: 'no-such-account', evidence: { ldapResultCode: 32, control: 'password-policy' } },
    tooShort: { ldapResultCode: 19, passwordPolicyError: 6, control: 'password-policy' },
  },
  async () => {
    const server = await openLdapForTests({ population: LDAP_CONTRACT_POPULATION });
    return underTest(server, 'openldap', { passwordPolicyDn: `cn=default,ou=policies,${server.suffix}` });
  },
);
