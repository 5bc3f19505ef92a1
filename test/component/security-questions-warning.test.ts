// A front door whose policies take security questions says so in its log at every start, plainly; one whose policies do not says nothing.

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startProgram } from '../support/programs.js';
import { loneFrontDoor, SETTINGS } from './lone-front-door.js';

const [example] = SETTINGS.tenants;
const tenant = (id: string, gates: number, methods: readonly string[], securityQuestions: object = {}) => ({
  ...example,
  id,
  domains: [`${id}.example`],
  securityQuestions,
  policies: [{ name: 'all', appliesTo: 'everyone', gates, methods }],
});

test('each tenant that takes them is named, and whether they are enough alone', async () => {
  await using house = await loneFrontDoor();
  const tenants = [
    tenant('alone', 1, ['email-code', 'security-questions'], { mayStandAlone: true }),
    tenant('second', 2, ['email-code', 'security-questions']),
    tenant('neither', 1, ['email-code']),
  ];
  const config = await house.settings({ tenants });
  await using program = await startProgram({
    args: ['front-door', '--config', config],
    logFile: join(house.folder, 'front-door.log'),
  });
  await program.until('front-door-started');
  await program.until('security-questions-taken', 2);
  await program.end('SIGTERM');
  const warned = program.lines('security-questions-taken');
  expect(warned).toMatchObject([
    { level: 'warn', tenantId: 'alone', isEnoughAlone: true, msg: expect.stringContaining('can reset their password') },
    { level: 'warn', tenantId: 'second', isEnoughAlone: false, msg: expect.stringContaining('one of two') },
  ]);
  for (const { msg } of warned) expect(msg).toMatch(/NIST SP 800-63B.*authenticator-code/);
});
