// Brings the whole demo up, in order, and takes it down again: directory, mail, texts, front door, agent.
// Everything lies below one folder; a second start finds it there. Ends nothing it did not start.

import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openCertificateAuthority, writeCertificate } from '../lab/certificate-authority.js';
import { assertAddressFree, LAB_RANGES, pickLabAddress } from '../lab/lab-address.js';
import { LabFailure } from '../lab/lab-failure.js';
import { type MailSink, startMailSink } from '../lab/mail-sink.js';
import { type SambaDomain, startSambaDomain } from '../lab/samba-domain.js';
import { restorePeople } from '../lab/samba-people.js';
import { startTextSink, type TextSink } from '../lab/text-sink.js';
import { answerQuestions } from './answer-questions.js';
import { startMailPage } from './mail-page.js';
import {
  CLOUD_ACCOUNT,
  CODES_PERSON,
  DEMO_REALM,
  demoPopulation,
  FIRST_PASSWORD,
  QUESTIONS_PERSON,
  TWO_GATES_PERSON,
} from './people.js';
import { drawbridge, enrolAgent, type RunningProgram, startAgent, startFrontDoor } from './programs.js';
import {
  type DemoPlaces,
  frontDoorSettingsFile,
  publicUrlOf,
  writeAgentSettings,
  writeFrontDoorSettings,
} from './settings-files.js';

export interface Demo {
  readonly places: DemoPlaces;
  readonly publicUrl: string;
  readonly mailUrl: string;
  readonly domain: SambaDomain;
  readonly caFile: string;
  readonly sink: MailSink;
  readonly texts: TextSink;
  readonly frontDoor: RunningProgram;
  readonly agent: RunningProgram;
  /** otpauth:// addresses of those who have an authenticator, by user ID. */
  readonly authenticators: ReadonlyMap<string, string>;
  /** Of one person; see people.ts. */
  readonly recoveryCodes: readonly string[];
}

export interface DemoOptions {
  readonly folder: string;
  readonly port: number;
  readonly mailPort: number;
  /** Called with each step as it begins. */
  readonly onStep: (step: string) => void;
  /** Takes what was started, to be ended in reverse order whatever happens. */
  readonly stack: AsyncDisposableStack;
}

const HOST = '127.0.0.1';
const TENANT = 'example';

export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { folder, stack, onStep } = options;
  const places = { folder, host: HOST, port: options.port };
  await assertPortsFree([options.port, options.mailPort]);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const authority = await openCertificateAuthority(join(folder, 'ca'), 'Drawbridge demo CA');
  const servicePassword = await keptPassword(join(folder, 'service-password'));

  onStep('Starting the directory (a throw-away Samba Active Directory domain)');
  const address = await pickLabAddress(LAB_RANGES.demo);
  const domain = stack.use(
    await startSambaDomain({ folder: join(folder, 'domain'), address, authority, realm: DEMO_REALM }),
  );
  await restorePeople(domain, demoPopulation(servicePassword));

  onStep('Starting the mail sink and the text gateway');
  const sink = stack.use(await startMailSink({ host: HOST, port: 0, authority }));
  const texts = stack.use(await startTextSink({ host: HOST, authority }));
  const mailPage = stack.use(await startMailPage({ host: HOST, port: options.mailPort, sink, texts }));

  onStep('Starting the front door');
  const certificate = await authority.issue({ hostNames: ['localhost'], addresses: [HOST] });
  const frontDoorFolder = dirname(frontDoorSettingsFile(places));
  await writeCertificate(certificate, {
    certificateFile: join(frontDoorFolder, 'certificate.pem'),
    keyFile: join(frontDoorFolder, 'certificate.key'),
  });
  await writeFrontDoorSettings(places, { sink, texts, caFile: authority.caFile });
  const frontDoor = await startFrontDoor(places, authority.caFile);
  stack.defer(() => frontDoor.process.stop());

  onStep('Enrolling and starting the agent');
  await writeAgentSettings(places, domain, servicePassword);
  await enrolAgent(places, TENANT);
  const agent = await startAgent(places);
  stack.defer(() => agent.process.stop());
  const authenticators = await addPeopleOfTheFrontDoor(places);
  const recoveryCodes = await keptRecoveryCodes(places);
  await answerQuestions(frontDoorSettingsFile(places), TENANT, [QUESTIONS_PERSON, CLOUD_ACCOUNT.userId]);

  return {
    places,
    publicUrl: publicUrlOf(places),
    mailUrl: mailPage.url,
    domain,
    caFile: authority.caFile,
    sink,
    texts,
    frontDoor,
    agent,
    authenticators,
    recoveryCodes,
  };
}

/** The cloud-only account, and authenticators for those whose policy wants two gates. The second start keeps them. */
async function addPeopleOfTheFrontDoor(places: DemoPlaces): Promise<ReadonlyMap<string, string>> {
  const file = join(places.folder, 'authenticators.json');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return new Map(JSON.parse(kept));
  const config = ['--config', frontDoorSettingsFile(places)];
  const { userId, displayName, resetMail } = CLOUD_ACCOUNT;
  const account = [TENANT, userId, '--name', displayName, '--reset-mail', resetMail, '--administrator'];
  await drawbridge(['front-door', 'cloud-account', 'add', ...account, ...config], FIRST_PASSWORD);
  const authenticators = new Map<string, string>();
  for (const person of [userId, TWO_GATES_PERSON]) {
    const printed = await drawbridge(['front-door', 'authenticator', 'add', TENANT, person, ...config]);
    authenticators.set(person, printed.trim());
  }
  await writeFile(file, JSON.stringify([...authenticators]), { mode: 0o600 });
  return authenticators;
}

/** Printed once, and kept for the second start. */
async function keptRecoveryCodes(places: DemoPlaces): Promise<readonly string[]> {
  const file = join(places.folder, 'recovery-codes.json');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return JSON.parse(kept);
  const config = ['--config', frontDoorSettingsFile(places)];
  const printed = await drawbridge(['front-door', 'recovery-codes', 'make', TENANT, CODES_PERSON, ...config]);
  const codes = printed.trim().split('\n');
  await writeFile(file, JSON.stringify(codes), { mode: 0o600 });
  return codes;
}

async function keptPassword(file: string): Promise<string> {
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return kept;
  // Upper case, lower case, digits and a symbol, whatever the random part is.
  const password = `Gate-7-${randomBytes(18).toString('base64url')}`;
  await writeFile(file, password, { mode: 0o600 });
  return password;
}

async function assertPortsFree(ports: readonly number[]): Promise<void> {
  try {
    await assertAddressFree(HOST, ports);
  } catch (cause) {
    const advice =
      'choose other ports with --port and --mail-port; or, to use your own directory instead of the demo, fill in ' +
      'config/agent.example.yaml and config/front-door.example.yaml';
    throw new LabFailure(advice, { cause });
  }
}
