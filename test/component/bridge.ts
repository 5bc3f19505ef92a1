// Both programs, built, between a real domain and a test: settings files as an administrator writes them, an enrolment by
// a one-time code, and handles to start, stop and kill each. What lies in between may be replaced: the test says where to.

import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { CertificateAuthority } from '../../scripts/lab/certificate-authority.js';
import { writeCertificate } from '../../scripts/lab/certificate-authority.js';
import { API_SCOPES } from '../../src/front-door/api/api-scopes.js';
import { type CommandResult, type Program, runDrawbridge, startProgram } from '../support/programs.js';
import type { TestDomain } from '../support/samba.js';
import { portOf } from '../support/tcp-relay.js';
import { Portal } from './portal.js';

export const TENANT = 'example';
/** Has no agent but what a test makes one. */
export const OTHER_TENANT = 'elsewhere';
export const SCOPE = 'OU=People';

/** What is needed of a directory, of whatever kind. */
export type BridgedDirectory = Pick<
  TestDomain,
  'folder' | 'url' | 'hostName' | 'caFile' | 'baseDn' | 'realm' | 'serviceAccount'
>;

export interface BridgeOptions {
  readonly domain: BridgedDirectory;
  readonly authority: CertificateAuthority;
  /** Made below the domain's folder. */
  readonly name: string;
  /** Default: the domain's own. */
  readonly directoryUrl?: string;
  /** Default: the sample people's. */
  readonly serviceAccount?: { readonly bindName: string; readonly password: string };
  /** Where the agent dials, told the front door's port. Default: there. */
  readonly linkPortFor?: (frontDoorPort: number) => Promise<number>;
  /** Added to the agent's `frontDoor` section. */
  readonly agentNetwork?: Readonly<Record<string, unknown>>;
  /** Added to the agent's directory. Default: that it is Active Directory. */
  readonly directory?: Readonly<Record<string, unknown>>;
  /** Behind the agent's directory, whole. Default: none. */
  readonly furtherDirectories?: readonly Readonly<Record<string, unknown>>[];
  /** Added to the `writeBack` section of the agent's directory. */
  readonly writeBack?: Readonly<Record<string, unknown>>;
  /** Added to the agent's `guardrails`. */
  readonly guardrails?: Readonly<Record<string, unknown>>;
  /** Added to the agent's `sync`. */
  readonly sync?: Readonly<Record<string, unknown>>;
  /** Added to the front door's first tenant. */
  readonly tenant?: Readonly<Record<string, unknown>>;
  /** Default: a mail server that is not there. */
  readonly mail?: Readonly<Record<string, unknown>>;
}

export interface Bridge {
  readonly folder: string;
  readonly agentSettings: string;
  readonly frontDoorSettings: string;
  readonly agentData: string;
  readonly frontDoorData: string;
  readonly frontDoorPort: number;
  /** `drawbridge agent …` with the settings, and the same for the front door. */
  agent(args: readonly string[], input?: string): Promise<CommandResult>;
  frontDoor(args: readonly string[], input?: string): Promise<CommandResult>;
  startFrontDoor(): Promise<Program>;
  /** Started, no more: it may find no front door, or none that takes it. */
  startAgent(): Promise<Program>;
  /** Starts the agent and waits for the front door to have its first mirror. */
  startLinkedAgent(): Promise<Program>;
  /** Issues a code and enrols with it; returns the code. */
  enrol(): Promise<string>;
  /** A portal with a token of its own. Default: of the agent's tenant. */
  portal(tenantId?: string): Promise<Portal>;
}

/** Writes what both programs are started with. Starts neither. */
export async function makeBridge(options: BridgeOptions): Promise<Bridge> {
  const { domain, authority } = options;
  const folder = join(domain.folder, options.name);
  const [agentFolder, frontDoorFolder] = [join(folder, 'agent'), join(folder, 'front-door')];
  const frontDoorPort = await freePort();
  const linkPort = (await options.linkPortFor?.(frontDoorPort)) ?? frontDoorPort;
  const agentSettings = join(agentFolder, 'agent.yaml');
  const frontDoorSettings = join(frontDoorFolder, 'front-door.yaml');
  const { bindName, password } = options.serviceAccount ?? domain.serviceAccount;

  await mkdir(join(agentFolder, 'secrets'), { recursive: true, mode: 0o700 });
  await writeFile(join(agentFolder, 'secrets', 'bind-password'), password, { mode: 0o600 });
  await writeFile(agentSettings, stringify(agentSettingsOf({ ...options, linkPort, bindName })));
  const certificate = await authority.issue({ hostNames: ['localhost'], addresses: ['127.0.0.1'] });
  await writeCertificate(certificate, {
    certificateFile: join(frontDoorFolder, 'certificate.pem'),
    keyFile: join(frontDoorFolder, 'certificate.key'),
  });
  await writeFile(frontDoorSettings, stringify(frontDoorSettingsOf(frontDoorPort, options)));

  const agent = (args: readonly string[], input = '') =>
    runDrawbridge(['agent', ...args, '--config', agentSettings], { input });
  const frontDoor = (args: readonly string[], input = '') =>
    runDrawbridge(['front-door', ...args, '--config', frontDoorSettings], { input });
  const startAgent = () =>
    startProgram({ args: ['agent', '--config', agentSettings], logFile: join(folder, 'agent.log') });
  return {
    folder,
    agentSettings,
    frontDoorSettings,
    agentData: join(agentFolder, 'data'),
    frontDoorData: join(frontDoorFolder, 'data'),
    frontDoorPort,
    agent,
    frontDoor,
    startAgent,
    startFrontDoor: async () => {
      const args = ['front-door', '--config', frontDoorSettings];
      const program = await startProgram({ args, logFile: join(folder, 'front-door.log') });
      return reached(program, 'front-door-started');
    },
    startLinkedAgent: async () => {
      const program = await startAgent();
      return reached(program, 'sync-completed');
    },
    enrol: async () => {
      const code = succeeded(await frontDoor(['enrolment-code', TENANT])).trim();
      succeeded(await agent(['enrol', '--name', 'dc1'], code));
      return code;
    },
    portal: async (tenantId = TENANT) => {
      const scopes = API_SCOPES.flatMap((scope) => ['--scope', scope]);
      const token = succeeded(await frontDoor(['api-token', 'issue', tenantId, '--name', 'portal', ...scopes])).trim();
      return new Portal({ port: frontDoorPort, ca: authority.certificatePem, token });
    },
  };
}

/** What the command printed. Throws with what it said when it failed. */
export function succeeded(result: CommandResult): string {
  if (result.code !== 0) throw new Error(`a command ended with ${result.code}: ${result.errorOutput}`);
  return result.output;
}

/** The program, once it logged the event; ended when it does not. */
async function reached(program: Program, event: string): Promise<Program> {
  try {
    await program.until(event);
    return program;
  } catch (error) {
    await program.end('SIGKILL');
    throw error;
  }
}

function agentSettingsOf(options: BridgeOptions & { readonly linkPort: number; readonly bindName: string }) {
  const { domain, linkPort, bindName } = options;
  return {
    frontDoor: { url: `https://localhost:${linkPort}`, caFile: domain.caFile, ...options.agentNetwork },
    dataFolder: 'data',
    log: { level: 'debug' },
    directories: [
      {
        id: 'corp',
        kind: 'active-directory',
        urls: [options.directoryUrl ?? domain.url],
        serverName: domain.hostName,
        caFile: domain.caFile,
        baseDn: domain.baseDn,
        bindName,
        bindPassword: { file: 'secrets/bind-password' },
        writeBack: { isOn: true, scope: [`${SCOPE},${domain.baseDn}`], ...options.writeBack },
        ...options.directory,
      },
      ...(options.furtherDirectories ?? []),
    ],
    guardrails: { ...options.guardrails },
    // Once at start; never again while a test runs.
    sync: { deltaSchedule: '0 0 1 1 *', fullSchedule: '0 0 1 1 *', ...options.sync },
  };
}

function frontDoorSettingsOf(port: number, options: BridgeOptions) {
  return {
    publicUrl: `https://localhost:${port}`,
    listen: { host: '127.0.0.1', port },
    tls: { certificateFile: 'certificate.pem', keyFile: 'certificate.key' },
    dataFolder: 'data',
    log: { level: 'debug' },
    mail: options.mail ?? { host: '127.0.0.1', port: 9, security: 'none', from: 'no-reply@reset.example.com' },
    routeAnswerMs: 0,
    tenants: [
      {
        id: TENANT,
        name: 'Example Corporation',
        domains: [options.domain.realm.toLowerCase(), 'example.com'],
        reset: 'everyone',
        unlock: true,
        contact: { kind: 'email', addresses: ['helpdesk@example.com'] },
        ...options.tenant,
      },
      {
        id: OTHER_TENANT,
        name: 'Elsewhere Limited',
        domains: ['elsewhere.example'],
        reset: 'everyone',
        contact: { kind: 'email', addresses: ['helpdesk@elsewhere.example'] },
      },
    ],
  };
}

/** A port that was free a moment ago. Fixed, since the same one must be served again after a restart. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
