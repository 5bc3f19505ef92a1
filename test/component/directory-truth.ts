// What the domain itself says happened, asked past both programs: how often a password was written, and who can sign in.

import { z } from 'zod';
import { proveBind } from '../../scripts/lab/proofs.js';
import { runSambaScript } from '../../scripts/lab/samba-script.js';
import type { TestDomain } from '../support/samba.js';

const answerSchema = z.strictObject({ writes: z.array(z.int()) });

/** How many times each account's password has been written since it was made. */
export async function passwordWritesOf(domain: TestDomain, accounts: readonly string[]): Promise<readonly number[]> {
  const script = '../../test/component/password_writes.py';
  return answerSchema.parse(await runSambaScript(domain.smbConfFile, script, { accounts })).writes;
}

/** The same of one account. */
export async function passwordWrites(domain: TestDomain, account: string): Promise<number> {
  const [writes] = await passwordWritesOf(domain, [account]);
  if (writes === undefined) throw new Error(`nothing is known of ${account}`);
  return writes;
}

/** Whether the person can sign in with this password. */
export async function canSignIn(domain: TestDomain, account: string, password: string): Promise<boolean> {
  const bindName = `${account}@${domain.realm.toLowerCase()}`;
  const { kind, said } = await proveBind({ url: domain.url, caFile: domain.caFile, bindName, password });
  if (kind === 'unreachable') throw new Error(`nothing is proven: ${said}`);
  return kind === 'accepted';
}
