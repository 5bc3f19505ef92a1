// A mail server that keeps what it is sent: real SMTP with STARTTLS and the lab's certificate, for the demo and the tests.
// Delivers nothing. Keeps the newest mails only, in memory, parsed.

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { CertificateAuthority } from './certificate-authority.js';

export interface SunkMail {
  readonly number: number;
  readonly receivedAt: Date;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface MailSink extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** Newest last. */
  readonly mails: readonly SunkMail[];
  /** Called for every mail from now on. */
  onMail(then: (mail: SunkMail) => void): void;
}

export interface MailSinkOptions {
  /** Loopback address to listen on. */
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly authority: CertificateAuthority;
  /** Who alone may hand over mails. Default: everybody. */
  readonly login?: { readonly userName: string; readonly password: string };
}

const MAILS_MAX = 500;
const MAIL_BYTES_MAX = 1024 * 1024;

export async function startMailSink(options: MailSinkOptions): Promise<MailSink> {
  const { login } = options;
  const { certificatePem, privateKeyPem } = await options.authority.issue({
    hostNames: ['localhost'],
    addresses: [options.host],
  });
  const mails: SunkMail[] = [];
  const listeners: ((mail: SunkMail) => void)[] = [];
  let number = 0;

  const server = new SMTPServer({
    cert: certificatePem,
    key: privateKeyPem,
    authOptional: login === undefined,
    onAuth: ({ username, password }, _session, done) => {
      const isTheirs = username === login?.userName && password === login?.password;
      done(isTheirs ? null : new Error('wrong user name or password'), { user: username });
    },
    size: MAIL_BYTES_MAX,
    logger: false,
    onData: (stream, session, done) => {
      simpleParser(stream).then(
        (parsed) => {
          number += 1;
          const mail = {
            number,
            receivedAt: new Date(),
            to: session.envelope.rcptTo.map(({ address }) => address).join(', '),
            from: parsed.from?.text ?? '',
            subject: parsed.subject ?? '',
            text: parsed.text ?? '',
            html: typeof parsed.html === 'string' ? parsed.html : '',
          };
          mails.push(mail);
          if (mails.length > MAILS_MAX) mails.shift();
          for (const listener of listeners) listener(mail);
          done();
        },
        (error: Error) => done(error),
      );
    },
  });
  // Clients that hang up during TLS: their affair.
  server.on('error', () => undefined);
  server.listen(options.port, options.host);
  await once(server.server, 'listening');

  const { port } = server.server.address() as AddressInfo;
  return {
    host: options.host,
    port,
    mails,
    onMail: (then) => {
      listeners.push(then);
    },
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
