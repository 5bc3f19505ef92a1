// Makes one TLS connection to see what a server shows: version, certificate, issuer; also of a certificate that is not trusted,
// which an administrator has to be able to recognise. Verifies as every other connection does, and sends nothing.

import type { LookupFunction } from 'node:net';
import { connect, type PeerCertificate } from 'node:tls';
import { codeOf } from '../../../failure/failure.js';
import { DirectoryUnreachable } from '../../directory/ports.js';
import type { Endpoint } from '../connection.js';

export interface SeenTls {
  /** Undefined when the handshake did not get that far. */
  readonly seen:
    | {
        readonly protocol: string;
        readonly subject: string;
        readonly issuer: string;
        readonly names: readonly string[];
        /** ms since 1970 UTC. */
        readonly endsAtMs: number;
      }
    | undefined;
  /** Why no verified connection came about; undefined when one did. */
  readonly error: unknown;
}

export interface CertificateLook {
  readonly endpoint: Pick<Endpoint, 'host' | 'port'>;
  /** The name that has to be in the certificate; undefined for the address itself. */
  readonly serverName: string | undefined;
  readonly ca: string | undefined;
  readonly lookup: LookupFunction | undefined;
}

/** Throws only the signal's reason. */
export function lookAtCertificate(
  { endpoint, serverName, ca, lookup }: CertificateLook,
  signal: AbortSignal,
): Promise<SeenTls> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const socket = connect({
      host: endpoint.host,
      port: endpoint.port,
      minVersion: 'TLSv1.2',
      rejectUnauthorized: true,
      ...(serverName === undefined ? {} : { servername: serverName }),
      ...(ca === undefined ? {} : { ca }),
      ...(lookup === undefined ? {} : { lookup }),
    });
    let seen: SeenTls['seen'];
    const end = (error: unknown) => {
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
      if (signal.aborted) reject(signal.reason);
      else resolve({ seen, error });
    };
    const onAbort = () => end(undefined);
    signal.addEventListener('abort', onAbort, { once: true });
    // @NOTE Not among the documented events: the handshake is done, and Node has not judged the certificate yet. When it refuses
    // one, it closes before `error` is heard, and the certificate is gone. A test holds it.
    socket.prependListener('secure', () => {
      seen = seenOf(socket.getProtocol(), socket.getPeerCertificate());
    });
    socket.once('secureConnect', () => end(undefined));
    socket.once('error', end);
    socket.once('close', () => end(new DirectoryUnreachable('closed in the middle of the handshake')));
  });
}

function seenOf(protocol: string | null, certificate: PeerCertificate): SeenTls['seen'] {
  return {
    protocol: protocol ?? 'TLS',
    subject: nameText(certificate.subject),
    issuer: nameText(certificate.issuer),
    names: (certificate.subjectaltname ?? '').split(', ').filter(Boolean),
    endsAtMs: Date.parse(certificate.valid_to),
  };
}

/** As in `CN=corp-ca, DC=corp, DC=example`. */
function nameText(name: PeerCertificate['subject'] | undefined): string {
  const parts = Object.entries(name ?? {}).flatMap(([type, value]) =>
    [value].flat().map((each) => `${type}=${String(each)}`),
  );
  return parts.length === 0 ? 'nobody' : parts.join(', ');
}

/** Whether an error tells that the certificate is for another name, all else about it being right. */
export function isOtherName(error: unknown): boolean {
  return codeOf(error) === 'ERR_TLS_CERT_ALTNAME_INVALID';
}
