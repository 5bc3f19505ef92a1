// The private files of the agent: whole or not at all, for nobody else’s eyes, and never quoted in a message.

import { generateKeyPairSync, sign, verify } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileIdentityStore } from '../../../../src/agent/data-folder/file-identity-store.js';
import { FileSealingKeyStore } from '../../../../src/agent/data-folder/file-sealing-key-store.js';
import type { Identity } from '../../../../src/agent/enrolment/identity.js';
import type { StoredSealingKey } from '../../../../src/agent/sealing-keys/sealing-key-store.js';
import {
  PrivateFileExposed,
  PrivateFileUnusable,
  readPrivateFile,
  replacePrivateFile,
} from '../../../../src/private-files/private-file.js';
import { ed25519PublicKey, rawPublicKey } from '../../../../src/protocol/handshake.js';
import { parseAgentId, parseKeyId, parseTenantId } from '../../../../src/protocol/identifiers.js';

let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'drawbridge-keys-')), 'data');
});

afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

function identity(): Identity {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    tenantId: parseTenantId('example'),
    agentId: parseAgentId('00000000-0000-4000-8000-00000000a6e7'),
    privateKey,
    publicKey: rawPublicKey(publicKey),
    frontDoorPublicKey: rawPublicKey(generateKeyPairSync('ed25519').publicKey),
    frontDoorUrl: 'https://reset.example.com',
  };
}

function sealingKey(changes: Partial<StoredSealingKey> = {}): StoredSealingKey {
  return {
    keyId: parseKeyId('AAAAAAAAAAAAAAAAAAAAAA'),
    publicKey: new Uint8Array(65).fill(4),
    privateKey: new Uint8Array(138).fill(7),
    notBeforeMs: 1,
    rotateAtMs: 2,
    notAfterMs: 3,
    ...changes,
  };
}

describe('a private file', () => {
  const file = () => join(folder, 'secret.json');

  it('is not there at first, and then what was last written', async () => {
    expect(await readPrivateFile(file())).toBeUndefined();
    await replacePrivateFile(file(), 'first');
    await replacePrivateFile(file(), 'second');
    expect((await readPrivateFile(file()))?.toString()).toBe('second');
    expect(readdirSync(folder)).toEqual(['secret.json']);
  });

  // Modes mean nothing on Windows: there the folder's ACL is what protects, and nothing is refused.
  it('is readable by nobody else, and refused when it is', async () => {
    await replacePrivateFile(file(), 'text');
    if (platform() === 'win32') return;
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const mode of [0o640, 0o604, 0o660]) {
      chmodSync(file(), mode);
      await expect(readPrivateFile(file())).rejects.toThrow(PrivateFileExposed);
    }
  });

  it('gets its own mode even over what a power cut left behind', async () => {
    await replacePrivateFile(file(), 'old');
    writeFileSync(`${file()}.new`, 'half of somethi', { mode: 0o666 });
    chmodSync(`${file()}.new`, 0o666);
    expect((await readPrivateFile(file()))?.toString()).toBe('old');
    await replacePrivateFile(file(), 'new');
    expect((await readPrivateFile(file()))?.toString()).toBe('new');
    expect(existsSync(`${file()}.new`)).toBe(false);
  });

  it('stays as it was when the new one cannot be written', async () => {
    await replacePrivateFile(file(), 'old');
    await expect(replacePrivateFile(folder, 'over a folder')).rejects.toThrow(PrivateFileUnusable);
    expect((await readPrivateFile(file()))?.toString()).toBe('old');
    expect(existsSync(`${folder}.new`)).toBe(false);
  });
});

describe('the identity store', () => {
  it('gives back who the agent is, with a key that signs', async () => {
    const store = new FileIdentityStore(folder);
    expect(await store.load()).toBeUndefined();
    const saved = identity();
    await store.save(saved);
    const loaded = await new FileIdentityStore(folder).load();
    if (loaded === undefined) throw new Error('saved before');
    const { privateKey, ...rest } = loaded;
    expect(rest).toEqual({ ...saved, privateKey: undefined });
    const text = Buffer.from('proof');
    expect(verify(null, text, ed25519PublicKey(saved.publicKey), sign(null, text, privateKey))).toBe(true);
  });

  it('replaces an older identity', async () => {
    const store = new FileIdentityStore(folder);
    await store.save(identity());
    const second = identity();
    await store.save(second);
    expect((await store.load())?.publicKey).toEqual(second.publicKey);
  });

  it.each([
    ['no JSON', () => '{'],
    ['another shape', () => '{"version":1}'],
    ['a newer version', (text: string) => text.replace('"version": 1', '"version": 2')],
    ['a key that is none', (text: string) => text.replace(/"privateKey": "[^"]+"/, '"privateKey": "AAAA"')],
  ])('refuses a file with %s, and does not quote it', async (_, change) => {
    const store = new FileIdentityStore(folder);
    await store.save(identity());
    const file = join(folder, 'identity.json');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, change(before));
    const failure: unknown = await store.load().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PrivateFileUnusable);
    const secret = /"privateKey": "([^"]+)"/.exec(before)?.[1] ?? 'the file always has one';
    expect(String(failure)).not.toContain(secret);
  });
});

describe('the sealing key store', () => {
  it('gives back every key as it was, in order', async () => {
    const store = new FileSealingKeyStore(folder);
    expect(await store.load()).toEqual([]);
    const keys = [sealingKey(), sealingKey({ keyId: parseKeyId('BBBBBBBBBBBBBBBBBBBBBB'), notAfterMs: 4 })];
    await store.save(keys);
    expect(await new FileSealingKeyStore(folder).load()).toEqual(keys);
  });

  it('does not keep a key that was left out', async () => {
    const store = new FileSealingKeyStore(folder);
    await store.save([sealingKey({ privateKey: new TextEncoder().encode('old-private-bytes') })]);
    await store.save([sealingKey()]);
    const text = readFileSync(join(folder, 'sealing-keys.json'), 'utf8');
    expect(text).not.toContain(Buffer.from('old-private-bytes').toString('base64url'));
  });

  it('refuses a file that holds something else', async () => {
    const store = new FileSealingKeyStore(folder);
    await store.save([sealingKey()]);
    writeFileSync(join(folder, 'sealing-keys.json'), '{"version":1,"keys":[{"keyId":"short"}]}');
    await expect(store.load()).rejects.toThrow(PrivateFileUnusable);
  });
});
