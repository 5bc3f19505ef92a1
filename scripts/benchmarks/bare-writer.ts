// The yardstick: warm, bound, verified LDAPS connections of ldapts, and one write per reset. Nothing around it.
// No sealing, no ledger, no audit, no look at the account: what nobody could do without.

import { readFile } from 'node:fs/promises';
import { Attribute, Change, Client } from 'ldapts';
import { PASSWORD_MODIFY_OID, passwordModifyValue } from '../../src/agent/ldap/password-modify.js';
import type { BenchAccount } from './bench-accounts.js';

export interface BareWriterOptions {
  readonly url: string;
  readonly caFile: string;
  readonly bindName: string;
  readonly bindPassword: string;
  /** One per caller that is to be served at once. */
  readonly connections: number;
}

/** How a password is set there: by a modify of `unicodePwd`, or by the operation for it (RFC 3062). */
export type PasswordWrite = 'active-directory' | 'password-modify';

export class BareWriter implements AsyncDisposable {
  readonly #idle: Client[];
  readonly #all: readonly Client[];

  static async open(options: BareWriterOptions): Promise<BareWriter> {
    const { url, caFile, bindName, bindPassword, connections } = options;
    const tlsOptions = { ca: await readFile(caFile, 'utf8'), minVersion: 'TLSv1.2' } as const;
    const clients = Array.from({ length: connections }, () => new Client({ url, tlsOptions, timeout: 10_000 }));
    await Promise.all(clients.map((client) => client.bind(bindName, bindPassword)));
    return new BareWriter(clients);
  }

  private constructor(clients: readonly Client[]) {
    this.#all = clients;
    this.#idle = [...clients];
  }

  /** Resolves when the directory said that it is done. Throws when nobody is idle: there is one connection per caller. */
  async reset(account: BenchAccount, password: string, write: PasswordWrite): Promise<void> {
    const client = this.#idle.pop();
    if (client === undefined) throw new RangeError('more callers than connections');
    try {
      const { distinguishedName } = account;
      if (write === 'active-directory') await client.modify(distinguishedName, changesOf(password));
      else await client.exop(PASSWORD_MODIFY_OID, requestOf(distinguishedName, password));
    } finally {
      this.#idle.push(client);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#all.map((client) => client.unbind()));
  }
}

function requestOf(distinguishedName: string, password: string): Buffer {
  return passwordModifyValue({ distinguishedName, currentPassword: undefined, password: Buffer.from(password) });
}

function changesOf(password: string): Change[] {
  // unicodePwd is the password in quotes as UTF-16LE (MS-ADTS 3.1.1.3.1.5.1); -1 in pwdLastSet is "now".
  return [
    replace(new Attribute({ type: 'unicodePwd', values: [Buffer.from(`"${password}"`, 'utf16le')] })),
    replace(new Attribute({ type: 'pwdLastSet', values: ['-1'] })),
  ];
}

function replace(modification: Attribute): Change {
  return new Change({ operation: 'replace', modification });
}
