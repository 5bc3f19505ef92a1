// The front door's keys: made once, whoever starts first; and a file that holds anything else refuses the start.

import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { OperatorMistake } from '../../../src/failure/failure.js';
import { frontDoorSettingsSchema } from '../../../src/front-door/config.js';
import { loadFrontDoorSecrets, ticketEndpoints } from '../../../src/front-door/secrets.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drawbridge-secrets-'));
  await mkdir(join(folder, 'keys'), { mode: 0o700 });
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the front door’s keys', () => {
  test('are the same at every start', async () => {
    const first = await loadFrontDoorSecrets(folder);
    const second = await loadFrontDoorSecrets(folder);
    expect(second.signingKey.publicKey).toEqual(first.signingKey.publicKey);
    expect(second.dataKey).toEqual(first.dataKey);
    expect(second.dataKey).not.toEqual(second.digestKey);
  });

  test('are the same for two that start first at the same time', async () => {
    const both = await Promise.all([loadFrontDoorSecrets(folder), loadFrontDoorSecrets(folder)]);
    expect(both[0].signingKey.publicKey).toEqual(both[1].signingKey.publicKey);
    expect(both[0].dataKey).toEqual(both[1].dataKey);
  });

  test.each([0, 31, 33])('are refused with a master key of %i bytes, and it is said what to do', async (length) => {
    await writeFile(join(folder, 'keys', 'master-key'), Buffer.alloc(length, 7), { mode: 0o600 });
    const refused = await loadFrontDoorSecrets(folder).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(OperatorMistake);
    expect(refused).toMatchObject({ code: 'master-key-invalid', message: expect.stringContaining('backup') });
  });

  test.each(['', 'canary-4711'])(
    'are refused with a signing key that is none ("%s"), which is not quoted',
    async (text) => {
      await writeFile(join(folder, 'keys', 'signing-key.pem'), text, { mode: 0o600 });
      const refused = await loadFrontDoorSecrets(folder).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(OperatorMistake);
      expect(refused).toMatchObject({ code: 'front-door-key-invalid', message: expect.stringContaining('backup') });
      expect(String(refused)).not.toContain('canary');
    },
  );
});

describe('the secret of a webhook', () => {
  const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const endpointsWith = async (text: string) => {
    await writeFile(join(folder, 'ticket-secret'), text, { mode: 0o600 });
    const example = parse(readFileSync('config/front-door.example.yaml', 'utf8'));
    const [tenant] = example.tenants;
    const webhook = { url: 'https://tickets.example.com/', secret: { file: 'ticket-secret' } };
    const contact = { ...tenant.contact, webhook };
    return ticketEndpoints(frontDoorSettingsSchema(folder).parse({ ...example, tenants: [{ ...tenant, contact }] }));
  };

  test('is read from its file, and printed by nobody', async () => {
    const [endpoint] = (await endpointsWith(`${SECRET}\n`)).values();
    expect(endpoint?.key.exposeBytes()).toEqual(new Uint8Array(32).fill(7));
    expect(JSON.stringify(endpoint)).not.toContain(SECRET.slice(6, 20));
  });

  test.each(['canary-4711', 'whsec_Y2FuYXJ5'])('that is none refuses the start, and is not quoted', async (text) => {
    const refused = await endpointsWith(text).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(OperatorMistake);
    expect(refused).toMatchObject({ code: 'webhook-secret-invalid', message: expect.stringContaining('whsec_') });
    expect(String(refused)).not.toMatch(/canary|Y2FuYXJ5/);
  });
});
