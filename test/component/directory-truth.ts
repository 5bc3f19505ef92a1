// What the domain itself says happened, asked past both programs: how often a password was written, and who can sign in.

import { z } from 'zod';
import { proveBind } from '../../scripts/lab/proofs.js';
import { runSambaScript } from '../../scripts/lab/samba-script.js';
import type { TestDomain } from '../support/samba.js';

const answerSchema = z.strictObject({ writes: z.int() });

/** How many times the account's password has been written since it was made. */
export async function passwordWrites(domain: TestDomain, account: string): Promise<number> {
  const script = '../../test/component/password_writes.py';
  return answerSchema.parse(await runSambaScript(domain.smbConfFile, script, { account })).writes;
}

/** Whether the person can sign in with this password. */
export async function canSignIn(domain: TestDomain, account: string, password: string): Promise<boolean> {
  const bindName = `${account}@${domain.realm.toLowerCase()}`;
  const { kind, said } = await proveBind({ url: domain.url, caFile: domain.caFile, bindName, password });
  if (kind === 'unreachable') throw new Error(`nothing is proven: ${said}`);
  return kind === 'accepted';
}
