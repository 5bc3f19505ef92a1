// Real SMTP on loopback: what arrives, and what is never sent in clear.

import 'reflect-metadata';
import { once } from 'node:events';
import * as x509 from '@peculiar/x509';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { createSmtpMailer, type SmtpSettings } from '../../../src/front-door/mail/smtp-mailer.js';
import type { OutgoingMail } from '../../../src/front-door/outbox/outbox.js';
import { Secret } from '../../../src/secret/secret.js';

const mail: OutgoingMail = {
  to: ['ada@example.net'],
  subject: 'Grüße from Example',
  text: 'Your code is 042815',
  html: '<p>Your code is 042815</p>',
  fromName: 'Example, "Org"',
  replyTo: undefined,
};
const signal = new AbortController().signal;
const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function certificate() {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=localhost',
    keys,
    signingAlgorithm: algorithm,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }])],
  });
  const key = x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return { cert: cert.toString('pem'), key };
}

async function sink(options: { offersTls: boolean }) {
  const received: { text: string; to: string[]; wasSecure: boolean; user: string | undefined }[] = [];
  const { cert, key } = await certificate();
  const server = new SMTPServer({
    ...(options.offersTls ? { cert, key } : { hideSTARTTLS: true, disabledCommands: ['STARTTLS'] }),
    authOptional: true,
    onAuth: ({ username, password }, _session, done) =>
      password === 'right' ? done(null, { user: username }) : done(new Error('no')),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push({
          text: Buffer.concat(chunks).toString('utf8'),
          to: session.envelope.rcptTo.map(({ address }) => address),
          wasSecure: session.secure,
          user: typeof session.user === 'string' ? session.user : undefined,
        });
        done();
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(0, 'localhost');
  await once(server.server, 'listening');
  open.push(() => new Promise((resolve) => server.close(() => resolve())));
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const settings: SmtpSettings = {
    host: 'localhost',
    port,
    security: 'starttls',
    ca: cert,
    from: 'drawbridge@example.com',
    userName: undefined,
    password: undefined,
  };
  return { received, settings };
}

describe('mail by SMTP', () => {
  test('arrives encrypted, whole and in words', async () => {
    const { received, settings } = await sink({ offersTls: true });
    using mailer = createSmtpMailer({ ...settings, userName: 'drawbridge', password: Secret.fromText('right') });
    await mailer.send(mail, signal);
    expect(received[0]).toMatchObject({ to: ['ada@example.net'], wasSecure: true, user: 'drawbridge' });
    const parsed = await simpleParser(received[0]?.text ?? '');
    expect([parsed.subject, parsed.text?.trim(), parsed.from?.text]).toEqual([
      mail.subject,
      mail.text,
      '"Example, \\"Org\\"" <drawbridge@example.com>',
    ]);
    expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
  });

  test('is not sent when the server offers no encryption', async () => {
    const { received, settings } = await sink({ offersTls: false });
    using mailer = createSmtpMailer(settings);
    await expect(mailer.send(mail, signal)).rejects.toMatchObject({ code: 'mail-not-sent' });
    expect(received).toEqual([]);
  });

  test('is not sent to a server whose certificate nobody vouches for', async () => {
    const { received, settings } = await sink({ offersTls: true });
    using mailer = createSmtpMailer({ ...settings, ca: undefined });
    await expect(mailer.send(mail, signal)).rejects.toMatchObject({ code: 'mail-not-sent' });
    expect(received).toEqual([]);
  });

  test('goes in clear to this very machine where that was asked for', async () => {
    const { received, settings } = await sink({ offersTls: false });
    using mailer = createSmtpMailer({ ...settings, security: 'none' });
    await mailer.send(mail, signal);
    expect(received).toHaveLength(1);
  });

  test('says that it was not sent when nobody listens', async () => {
    const { settings } = await sink({ offersTls: false });
    for (const close of open.splice(0)) await close();
    using mailer = createSmtpMailer(settings);
    await expect(mailer.send(mail, signal)).rejects.toMatchObject({ code: 'mail-not-sent', retry: { mayRetry: true } });
  });

  test('a comma or a line break in an address makes no second recipient', async () => {
    const { received, settings } = await sink({ offersTls: true });
    using mailer = createSmtpMailer(settings);
    const to = ['ada@example.net, eve@example.org', 'x@example.net\r\nBcc: eve@example.org'];
    await mailer.send({ ...mail, to }, signal).catch(() => undefined);
    expect(received.flatMap((one) => one.to)).not.toContain('eve@example.org');
  });
});
