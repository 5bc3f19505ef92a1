// Who gets which mail of an organisation: whom it has named for that, and otherwise whom it has named at all.

import { expect, test } from 'vitest';
import { addressesFor } from '../../../../src/front-door/tenants/contact-way.js';
import type { ContactWay } from '../../../../src/front-door/tenants/tenant.js';

const all = ['all@example.com'];
const desk = ['desk@example.com'];
const soc = ['soc@example.com'];
const portal = { kind: 'portal', url: 'https://help.example.com/' } as const;

test.each<[string, ContactWay | undefined, readonly string[], readonly string[]]>([
  ['one list gets everything', { kind: 'email', addresses: all }, all, all],
  ['each role has its own', { kind: 'email', roles: { 'help-desk': desk, security: soc } }, desk, soc],
  ['the list has what no role is named for', { kind: 'email', addresses: all, roles: { security: soc } }, all, soc],
  ['the list, the other way round', { kind: 'email', addresses: all, roles: { 'help-desk': desk } }, desk, all],
  ['security answers for the help desk', { kind: 'email', roles: { security: soc } }, soc, soc],
  ['the help desk answers for security', { kind: 'email', roles: { 'help-desk': desk } }, desk, desk],
  ['a portal alone has nobody', portal, [], []],
  ['a portal’s security is told, and gets nothing that is typed', { ...portal, roles: { security: soc } }, [], soc],
  ['who has said nothing has nobody', undefined, [], []],
])('%s', (_, contact, helpDesk, security) => {
  expect(addressesFor('help-desk', contact)).toEqual(helpDesk);
  expect(addressesFor('security', contact)).toEqual(security);
});
