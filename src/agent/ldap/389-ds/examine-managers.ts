// FreeIPA keeps a list of accounts whose password writes leave people alone: one that obeys the rules (SysAcctManagersDNs) and an
// older one that skips them (passSyncManagersDNs). Without either, everybody must change again after each reset (facts of FreeIPA:
// https://freeipa.readthedocs.io/, "System accounts"). The list is not replicated, so it is looked at where we are.

import { isSameName, MalformedDistinguishedName, parseDistinguishedName } from '../../directory/distinguished-name.js';
import type { Check, Finding } from '../../health/precheck.js';
import type { Examined } from '../dialect.js';
import { readEntry } from '../read-entry.js';
import type { DirectoryServer389 } from './directory-server.js';

const MANAGERS_DN = 'cn=ipa_pwd_extop,cn=plugins,cn=config';

export function passwordManagerChecks({ ask, bindName }: Examined<DirectoryServer389>): readonly Check[] {
  return [
    {
      codes: ['password-managers'],
      target: MANAGERS_DN,
      look: (signal) =>
        ask(signal, async ({ connection }) => {
          const attributes = ['cn', 'passSyncManagersDNs', 'SysAcctManagersDNs'];
          const request = { base: MANAGERS_DN, attributes, doing: 'show the password managers' };
          const entry = await readEntry(connection, request, signal);
          // Not there, or not for us to see: nearly always no FreeIPA.
          if (entry === undefined)
            return [finding('pass', 'no such list can be seen here: no FreeIPA, or closed to us')];
          if (entry.texts('passSyncManagersDNs').some((name) => isNamed(name, bindName))) {
            return [finding('warn', 'the service account is exempt from the password rules (passSyncManagersDNs)')];
          }
          return entry.texts('SysAcctManagersDNs').some((name) => isNamed(name, bindName))
            ? [finding('pass', 'listed in SysAcctManagersDNs')]
            : [finding('warn', 'not listed: people must change again after every reset')];
        }),
    },
  ];
}

function finding(status: Finding['status'], detail: string): Finding {
  return { code: 'password-managers', status, target: MANAGERS_DN, detail };
}

function isNamed(listed: string, bindName: string): boolean {
  try {
    return isSameName(parseDistinguishedName(listed), parseDistinguishedName(bindName));
  } catch (error) {
    if (error instanceof MalformedDistinguishedName) return false;
    throw error;
  }
}
