// What to do about a TLS connection that did not come about, by the code of the error: one table for every place that dials.
// Knows nothing of who is dialled; the names of the settings that put it right come in.

import { codeOf, Failure } from '../failure/failure.js';

export interface TlsSettings {
  /** The setting that names the authority, as in `frontDoor.caFile`. */
  readonly caSetting: string;
  /** The setting that names what stands in the certificate; undefined where there is none. */
  readonly nameSetting: string | undefined;
}

/** No verified TLS connection came about. Its message is the library's code: what Node would add misleads administrators. */
export class TlsRefused extends Failure {
  readonly code: string;
  readonly retry = { mayRetry: true, why: 'a certificate may be renewed, or an authority be named' };
  /** What to do, to be said behind who was dialled. */
  readonly advice: string;

  constructor(code: string, advice: string) {
    super(code);
    this.code = code;
    this.advice = advice;
  }
}

/** Undefined when the error is no trouble with TLS. */
export function tlsRefusal(error: unknown, settings: TlsSettings): TlsRefused | undefined {
  const code = codeOf(error);
  const advice = adviceOn(TROUBLES.get(code), settings);
  return advice === undefined ? undefined : new TlsRefused(code, advice);
}

function adviceOn(trouble: Trouble | undefined, { caSetting, nameSetting }: TlsSettings): string | undefined {
  switch (trouble) {
    case 'untrusted':
      return `its certificate comes from an authority that is not trusted here: name the authority file (${caSetting})`;
    case 'other-name':
      return `its certificate is for another name: use the name in the certificate as address${nameSetting === undefined ? '' : `, or set ${nameSetting}`}`;
    case 'expired':
      return 'its certificate has expired: renew it there';
    case 'not-yet-valid':
      return 'its certificate is not valid yet: check the clocks of both machines';
    case 'revoked':
      return 'its certificate was revoked: renew it there';
    case 'not-for-servers':
      return 'its certificate is not for servers: renew it with server authentication';
    case 'no-tls':
      return 'it does not speak TLS on this port: check the address and the port';
    case 'old-tls':
      return 'it does not offer TLS 1.2 or newer: update it';
    case undefined:
      return undefined;
  }
}

type Trouble =
  | 'untrusted'
  | 'other-name'
  | 'expired'
  | 'not-yet-valid'
  | 'revoked'
  | 'not-for-servers'
  | 'no-tls'
  | 'old-tls';

/** Codes of X.509 verification (OpenSSL X509_verify_cert_error_string as Node names them) and of the TLS handshake. */
const TROUBLES: ReadonlyMap<string, Trouble> = new Map([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'untrusted'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'untrusted'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'untrusted'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'untrusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'untrusted'],
  ['CERT_UNTRUSTED', 'untrusted'],
  ['CERT_SIGNATURE_FAILURE', 'untrusted'],
  ['INVALID_CA', 'untrusted'],
  ['CERT_HAS_EXPIRED', 'expired'],
  ['CERT_NOT_YET_VALID', 'not-yet-valid'],
  ['CERT_REVOKED', 'revoked'],
  ['INVALID_PURPOSE', 'not-for-servers'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'other-name'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'no-tls'],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'no-tls'],
  ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'old-tls'],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'old-tls'],
]);
