// Sends mail by SMTP with nodemailer, the only importer of it. Encrypted always, but to a mail server on this very machine.
// Every wait has a deadline; nothing a directory or a person wrote becomes a header, a file or a list of recipients.

import { createTransport } from 'nodemailer';
import { Failure } from '../../failure/failure.js';
import type { Secret } from '../../secret/secret.js';
import type { Mailer } from '../outbox/deliver-outbox.js';

/** The mail server did not take the mail. */
export class MailNotSent extends Failure {
  readonly code = 'mail-not-sent';
  readonly retry = { mayRetry: true, why: 'the mail server may be back, or take it later' };
}

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** `none` for a loopback host only, which the settings see to. */
  readonly security: 'starttls' | 'tls' | 'none';
  /** PEM of the CA that signed the server's certificate; undefined for the system's. */
  readonly ca: string | undefined;
  /** The sending address. */
  readonly from: string;
  readonly userName: string | undefined;
  readonly password: Secret | undefined;
}

const CONNECT_TIMEOUT_MS = 10_000;
const SOCKET_TIMEOUT_MS = 30_000;
const CONNECTIONS_MAX = 4;

export interface SmtpMailer extends Mailer, Disposable {}

export function createSmtpMailer(settings: SmtpSettings): SmtpMailer {
  const { host, port, security, ca, userName, password } = settings;
  const transport = createTransport({
    pool: true,
    maxConnections: CONNECTIONS_MAX,
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
    ...(userName === undefined || password === undefined ? {} : { auth: { user: userName, pass: password.expose() } }),
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    dnsTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(mail, signal) {
      signal.throwIfAborted();
      try {
        await transport.sendMail({
          from: { name: mail.fromName, address: settings.from },
          // As objects: a comma in an address must not make two recipients.
          to: mail.to.map((address) => ({ name: '', address })),
          subject: mail.subject,
          text: mail.text,
          ...(mail.html === undefined ? {} : { html: mail.html }),
          ...(mail.replyTo === undefined ? {} : { replyTo: { name: '', address: mail.replyTo } }),
          // RFC 3834: no out-of-office answers to our codes.
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
      } catch (error) {
        throw new MailNotSent('the mail server did not take a mail', { cause: error });
      }
    },
    [Symbol.dispose]: () => transport.close(),
  };
}
