// A real 389 Directory Server keeps the contract; proven by OpenLDAP's client.

import { dirsrvPeople } from '../../../scripts/lab/dirsrv-people.js';
import { dirsrvForTests } from '../../support/dirsrv.js';
import { describeDirectoryContract } from './directory-contract.js';
import { LDAP_CONTRACT_POPULATION, LDAP_MANNERS, underTest } from './ldap-under-test.js';

describeDirectoryContract(
  '389 Directory Server',
  {
    ...LDAP_MANNERS,
    people: dirsrvPeople(LDAP_CONTRACT_POPULATION).map(({ samAccountName }) => samAccountName),
    policy: {
      source: 'domain',
      lengthMin: 8,
      mustBeComplex: true,
      historyLength: 5,
      historyOnReset: 'enforced',
      ageMinMs: 0,
    },
    signIns: { expired: 'not-in-it' },
    state: 'soon-after',
    // Below another unit than the one that was delegated.
    outOfReach: {
      samAccountName: 'iris',
      evidence: { ldapResultCode: 50, passwordPolicyError: 3, control: 'password-policy' },
    },
    gone: { kind: 'not-permitted', evidence: { ldapResultCode: 50, control: 'password-policy' } },
    tooShort: { ldapResultCode: 19, passwordPolicyError: 5, control: 'password-policy' },
  },
  async () => {
    // Must-change means something only where the rules require it, and a lost answer is told surely only by a count of changes.
    const server = await dirsrvForTests({
      population: LDAP_CONTRACT_POPULATION,
      afterReset: 'must-change',
      changes: 'counted',
    });
    return underTest(server, '389-ds');
  },
);
