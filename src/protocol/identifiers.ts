// Identifiers both sides speak of: parsed once at the border, trusted inside.
// Used in the browser too: knows no library, no Node module.

import { Failure } from '../failure/failure.js';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** One customer organisation: 2–63 of a–z, 0–9 and hyphen, not starting with a hyphen. */
export type TenantId = Branded<'TenantId'>;
/** One enrolled agent: a UUID given at enrolment. */
export type AgentId = Branded<'AgentId'>;
/** Identity of one reset, unlock or change, chosen by whoever asks: a UUID. The same id never has two effects. */
export type ResetId = Branded<'ResetId'>;
/** The immutable value that ties an account to its person, in text: for objectGUID the usual lower-case GUID form. */
export type AccountAnchor = Branded<'AccountAnchor'>;
/** A sealing key: the first 16 bytes of the SHA-256 of its public key, base64url. */
export type KeyId = Branded<'KeyId'>;

/** Text from outside is no identifier of the kind it should be. */
export class MalformedIdentifier extends Failure {
  readonly code = 'malformed-identifier';
  readonly retry = { mayRetry: false, why: 'the same text stays malformed' };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What each identifier looks like; also the source of the JSON Schemas. */
export const IDENTIFIER_PATTERNS = {
  TenantId: /^[a-z0-9][a-z0-9-]{1,62}$/,
  AgentId: UUID,
  ResetId: UUID,
  AccountAnchor: /^[A-Za-z0-9][A-Za-z0-9:._-]{0,127}$/,
  KeyId: /^[A-Za-z0-9_-]{22}$/,
} as const;

function parserOf<Name extends keyof typeof IDENTIFIER_PATTERNS>(name: Name): (text: string) => Branded<Name> {
  const pattern = IDENTIFIER_PATTERNS[name];
  return (text) => {
    if (!pattern.test(text)) throw new MalformedIdentifier(`not a ${name}: expected ${pattern.source}`);
    return text as Branded<Name>;
  };
}

export const parseTenantId = parserOf('TenantId');
export const parseAgentId = parserOf('AgentId');
export const parseResetId = parserOf('ResetId');
export const parseAccountAnchor = parserOf('AccountAnchor');
export const parseKeyId = parserOf('KeyId');
