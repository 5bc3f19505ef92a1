// Brings the two real programs up over one directory, with the defaults an administrator gets but for the limits that would
// stop a benchmark: the agent's guardrails are raised as far as its settings allow. Knows nothing of what is measured.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import type { DirectoryKind } from '../../src/agent/directory/directory-kind.js';
import { drawbridge, enrolAgent, startAgent, startFrontDoor } from '../demonstration/programs.js';
import {
  agentSettingsFile,
  type DemoPlaces,
  frontDoorSettingsFile,
  publicUrlOf,
} from '../demonstration/settings-files.js';
import { type CertificateAuthority, writeCertificate } from '../lab/certificate-authority.js';
import { startDiscardingMail } from './discard-mail.js';

const TENANT = 'example';
/** Never within a run: a full read would take its share of the machine. The one at start is over before we begin. */
const ONCE_A_YEAR = '0 0 1 1 *';
const SCOPES = ['resets:write', 'sealing-keys:read'];

export interface BridgedDirectory {
  readonly kind: DirectoryKind;
  readonly url: string;
  readonly baseDn: string;
  /** Below it people may be written to. */
  readonly scope: string;
  readonly bindName: string;
  readonly bindPassword: string;
}

export interface BridgeOptions {
  readonly places: DemoPlaces;
  readonly authority: CertificateAuthority & { readonly caFile: string };
  readonly directory: BridgedDirectory;
  /** How many portals call: each token has an allowance of its own. */
  readonly portals: number;
  /** Default: as long as the demo gives it. */
  readonly mirroredWithinMs?: number;
  /** Whose word on where a request came from is believed. Default: nobody's. */
  readonly trustedProxies?: readonly string[];
  /** Whether people sign in with a password they know. Default: false. */
  readonly signIn?: boolean;
  /** User IDs of accounts of the front door's own, and the password of all of them. Default: none. */
  readonly cloudAccounts?: { readonly userIds: readonly string[]; readonly password: string };
  /** Takes what was started. */
  readonly stack: AsyncDisposableStack;
}

export interface Bridge {
  readonly publicUrl: string;
  readonly tokens: readonly string[];
  readonly agentLogFile: string;
  readonly agentDataFolder: string;
  readonly frontDoorDataFolder: string;
  readonly agentPid: number;
  readonly frontDoorPid: number;
}

export async function startBridge(options: BridgeOptions): Promise<Bridge> {
  const { places, authority, stack } = options;
  const mail = stack.use(await startDiscardingMail(places.host));
  await writeFrontDoorSettings(options, mail.port);
  for (const userId of options.cloudAccounts?.userIds ?? []) {
    const account = [TENANT, userId, '--name', 'Somebody', '--reset-mail', 'somebody@example.net'];
    account.push('--config', frontDoorSettingsFile(places));
    await drawbridge(['front-door', 'cloud-account', 'add', ...account], options.cloudAccounts?.password);
  }
  const frontDoor = await startFrontDoor(places, authority.caFile);
  stack.defer(() => frontDoor.process.stop());
  await writeAgentSettings(options);
  await enrolAgent(places, TENANT);
  const agent = await startAgent(places, {}, options.mirroredWithinMs);
  stack.defer(() => agent.process.stop());
  const tokens: string[] = [];
  for (let portal = 0; portal < options.portals; portal += 1) tokens.push(await issueToken(places, portal));
  return {
    publicUrl: publicUrlOf(places),
    tokens,
    agentLogFile: agent.logFile,
    agentDataFolder: join(places.folder, 'agent', 'data'),
    frontDoorDataFolder: join(dirname(frontDoorSettingsFile(places)), 'data'),
    agentPid: agent.process.pid,
    frontDoorPid: frontDoor.process.pid,
  };
}

async function issueToken(places: DemoPlaces, portal: number): Promise<string> {
  const config = ['--config', frontDoorSettingsFile(places)];
  const scopes = SCOPES.flatMap((scope) => ['--scope', scope]);
  const name = ['--name', `benchmark ${portal}`];
  return (await drawbridge(['front-door', 'api-token', 'issue', TENANT, ...name, ...scopes, ...config])).trim();
}

async function writeFrontDoorSettings(
  { places, authority, trustedProxies = [], signIn = false }: BridgeOptions,
  mailPort: number,
): Promise<void> {
  const file = frontDoorSettingsFile(places);
  const certificate = await authority.issue({ hostNames: ['localhost'], addresses: [places.host] });
  await writeCertificate(certificate, {
    certificateFile: join(dirname(file), 'certificate.pem'),
    keyFile: join(dirname(file), 'certificate.key'),
  });
  await write(file, {
    publicUrl: publicUrlOf(places),
    listen: { host: places.host, port: places.port },
    tls: { certificateFile: 'certificate.pem', keyFile: 'certificate.key' },
    dataFolder: 'data',
    trustedProxies,
    mail: { host: places.host, port: mailPort, security: 'none', from: 'no-reply@reset.example.com' },
    tenants: [
      {
        id: TENANT,
        name: 'Example Corporation',
        domains: ['corp.example.com'],
        reset: 'everyone',
        signIn,
        contact: { kind: 'email', addresses: ['helpdesk@example.com'] },
      },
    ],
  });
}

async function writeAgentSettings(options: BridgeOptions): Promise<void> {
  const { places, authority, directory, signIn = false } = options;
  const file = agentSettingsFile(places);
  const { kind, url, baseDn, scope, bindName, bindPassword } = directory;
  await write(file, {
    frontDoor: { url: publicUrlOf(places), caFile: authority.caFile },
    dataFolder: 'data',
    directories: [
      {
        id: 'corp',
        kind,
        urls: [url],
        caFile: authority.caFile,
        baseDn,
        bindName,
        bindPassword: { file: 'bind-password' },
        writeBack: { isOn: true, scope: [scope], operations: ['reset', 'unlock', ...(signIn ? ['sign-in'] : [])] },
      },
    ],
    guardrails: { perAccountPerHour: 100, perMinute: 10_000 },
    sync: {
      deltaSchedule: ONCE_A_YEAR,
      reconciliationSchedule: ONCE_A_YEAR,
      fullSchedule: ONCE_A_YEAR,
    },
  });
  await writeFile(join(dirname(file), 'bind-password'), bindPassword, { mode: 0o600 });
}

async function write(file: string, settings: unknown): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, stringify(settings));
}

/** How long the agent took for each reset, by reset id: from its log, where it says so of every answer. */
export async function agentDurationsMs(agentLogFile: string): Promise<ReadonlyMap<string, number>> {
  const lines = (await readFile(agentLogFile, 'utf8')).split('\n').filter((line) => line.includes('"reset-answered"'));
  return new Map(
    lines.map((line) => {
      const { resetId, durationMs }: { resetId: unknown; durationMs: unknown } = JSON.parse(line);
      return [String(resetId), Number(durationMs)];
    }),
  );
}
