// The front door's keys: made once, whoever starts first; and a file that holds anything else refuses the start.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OperatorMistake } from '../../../src/failure/failure.js';
import { loadFrontDoorSecrets } from '../../../src/front-door/secrets.js';

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
