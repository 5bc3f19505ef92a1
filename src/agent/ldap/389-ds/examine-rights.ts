// Asks 389 Directory Server what the service account may do to real accounts of every scope, and to the scope itself. Thin: the
// server computes it, from every instruction that bears on it; judging is left to judge-rights.ts. Reads, and never tries.

import { isSameName, parseDistinguishedName } from '../../directory/distinguished-name.js';
import type { Check, Finding } from '../../health/precheck.js';
import { rightsFor } from '../checks/needed-rights.js';
import { sampleNames } from '../checks/sample-names.js';
import type { LdapConnection } from '../connection.js';
import { refusedTo } from '../connection-failures.js';
import { effectiveRightsControl } from '../controls.js';
import type { Examined } from '../dialect.js';
import type { LdapEntry } from '../ldap-entry.js';
import { readEntry } from '../read-entry.js';
import { everybodyWithUid } from '../uid-and-mail.js';
import type { DirectoryServer389 } from './directory-server.js';
import { effectiveRightsOf } from './effective-rights.js';
import { judgeScope, type RightsOnEntry } from './judge-rights.js';
import { NEEDED_RIGHTS, SENSITIVE_ATTRIBUTES } from './rights.js';

export function rightsChecks({ ask, bindName, context }: Examined<DirectoryServer389>): readonly Check[] {
  const { operations, excluded } = context;
  return context.scope.map((scope) => ({
    codes: [...rightsFor(NEEDED_RIGHTS, operations).map(({ code }) => code), 'over-privilege'],
    target: scope,
    needs: { code: 'scope-dn', of: 'same-target' },
    look: (signal): Promise<readonly Finding[]> =>
      ask(signal, async ({ connection }) => {
        const asking = { connection, bindName };
        // Never written to, and everybody has rights on themselves that they have on nobody else.
        const others = { base: scope, filter: everybodyWithUid(), excluded: [...excluded, bindName] };
        const names = await sampleNames(connection, others, signal);
        const accounts: RightsOnEntry[] = [];
        for (const name of names) accounts.push(await readRights(asking, name, signal));
        const place = await readPlace(asking, scope, signal);
        return judgeScope({ scope, operations, accounts, ...place });
      }),
  }));
}

interface Asking {
  readonly connection: Pick<LdapConnection, 'search'>;
  readonly bindName: string;
}

const DOING = 'tell the rights of the service account';
/** @NOTE The values come with the rights, where they may be read: nothing is asked for that is not judged. */
const ATTRIBUTES = [...NEEDED_RIGHTS.flatMap(({ attributes }) => attributes), ...SENSITIVE_ATTRIBUTES];

async function readRights({ connection, bindName }: Asking, base: string, signal: AbortSignal): Promise<RightsOnEntry> {
  const controls = [effectiveRightsControl(bindName)];
  const entry = await readEntry(connection, { base, attributes: ATTRIBUTES, controls, doing: DOING }, signal);
  return rightsOn(base, entry);
}

/** The scope, and an account that somebody makes in it tomorrow: the server makes one up when it is asked for one of a class. */
async function readPlace({ connection, bindName }: Asking, scope: string, signal: AbortSignal) {
  const attributes = ATTRIBUTES.map((name) => `${name}@inetOrgPerson:uid`);
  const controls = [effectiveRightsControl(bindName)];
  const entries = await connection
    .search({ base: scope, scope: 'base', attributes, controls }, signal)
    .catch(refusedTo(DOING));
  const top = parseDistinguishedName(scope);
  const isTop = (entry: LdapEntry) => isSameName(parseDistinguishedName(entry.distinguishedName), top);
  return {
    place: rightsOn(scope, entries.find(isTop)),
    newcomer: rightsOn(
      scope,
      entries.find((entry) => !isTop(entry)),
    ),
  };
}

function rightsOn(distinguishedName: string, entry: LdapEntry | undefined): RightsOnEntry {
  return { distinguishedName, rights: entry === undefined ? undefined : effectiveRightsOf(entry) };
}
