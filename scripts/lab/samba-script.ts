// Runs one of this folder's Python scripts on a domain's own database, which Samba's Python modules open as the system
// itself: no network, no rights to ask for. Works while the domain runs and before its first start.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCommand } from './run-command.js';

/** Debian's own Python, because Samba's modules are installed for that one. */
const PYTHON = '/usr/bin/python3';

/** Tells `request` to the script as JSON on its standard input, and returns the JSON that it answers (or undefined). */
export async function runSambaScript(smbConfFile: string, script: string, request: unknown): Promise<unknown> {
  // -B: a __pycache__ folder here would look like a changed source to scripts/setup.
  const answer = await runCommand(PYTHON, ['-B', join(scriptsFolder(), script), smbConfFile], {
    input: JSON.stringify(request),
  });
  return answer.trim() === '' ? undefined : JSON.parse(answer);
}

/** The scripts lie beside the sources, also when this runs compiled, from dist/. */
function scriptsFolder(): string {
  for (let at = import.meta.dirname; at !== dirname(at); at = dirname(at)) {
    const folder = join(at, 'scripts', 'lab');
    if (existsSync(join(folder, 'samba_database.py'))) return folder;
  }
  throw new Error(`scripts/lab is not above ${import.meta.dirname}`);
}
