// Writes the two settings files of the demo: the same files an administrator would write, filled in for the lab.

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import type { MailSink } from '../lab/mail-sink.js';
import type { SambaDomain } from '../lab/samba-domain.js';
import type { TextSink } from '../lab/text-sink.js';
import {
  CLOUD_ACCOUNT,
  CONFIRMING_PERSON,
  DEMO_DOMAIN,
  ENABLED_PEOPLE,
  OWN_QUESTION,
  QUESTIONS_PERSON,
  SCOPE_UNIT,
  SERVICE_ACCOUNT,
  TWO_GATES_PERSON,
} from './people.js';

export interface DemoPlaces {
  /** The demo's own folder: everything it makes lies below. */
  readonly folder: string;
  readonly host: string;
  readonly port: number;
}

export const agentSettingsFile = (places: DemoPlaces) => join(places.folder, 'agent', 'agent.yaml');
export const frontDoorSettingsFile = (places: DemoPlaces) => join(places.folder, 'front-door', 'front-door.yaml');
/** By name: no browser makes a passkey for an address. */
export function publicUrlOf({ host, port }: DemoPlaces): string {
  return `https://${host === '127.0.0.1' ? 'localhost' : host}:${port}`;
}

export async function writeAgentSettings(
  places: DemoPlaces,
  domain: SambaDomain,
  servicePassword: string,
): Promise<void> {
  const file = agentSettingsFile(places);
  await write(file, {
    frontDoor: { url: publicUrlOf(places), caFile: domain.caFile },
    dataFolder: 'data',
    directories: [
      {
        id: 'corp',
        kind: 'active-directory',
        urls: [domain.url],
        caFile: domain.caFile,
        baseDn: domain.baseDn,
        bindName: `${SERVICE_ACCOUNT}@${DEMO_DOMAIN}`,
        bindPassword: { file: 'bind-password' },
        attributes: { resetPhones: ['mobile'] },
        writeBack: {
          isOn: true,
          operations: ['reset', 'unlock', 'change', 'sign-in'],
          scope: [`${SCOPE_UNIT},${domain.baseDn}`],
        },
      },
    ],
  });
  await writeFile(join(dirname(file), 'bind-password'), servicePassword, { mode: 0o600 });
}

export async function writeFrontDoorSettings(
  places: DemoPlaces,
  { sink, texts, caFile }: { readonly sink: MailSink; readonly texts: TextSink; readonly caFile: string },
): Promise<void> {
  const file = frontDoorSettingsFile(places);
  await write(file, {
    publicUrl: publicUrlOf(places),
    listen: { host: places.host, port: places.port },
    tls: { certificateFile: 'certificate.pem', keyFile: 'certificate.key' },
    dataFolder: 'data',
    mail: { host: sink.host, port: sink.port, security: 'starttls', caFile, from: 'no-reply@reset.example.com' },
    textMessages: {
      url: texts.url,
      headers: { Authorization: 'Bearer {secret:TOKEN}' },
      body: '{"to":"{number}","text":"{text}"}',
      successWhen: { jsonPath: { path: 'isTaken', equals: true } },
      secrets: { TOKEN: { file: 'text-gateway-token' } },
      caFile,
      countries: [44],
      costPerMessage: 0.05,
      costPerDayMax: 5,
    },
    tenants: [
      {
        id: 'example',
        name: 'Example Corporation',
        domains: [DEMO_DOMAIN, 'example.com', 'corp'],
        // As an organisation that begins with some of its people would write it.
        reset: { people: ENABLED_PEOPLE },
        unlock: true,
        signIn: true,
        registration: { reconfirmDays: 180 },
        securityQuestions: { own: [OWN_QUESTION] },
        policies: [
          {
            name: 'security questions',
            // One of the two is an administrator of the front door's own, whom no policy lets answer questions.
            appliesTo: { people: [QUESTIONS_PERSON, CLOUD_ACCOUNT.userId] },
            gates: 2,
            methods: ['email-code', 'authenticator-code', 'security-questions'],
          },
          {
            name: 'administrators',
            appliesTo: 'administrators',
            gates: 2,
            methods: ['email-code', 'authenticator-code'],
          },
          {
            name: 'two gates',
            appliesTo: { people: [TWO_GATES_PERSON] },
            gates: 2,
            methods: ['email-code', 'authenticator-code'],
          },
          {
            name: 'addresses confirmed',
            appliesTo: { people: [CONFIRMING_PERSON] },
            gates: 1,
            methods: ['email-code', 'text-message', 'authenticator-code'],
            directoryAddresses: 'confirm',
          },
          {
            name: 'everyone',
            appliesTo: 'everyone',
            gates: 1,
            methods: ['email-code', 'text-message', 'authenticator-code', 'passkey', 'recovery-code'],
          },
        ],
        contact: { kind: 'email', addresses: ['helpdesk@example.com'] },
        onDisowned: 'stop-and-invalidate-password',
      },
      {
        id: 'northwind',
        name: 'Northwind Trading',
        domains: ['northwind.example'],
        reset: 'off',
        contact: { kind: 'portal', url: 'https://helpdesk.northwind.example/' },
      },
    ],
  });
  await writeFile(join(dirname(file), 'text-gateway-token'), texts.token, { mode: 0o600 });
}

async function write(file: string, settings: unknown): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, `# Written by the demo at every start.\n${stringify(settings)}`);
}
