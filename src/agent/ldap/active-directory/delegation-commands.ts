// The commands that give the service account exactly the rights of rights.ts on people below each scope: for Windows (dsacls) and
// for Samba (samba-tool). Pure. Names are written so that no shell finds anything of its own in them.

import { formatForCommands, parseDistinguishedName } from '../../directory/distinguished-name.js';
import type { DelegationRequest } from '../../health/delegation.js';
import { bindNameForm } from '../bind-name.js';
import type { Trustee } from '../dialect.js';
import { inSingleQuotes } from '../shell-quotes.js';
import { type NeededRight, rightsFor, UNEXPIRE_PASSWORD, USER_CLASS } from './rights.js';

export function delegationCommands(request: DelegationRequest, trustee: Trustee | undefined): readonly string[] {
  const rights = rightsFor(request.operations);
  const scopes = request.scope.map((scope) => formatForCommands(parseDistinguishedName(scope)));
  const domain = domainOf(request.baseDn);
  const windowsName = windowsTrustee(trustee?.name ?? request.bindName);
  const sid = trustee?.sid ?? '$sid';
  return [
    '# Windows, in a command prompt of somebody who may change the permissions of these units:',
    ...scopes.flatMap((scope) => rights.map((right) => dsacls(scope, '/I:S', `${windowsName}:${grantOf(right)};user`))),
    '#   only where `drawbridge agent check` misses Unexpire Password:',
    `#   ${dsacls(domain, '', `${windowsName}:CA;Unexpire Password`)}`,
    '',
    '# Samba, as root on a domain controller:',
    ...(trustee?.sid === undefined ? sidLookUp(request.bindName) : []),
    ...scopes.map((scope) => sambaTool(scope, rights.map((right) => sddlOf(right, sid)).join(''))),
    '#   only where `drawbridge agent check` misses Unexpire Password:',
    `#   ${sambaTool(domain, `(OA;;CR;${UNEXPIRE_PASSWORD.guid};;${sid})`)}`,
  ];
}

function dsacls(distinguishedName: string, reach: string, grant: string): string {
  return ['dsacls', `"${distinguishedName}"`, reach, '/G', `"${grant}"`].filter(Boolean).join(' ');
}

function grantOf({ abbreviation, dsaclsObject }: NeededRight): string {
  return `${abbreviation};${dsaclsObject}`;
}

/** Inherited by users below, and not for the unit itself. SDDL says CR for what dsacls calls CA. */
function sddlOf({ abbreviation, wanted }: NeededRight, sid: string): string {
  return `(OA;CIIO;${abbreviation === 'CA' ? 'CR' : 'WP'};${wanted.guid};${USER_CLASS};${sid})`;
}

function sambaTool(distinguishedName: string, sddl: string): string {
  // The only `$` is that of the SID looked up above, which has to be seen by the shell.
  return `samba-tool dsacl set --objectdn=${inSingleQuotes(distinguishedName)} --sddl="${sddl}"`;
}

/** For when the directory was not asked: a line that asks it. */
function sidLookUp(bindName: string): string[] {
  const read = `samba-tool user show ${inSingleQuotes(samAccountNameIn(bindName))} --attributes=objectSid`;
  return [
    '#   (the name is taken from `bindName`: correct it where the account has another sAMAccountName)',
    `sid=$(${read} | sed -n 's/^objectSid: //p')`,
  ];
}

function samAccountNameIn(bindName: string): string {
  switch (bindNameForm(bindName)) {
    case 'user-principal-name':
      return bindName.slice(0, bindName.lastIndexOf('@'));
    case 'domain-and-name':
      return bindName.slice(bindName.indexOf('\\') + 1);
    case 'distinguished-name':
      return parseDistinguishedName(bindName)[0]?.[0]?.value ?? '';
  }
}

/** Between double quotes of a command prompt. A name with a per cent sign there is only safe by hand. */
function windowsTrustee(name: string): string {
  return bindNameForm(name) === 'distinguished-name' ? formatForCommands(parseDistinguishedName(name)) : name;
}

/** The part of a base DN that is the domain. */
function domainOf(baseDn: string): string {
  const parts = parseDistinguishedName(baseDn).filter(([first]) => first?.type.toUpperCase() === 'DC');
  return formatForCommands(parts);
}
