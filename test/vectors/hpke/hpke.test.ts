// Proves the HPKE library we use on the standard's own numbers, in the one suite we use it in (RFC 9180 Appendix A; the file
// names its source). Ours adds only what goes in; see test/unit/protocol/sealing.test.ts.

import { readFileSync } from 'node:fs';
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

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
