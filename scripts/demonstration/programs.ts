// Starts the two programs as an administrator would: settings files, commands, a one-time code on standard input.
// Uses only what the README tells everybody to use; knows nothing of their insides.

import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LabProcess, startLabProcess, waitUntilReady } from '../lab/lab-process.js';
import { runCommand } from '../lab/run-command.js';
import { agentSettingsFile, type DemoPlaces, frontDoorSettingsFile, publicUrlOf } from './settings-files.js';

const READY_DEADLINE_MS = 20_000;
/** The built command, also where the tests import this file as TypeScript. */
const DRAWBRIDGE = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? '../../dist/src/drawbridge.js' : '../../src/drawbridge.js',
    import.meta.url,
  ),
);

export interface RunningProgram {
  readonly process: LabProcess;
  readonly logFile: string;
}

/** Runs one `drawbridge` command to its end and returns what it printed. */
export function drawbridge(args: readonly string[], input = ''): Promise<string> {
  return runCommand(process.execPath, [DRAWBRIDGE, ...args], { input });
}

export async function startFrontDoor(places: DemoPlaces, caFile: string): Promise<RunningProgram> {
  const ca = await readFile(caFile, 'utf8');
  return startProgram(places, 'front-door', frontDoorSettingsFile(places), () =>
    answersReady(`${publicUrlOf(places)}/readyz`, ca),
  );
}

/** Starts the agent and waits until the front door has its first mirror. `environment`: added to ours. */
export function startAgent(
  places: DemoPlaces,
  environment: Readonly<Record<string, string>> = {},
  mirroredWithinMs = READY_DEADLINE_MS,
): Promise<RunningProgram> {
  const isMirrored = async () =>
    (await readFile(logFileOf(places, 'agent'), 'utf8')).includes('"event":"sync-completed"');
  return startProgram(places, 'agent', agentSettingsFile(places), isMirrored, environment, mirroredWithinMs);
}

/** Enrols the agent unless it has been: a code from the front door's command, given to the agent's. */
export async function enrolAgent(places: DemoPlaces, tenantId: string): Promise<void> {
  const identity = await readFile(join(places.folder, 'agent', 'data', 'identity.json')).catch(() => undefined);
  if (identity !== undefined) return;
  const code = await drawbridge(['front-door', 'enrolment-code', tenantId, '--config', frontDoorSettingsFile(places)]);
  await drawbridge(['agent', 'enrol', '--config', agentSettingsFile(places)], code);
}

async function startProgram(
  places: DemoPlaces,
  name: 'agent' | 'front-door',
  settingsFile: string,
  probe: () => Promise<boolean>,
  environment: Readonly<Record<string, string>> = {},
  deadlineMs = READY_DEADLINE_MS,
): Promise<RunningProgram> {
  const logFile = logFileOf(places, name);
  const running = await startLabProcess({
    name: `drawbridge ${name}`,
    command: process.execPath,
    args: [DRAWBRIDGE, name, '--config', settingsFile],
    logFile,
    pidFile: join(places.folder, name, 'process.pid'),
    env: { ...process.env, ...environment },
  });
  await waitUntilReady(running, { name: `drawbridge ${name}`, logFile, deadlineMs, probe });
  return { process: running, logFile };
}

const logFileOf = (places: DemoPlaces, name: string) => join(places.folder, name, 'log.jsonl');

function answersReady(url: string, ca: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request(url, { ca, timeout: 2000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(false));
    asked.end();
  });
}
