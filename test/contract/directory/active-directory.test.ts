// A real Active Directory (Samba) keeps the contract; proven by OpenLDAP's own client.

import { readFile } from 'node:fs/promises';
import { proveBind } from '../../../scripts/lab/proofs.js';
import { runCommand } from '../../../scripts/lab/run-command.js';
import { activeDirectory } from '../../../src/agent/ldap/active-directory/active-directory.js';
import { openLdapDirectory } from '../../../src/agent/ldap/ldap-directory.js';
import { Secret } from '../../../src/secret/secret.js';
import { systemClock } from '../../../src/timing/clock.js';
import { sambaForTests } from '../../support/samba.js';
import { ACTIVE_DIRECTORY_MANNERS, CONTRACT_POPULATION, describeDirectoryContract } from './directory-contract.js';

describeDirectoryContract('Active Directory', ACTIVE_DIRECTORY_MANNERS, async () => {
  const domain = await sambaForTests(CONTRACT_POPULATION);
  const directory = openLdapDirectory(activeDirectory({ attributes: { resetPhones: [{ attribute: 'mobile' }] } }), {
    directoryId: 'corp',
    urls: [domain.url],
    ca: await readFile(domain.caFile, 'utf8'),
    bindName: domain.serviceAccount.bindName,
    bindPassword: () => Secret.fromText(domain.serviceAccount.password),
    baseDn: domain.baseDn,
    pageSize: 5,
    clock: systemClock,
  });
  return {
    directory,
    signsIn: async (samAccountName, password) => {
      const proof = await proveBind({ ...domain, bindName: `${samAccountName}@corp.example.com`, password });
      if (proof.kind === 'unreachable') throw new Error(proof.said);
      return proof.kind === 'accepted';
    },
    remove: async (samAccountName) => {
      await runCommand('samba-tool', ['user', 'delete', samAccountName, '-s', domain.smbConfFile]);
    },
    [Symbol.asyncDispose]: async () => {
      await directory[Symbol.asyncDispose]();
      await domain.stop();
    },
  };
});
