// Proves the HPKE library that browsers use, and our own on node:crypto, on the standard's own numbers, in the one suite we use
// (RFC 9180 Appendix A; the file names its source), and each on the other. What goes in: test/unit/protocol/sealing.test.ts.

import { createECDH, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { HpkeNotOpened, openBase, sealBase } from '../../../src/protocol/hpke.js';

const hex = z
  .string()
  .regex(/^(?:[0-9a-f]{2})*$/)
  .transform((text) => Uint8Array.from(Buffer.from(text, 'hex')));

const vector = z
  .object({
    mode: z.literal(0),
    kemId: z.literal(16),
    kdfId: z.literal(1),
    aeadId: z.literal(2),
    info: hex,
    ikmE: hex,
    ikmR: hex,
    skRm: hex,
    pkRm: hex,
    enc: hex,
    encryptions: z.array(z.object({ aad: hex, pt: hex, ct: hex })).min(3),
    exports: z.array(z.object({ exporterContext: hex, length: z.int(), value: hex })).min(2),
  })
  .parse(JSON.parse(readFileSync(new URL('./dhkem-p256-hkdf-sha256-aes-256-gcm.json', import.meta.url), 'utf8')));

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
const recipientKey = await suite.kem.deriveKeyPair(vector.ikmR);

function bytes(buffer: ArrayBuffer): Uint8Array {
  return new Uint8Array(buffer);
}

describe('HPKE with DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM', () => {
  it('is the suite of the vector', () => {
    expect([suite.kem.id, suite.kdf.id, suite.aead.id]).toEqual([vector.kemId, vector.kdfId, vector.aeadId]);
  });

  it('derives the recipient’s key pair', async () => {
    expect(bytes(await suite.kem.serializePrivateKey(recipientKey.privateKey))).toEqual(vector.skRm);
    expect(bytes(await suite.kem.serializePublicKey(recipientKey.publicKey))).toEqual(vector.pkRm);
  });

  it('seals, with the ephemeral key of the vector, to the bytes of the vector', async () => {
    const recipientPublicKey = await suite.kem.deserializePublicKey(vector.pkRm);
    const ekm = await suite.kem.deriveKeyPair(vector.ikmE);
    const sender = await suite.createSenderContext({ recipientPublicKey, info: vector.info, ekm });
    expect(bytes(sender.enc)).toEqual(vector.enc);
    for (const { aad, pt, ct } of vector.encryptions) expect(bytes(await sender.seal(pt, aad))).toEqual(ct);
  });

  it('opens what the vector sealed, in order, and exports its secrets', async () => {
    const recipient = await suite.createRecipientContext({ recipientKey, enc: vector.enc, info: vector.info });
    for (const { aad, pt, ct } of vector.encryptions) expect(bytes(await recipient.open(ct, aad))).toEqual(pt);
    for (const { exporterContext, length, value } of vector.exports) {
      expect(bytes(await recipient.export(exporterContext, length))).toEqual(value);
    }
  });

  it('opens none of it with other associated data, another info, or an enc that is not on the curve', async () => {
    const [first] = vector.encryptions;
    if (first === undefined) throw new Error('the vector has encryptions');
    const open = async (changes: { info?: Uint8Array; enc?: Uint8Array; aad?: Uint8Array }) => {
      const params = { recipientKey, enc: changes.enc ?? vector.enc, info: changes.info ?? vector.info };
      return (await suite.createRecipientContext(params)).open(first.ct, changes.aad ?? first.aad);
    };
    const offCurve = vector.enc.with(64, (vector.enc[64] ?? 0) ^ 1);
    await expect(open({})).resolves.toBeDefined();
    for (const changes of [{ aad: vector.info }, { info: first.aad }, { enc: offCurve }, { enc: new Uint8Array(65) }]) {
      await expect(open(changes)).rejects.toThrow();
    }
  });
});

describe('the same on node:crypto', () => {
  const [first] = vector.encryptions;
  if (first === undefined) throw new Error('the vector has encryptions');
  const { info } = vector;
  const { aad } = first;

  async function keyPair() {
    const der = await crypto.subtle.exportKey('pkcs8', recipientKey.privateKey);
    return {
      publicKey: vector.pkRm,
      privateKey: createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' }),
    };
  }

  async function ofVector() {
    const { privateKey } = await suite.kem.deriveKeyPair(vector.ikmE);
    const ephemeral = createECDH('prime256v1');
    ephemeral.setPrivateKey(bytes(await suite.kem.serializePrivateKey(privateKey)));
    return { recipientPublicKey: vector.pkRm, info, aad, ephemeral };
  }

  it('seals, with the ephemeral key of the vector, to the bytes of the vector', async () => {
    const { enc, ciphertext } = sealBase(first.pt, await ofVector());
    expect([Uint8Array.from(enc), Uint8Array.from(ciphertext)]).toEqual([vector.enc, first.ct]);
  });

  it('opens what the vector sealed', async () => {
    const message = { enc: vector.enc, ciphertext: first.ct };
    const opened = openBase(message, { recipient: await keyPair(), info, aad: first.aad });
    expect(Uint8Array.from(opened.plaintext)).toEqual(first.pt);
  });

  it('exports the vector’s secrets, as recipient and as sender', async () => {
    const opened = openBase(
      { enc: vector.enc, ciphertext: first.ct },
      { recipient: await keyPair(), info, aad: first.aad },
    );
    const sealed = sealBase(first.pt, await ofVector());
    expect(vector.exports.map(({ length }) => length)).toEqual(vector.exports.map(() => 32));
    for (const { exporterContext, value } of vector.exports) {
      expect(Uint8Array.from(opened.exportSecret(exporterContext))).toEqual(value);
      expect(Uint8Array.from(sealed.exportSecret(exporterContext))).toEqual(value);
    }
  });

  it('opens none of it with other associated data, another info, or an enc that is no uncompressed point of the curve', async () => {
    const recipient = await keyPair();
    const { enc } = vector;
    const y = enc[64] ?? 0;
    const compressed = Uint8Array.from([2 + (y & 1), ...enc.subarray(1, 33)]);
    const hybrid = enc.with(0, 6 + (y & 1));
    const strangers = [
      enc.with(64, y ^ 1),
      hybrid,
      compressed,
      new Uint8Array(65),
      new Uint8Array(0),
      Uint8Array.of(0),
    ];
    const changes = [{ aad: info }, { info: first.aad }, ...strangers.map((stranger) => ({ enc: stranger }))];
    for (const change of [...changes, { ciphertext: first.ct.subarray(0, 15) }, { ciphertext: new Uint8Array(16) }]) {
      const { enc, ciphertext, ...bound } = { enc: vector.enc, ciphertext: first.ct, info, aad: first.aad, ...change };
      expect(() => openBase({ enc, ciphertext }, { recipient, ...bound })).toThrow(HpkeNotOpened);
    }
  });

  it('seals for no point that is not on the curve', () => {
    const offCurve = vector.pkRm.with(64, (vector.pkRm[64] ?? 0) ^ 1);
    for (const recipientPublicKey of [offCurve, new Uint8Array(65)]) {
      expect(() => sealBase(first.pt, { recipientPublicKey, info, aad: first.aad })).toThrow();
    }
  });

  it('and the library open what the other one sealed, whatever it is', async () => {
    const recipient = await keyPair();
    const recipientPublicKey = await suite.kem.deserializePublicKey(vector.pkRm);
    const some = fc.uint8Array({ maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(some, some, some, async (plaintext, anyInfo, aad) => {
        const ours = sealBase(plaintext, { recipientPublicKey: vector.pkRm, info: anyInfo, aad });
        const enc = Uint8Array.from(ours.enc);
        const context = await suite.createRecipientContext({ recipientKey, enc, info: anyInfo });
        expect(bytes(await context.open(Uint8Array.from(ours.ciphertext), aad))).toEqual(plaintext);

        const sender = await suite.createSenderContext({ recipientPublicKey, info: anyInfo });
        const theirs = { enc: bytes(sender.enc), ciphertext: bytes(await sender.seal(plaintext, aad)) };
        expect(Uint8Array.from(openBase(theirs, { recipient, info: anyInfo, aad }).plaintext)).toEqual(plaintext);
      }),
      { numRuns: 60 },
    );
  });
});
