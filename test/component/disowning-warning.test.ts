// A front door that could tell no administrator of "it wasn't me" says so in its log at every start, of each such organisation, and of no other.

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startProgram } from '../support/programs.js';
import { loneFrontDoor, SETTINGS } from './lone-front-door.js';

const [example] = SETTINGS.tenants;
const portal = { kind: 'portal', url: 'https://help.example.com/' };
const tenant = (id: string, changes: object) => ({ ...example, id, domains: [`${id}.example`], ...changes });

test('each organisation that is reached by a portal and names nobody is named, unless its people are told of nothing', async () => {
  await using house = await loneFrontDoor();
  const config = await house.settings({
    tenants: [
      tenant('portal', { contact: portal }),
      tenant('named', { contact: { ...portal, roles: { security: ['soc@example.com'] } } }),
      tenant('mail', {}),
      tenant('silent', { contact: portal, notify: false }),
    ],
  });
  await using program = await startProgram({
    args: ['front-door', '--config', config],
    logFile: join(house.folder, 'front-door.log'),
  });
  await program.until('front-door-started');
  await program.until('disowning-tells-nobody');
  await program.end('SIGTERM');
  expect(program.lines('disowning-tells-nobody')).toMatchObject([
    { level: 'warn', tenantId: 'portal', msg: expect.stringMatching(/contact\.roles\.security.*account-disowned/) },
  ]);
});
