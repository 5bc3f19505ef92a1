// A passkey as it is kept: the id its authenticator knows it by, its public key, and how a browser reaches the authenticator. Nothing of
// it is secret; what proves anything stays in the authenticator.

import type { PublicKeyCredentialDescriptorJSON } from '@simplewebauthn/server';
import { z } from 'zod';
import { type AccountRef, keptOfKind, type MethodStore, type NewMethod } from '../method-store.js';
import { base64UrlText, CREDENTIAL_ID_UNITS_MAX, TRANSPORTS } from './posted-passkey.js';

export const PASSKEY = 'passkey';

/** A COSE key: RSA of 4096 bits takes some 530 bytes. */
const PUBLIC_KEY_UNITS_MAX = 2_048;

const passkeySchema = z.strictObject({
  credentialId: base64UrlText(CREDENTIAL_ID_UNITS_MAX),
  /** A COSE key (RFC 9052 §7), in base64url. */
  publicKey: base64UrlText(PUBLIC_KEY_UNITS_MAX),
  transports: z.array(z.enum(TRANSPORTS)).readonly(),
});

export type Passkey = z.infer<typeof passkeySchema>;

export interface KeptPasskey extends Passkey {
  /** Of its row. */
  readonly id: string;
}

export async function keptPasskeys(
  store: Pick<MethodStore, 'list'>,
  account: AccountRef,
  keptId: string | undefined = undefined,
): Promise<readonly KeptPasskey[]> {
  const rows = await keptOfKind(store, account, PASSKEY, keptId);
  return rows.map(({ id, data }) => ({ id, ...passkeySchema.parse(JSON.parse(new TextDecoder().decode(data))) }));
}

/** Throws a ZodError for what does not fit into a row. */
export function passkeyRow(passkey: Passkey, { id, setUpAtMs }: Pick<NewMethod, 'id' | 'setUpAtMs'>): NewMethod {
  const data = new TextEncoder().encode(JSON.stringify(passkeySchema.parse(passkey)));
  return { id, kind: PASSKEY, name: '', address: '', data, setUpAtMs };
}

/** As the options for a browser name it. */
export function descriptorOf({ credentialId, transports }: Passkey): PublicKeyCredentialDescriptorJSON {
  return { type: 'public-key', id: credentialId, transports: [...transports] };
}
