// The agent's own directory adapter in the measuring process, without the agent around it.

import { readFile } from 'node:fs/promises';
import type { ChangeCursor } from '../../src/agent/directory/ports.js';
import { openDirectory } from '../../src/agent/ldap/open-directory.js';
import { parseAccountAnchor } from '../../src/protocol/identifiers.js';
import { Secret } from '../../src/secret/secret.js';
import { systemClock } from '../../src/timing/clock.js';
import { LabFailure } from '../lab/lab-failure.js';
import { type BenchAccount, newPassword } from './bench-accounts.js';
import type { BridgedDirectory } from './bridge.js';

/** Reads the account as it must be read before it is judged, and writes it: what of the agent's time is the directory's. */
export async function openAdapter(directory: BridgedDirectory, caFile: string) {
  const bindPassword = Secret.fromText(directory.bindPassword);
  const opened = openDirectory({
    directoryId: 'corp',
    kind: directory.kind,
    urls: [directory.url],
    ca: await readFile(caFile, 'utf8'),
    bindName: directory.bindName,
    bindPassword: () => bindPassword,
    baseDn: directory.baseDn,
    clock: systemClock,
  });
  const never = new AbortController().signal;
  return {
    async reset(account: BenchAccount): Promise<void> {
      await using intent = await opened.prepare(parseAccountAnchor(account.anchor), never);
      const password = Buffer.from(newPassword());
      const result = await intent?.apply({ kind: 'reset', password, unlock: false, mustChange: false }, never);
      if (result?.kind !== 'applied') throw new LabFailure(`the adapter answered ${result?.kind ?? 'nobody'}`);
    },
    readAll: () => opened.readAll(never),
    readChanges: (since: ChangeCursor) => opened.readChanges(since, never),
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}
