// A throw-away certificate authority: what a lab and the tests trust instead of the world's authorities.
// Promises certificates that a strict client accepts (SAN names and addresses, ECDSA P-256, SHA-256), and key files that
// only their owner reads. Never for anything but a lab: its own key lies beside it.

import 'reflect-metadata';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { systemClock } from '../../src/timing/clock.js';

const KEY_ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' };
const SIGNING_ALGORITHM = { name: 'ECDSA', hash: 'SHA-256' };
const DAY_MS = 24 * 60 * 60 * 1000;
const AUTHORITY_DAYS = 3650;
/** Certificates begin a little in the past, because two machines' clocks differ. */
const BACKDATED_MS = 5 * 60 * 1000;

/** PEM text, as `node:tls` and every server's configuration take it. */
export interface CertificateAndKey {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

export interface ServerCertificateOptions {
  /** DNS names of the server; the first becomes the common name. */
  readonly hostNames: readonly string[];
  /** IP addresses of the server. Default: none. */
  readonly addresses?: readonly string[];
  /** Default: a little before now. */
  readonly validFrom?: Date;
  /** Default 365. */
  readonly validDays?: number;
}

export interface CertificateAuthority {
  readonly certificatePem: string;
  issue(options: ServerCertificateOptions): Promise<CertificateAndKey>;
}

/** A new authority that lives in memory only. `name` is its common name; default `Lab CA`. */
export async function createCertificateAuthority(name = 'Lab CA'): Promise<CertificateAuthority> {
  return authorityFrom(await newAuthority(name));
}

/** The authority kept in `folder` (`ca.pem`, `ca.key`), made there the first time. */
export async function openCertificateAuthority(
  folder: string,
  name = 'Lab CA',
): Promise<CertificateAuthority & { readonly caFile: string }> {
  const caFile = join(folder, 'ca.pem');
  const keyFile = join(folder, 'ca.key');
  const kept = await readKept(caFile, keyFile);
  const authority = kept ?? (await newAuthority(name));
  if (kept === undefined) await writeCertificate(authority, { certificateFile: caFile, keyFile });
  return { ...(await authorityFrom(authority)), caFile };
}

/** Writes both files; the key, with mode 0600, last, so that a key is never without its certificate. */
export async function writeCertificate(
  issued: CertificateAndKey,
  files: { readonly certificateFile: string; readonly keyFile: string },
): Promise<void> {
  await mkdir(join(files.certificateFile, '..'), { recursive: true });
  await writeFile(files.certificateFile, issued.certificatePem);
  await writeFile(files.keyFile, issued.privateKeyPem, { mode: 0o600 });
}

async function newAuthority(name: string): Promise<CertificateAndKey> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: SIGNING_ALGORITHM,
    ...validity(backdated(), AUTHORITY_DAYS),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificatePem: pemText(certificate), privateKeyPem: await privateKeyPem(keys) };
}

async function authorityFrom(authority: CertificateAndKey): Promise<CertificateAuthority> {
  const issuer = new X509Certificate(authority.certificatePem);
  const signingKey = await crypto.subtle.importKey(
    'pkcs8',
    PemConverter.decodeFirst(authority.privateKeyPem),
    KEY_ALGORITHM,
    false,
    ['sign'],
  );
  return {
    certificatePem: authority.certificatePem,
    async issue({ hostNames, addresses = [], validFrom = backdated(), validDays = 365 }) {
      const keys = await newKeys();
      const certificate = await X509CertificateGenerator.create({
        subject: `CN=${hostNames[0] ?? addresses[0] ?? 'lab'}`,
        issuer: issuer.subject,
        publicKey: keys.publicKey,
        signingKey,
        signingAlgorithm: SIGNING_ALGORITHM,
        ...validity(validFrom, validDays),
        extensions: [
          new BasicConstraintsExtension(false, undefined, true),
          new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
          new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
          new SubjectAlternativeNameExtension([
            ...hostNames.map((value) => ({ type: 'dns' as const, value })),
            ...addresses.map((value) => ({ type: 'ip' as const, value })),
          ]),
          await AuthorityKeyIdentifierExtension.create(issuer.publicKey),
        ],
      });
      return { certificatePem: pemText(certificate), privateKeyPem: await privateKeyPem(keys) };
    },
  };
}

async function readKept(caFile: string, keyFile: string): Promise<CertificateAndKey | undefined> {
  try {
    return { certificatePem: await readFile(caFile, 'utf8'), privateKeyPem: await readFile(keyFile, 'utf8') };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function newKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(KEY_ALGORITHM, true, ['sign', 'verify']);
}

async function privateKeyPem(keys: CryptoKeyPair): Promise<string> {
  return `${PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY')}\n`;
}

function pemText(certificate: X509Certificate): string {
  return `${certificate.toString('pem')}\n`;
}

function backdated(): Date {
  return new Date(systemClock.nowMs() - BACKDATED_MS);
}

function validity(validFrom: Date, validDays: number): { notBefore: Date; notAfter: Date } {
  return { notBefore: validFrom, notAfter: new Date(validFrom.getTime() + validDays * DAY_MS) };
}
