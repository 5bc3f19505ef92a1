// A front door's settings and certificate in a folder of its own, without a domain or an agent: for what it does alone.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { createCertificateAuthority, writeCertificate } from '../../scripts/lab/certificate-authority.js';

export interface LoneFrontDoor extends AsyncDisposable {
  readonly folder: string;
  /** The settings file, with these sections in place of the usual ones. */
  settings(changes?: Readonly<Record<string, unknown>>): Promise<string>;
}

export async function loneFrontDoor(): Promise<LoneFrontDoor> {
  const folder = await mkdtemp(join(tmpdir(), 'drawbridge-front-door-'));
  const authority = await createCertificateAuthority();
  const issued = await authority.issue({ hostNames: ['localhost'], addresses: ['127.0.0.1'] });
  await writeCertificate(issued, {
    certificateFile: join(folder, 'certificate.pem'),
    keyFile: join(folder, 'certificate.key'),
  });
  let files = 0;
  return {
    folder,
    settings: async (changes = {}) => {
      files += 1;
      const file = join(folder, `front-door-${files}.yaml`);
      await writeFile(file, stringify({ ...SETTINGS, ...changes }));
      return file;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The arguments that add Olga, whom no directory knows; her first password comes on standard input. */
export const addingOlga = (resetMail = 'olga@example.net'): readonly string[] => [
  ...['cloud-account', 'add', 'example', 'olga@example.com', '--name', 'Olga', '--reset-mail', resetMail],
];

export const SETTINGS = {
  publicUrl: 'https://localhost',
  listen: { host: '127.0.0.1', port: 0 },
  tls: { certificateFile: 'certificate.pem', keyFile: 'certificate.key' },
  dataFolder: 'data',
  mail: { host: '127.0.0.1', port: 9, security: 'none', from: 'no-reply@reset.example.com' },
  tenants: [
    {
      id: 'example',
      name: 'Example Corporation',
      reset: 'everyone',
      contact: { kind: 'email', addresses: ['helpdesk@example.com'] },
    },
  ],
};
