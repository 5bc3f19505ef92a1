// Reads what a page's script posts of a passkey: the JSON of WebAuthn's own types, of which only what is needed is kept. Whatever else
// was posted is undefined here, and no exception; its length is looked at before anything else is.

import { z } from 'zod';

/** 1023 bytes, which WebAuthn allows, in base64url. */
export const CREDENTIAL_ID_UNITS_MAX = 1_364;
/** An assertion by RSA with a long id takes some four thousand. */
const ASSERTION_UNITS_MAX = 8_192;
/** A certificate of the authenticator's maker may come along, though nobody asked. */
const REGISTRATION_UNITS_MAX = 24_576;

/** How a browser reaches an authenticator; of what it tells besides, nothing is kept. */
export const TRANSPORTS = ['ble', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;
type Transport = (typeof TRANSPORTS)[number];

export function base64UrlText(unitsMax: number) {
  return z
    .string()
    .min(1)
    .max(unitsMax)
    .regex(/^[A-Za-z0-9_-]+$/);
}

const credential = {
  id: base64UrlText(CREDENTIAL_ID_UNITS_MAX),
  rawId: base64UrlText(CREDENTIAL_ID_UNITS_MAX),
  type: z.literal('public-key'),
};

const assertionSchema = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64UrlText(ASSERTION_UNITS_MAX),
    authenticatorData: base64UrlText(ASSERTION_UNITS_MAX),
    signature: base64UrlText(ASSERTION_UNITS_MAX),
    /** Absent, or null, where the authenticator keeps no account with the key. */
    userHandle: base64UrlText(128).nullish(),
  }),
});

const registrationSchema = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64UrlText(REGISTRATION_UNITS_MAX),
    attestationObject: base64UrlText(REGISTRATION_UNITS_MAX),
    transports: z.array(z.string().max(32)).max(16).catch([]).transform(knownOnly),
  }),
});

export type PostedAssertion = z.infer<typeof assertionSchema>;
export type PostedRegistration = z.infer<typeof registrationSchema>;

/** What `navigator.credentials.get` gave. */
export function readAssertion(text: string): PostedAssertion | undefined {
  return read(assertionSchema, text, ASSERTION_UNITS_MAX);
}

/** What `navigator.credentials.create` gave. */
export function readRegistration(text: string): PostedRegistration | undefined {
  return read(registrationSchema, text, REGISTRATION_UNITS_MAX);
}

function read<Posted>(schema: z.ZodType<Posted>, text: string, unitsMax: number): Posted | undefined {
  if (text.length > unitsMax) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    // Not JSON: that is all there is to say of it.
    return undefined;
  }
}

function knownOnly(transports: readonly string[]): readonly Transport[] {
  return TRANSPORTS.filter((transport) => transports.includes(transport));
}
