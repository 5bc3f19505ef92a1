// Describes the machine a figure was measured on, without its name or anything of whose it is.

import { availableParallelism, cpus } from 'node:os';
import { tryCommand } from '../lab/run-command.js';

export async function describeMachine(): Promise<string[]> {
  return [`${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'})`, `Node ${process.version}`];
}

/** As in `Samba 4.17.12-Debian`. */
export async function sambaVersion(): Promise<string> {
  const { output } = await tryCommand('samba', ['--version']);
  return output.trim().replace('Version', 'Samba');
}

/** As in `OpenLDAP 2.5.13`. */
export async function openLdapVersion(): Promise<string> {
  const { errorOutput } = await tryCommand('slapd', ['-V']);
  return `OpenLDAP ${/slapd ([\d.]+)/.exec(errorOutput)?.[1] ?? 'of unknown version'}`;
}
