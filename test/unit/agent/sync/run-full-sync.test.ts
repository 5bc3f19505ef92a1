// One sync cycle: what is sent, in which portions, and above all what is not sent when something goes wrong.

import { describe, expect, test } from 'vitest';
import type { DirectoryAccount } from '../../../../src/agent/directory/directory-account.js';
import { type AccountPage, DirectoryUnreachable } from '../../../../src/agent/directory/ports.js';
import { runFullSync, type SyncFrame } from '../../../../src/agent/sync/run-full-sync.js';
import { encodeFrame } from '../../../../src/protocol/frames.js';
import { parseAccountAnchor } from '../../../../src/protocol/identifiers.js';
import { LIMITS } from '../../../../src/protocol/limits.js';
import type { ManagedAccount } from '../../../../src/protocol/managed-accounts.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { aPerson, FakeDirectory } from '../../../support/fake-directory.js';

const signal = new AbortController().signal;

function account(number: number, displayName = `Person ${number}`): DirectoryAccount {
  return aPerson({ anchor: `person${number}`, samAccountName: `person${number}`, displayName });
}

const accounts = (count: number, displayName?: string) =>
  Array.from({ length: count }, (_, number) => account(number, displayName));

function mirrorOf({
  anchor,
  displayName,
  userPrincipalName,
  samAccountName,
  domainName,
}: DirectoryAccount): ManagedAccount {
  const disposition = { kind: 'contact-administrator', reason: 'write-back-off' } as const;
  return { anchor, displayName, userPrincipalName, samAccountName, domainName, mail: [], resetMail: [], disposition };
}

async function runWith(options: {
  readonly pages: AsyncIterable<AccountPage>;
  readonly send?: (frame: SyncFrame) => Promise<void>;
  readonly mirror?: (account: DirectoryAccount) => ManagedAccount;
}) {
  const sent: SyncFrame[] = [];
  const reported: string[] = [];
  const result = await runFullSync(
    {
      reader: { readAll: () => options.pages },
      mirrorOf: options.mirror ?? mirrorOf,
      send: async (frame) => {
        await options.send?.(frame);
        sent.push(frame);
      },
      clock: new FakeClock(),
      events: {
        syncCompleted: () => reported.push('completed'),
        syncIncomplete: ({ accountsLeftOut }) => reported.push(`incomplete by ${accountsLeftOut}`),
        syncFailed: () => reported.push('failed'),
        syncAccountLeftOut: ({ anchor }) => reported.push(`left out ${anchor}`),
      },
    },
    7,
    signal,
  );
  return { result, sent, reported };
}

async function* pagesOf(...pages: readonly (readonly DirectoryAccount[])[]) {
  for (const page of pages) yield { accounts: page, leftOut: 0 };
}

describe('a completed read', () => {
  test('is sent in numbered batches and ends with what was read', async () => {
    const { sent, reported } = await runWith({
      pages: pagesOf(accounts(LIMITS.accountsPerBatchMax + 1), [account(9999)]),
    });
    expect(sent.map((frame) => (frame.kind === 'sync-batch' ? [frame.index, frame.accounts.length] : frame))).toEqual([
      [0, LIMITS.accountsPerBatchMax],
      [1, 1],
      [2, 1],
      { kind: 'sync-complete', generation: 7, batches: 3, accounts: LIMITS.accountsPerBatchMax + 2 },
    ]);
    expect(reported).toEqual(['completed']);
  });

  test('of an empty directory says so explicitly', async () => {
    const { sent } = await runWith({ pages: pagesOf() });
    expect(sent).toEqual([{ kind: 'sync-complete', generation: 7, batches: 0, accounts: 0 }]);
  });

  test('never makes a frame above the limit, however long the names are', async () => {
    const { sent } = await runWith({
      pages: pagesOf(accounts(LIMITS.accountsPerBatchMax, '名'.repeat(LIMITS.nameUnitsMax))),
    });
    expect(sent.length).toBeGreaterThan(2);
    for (const frame of sent) expect(encodeFrame(frame).length).toBeLessThan(LIMITS.frameBytesMax);
  });
});

describe('a read that does not complete', () => {
  async function* breaking() {
    yield { accounts: [account(1)], leftOut: 0 };
    throw new DirectoryUnreachable('the domain controller went away between two pages');
  }

  test('never sends that it was complete', async () => {
    const { result, sent, reported } = await runWith({ pages: breaking() });
    expect(result.kind).toBe('failed');
    expect(sent.map(({ kind }) => kind)).toEqual(['sync-batch']);
    expect(reported).toEqual(['failed']);
  });

  test('is what a cycle is whose batch the front door did not commit', async () => {
    const { result, sent } = await runWith({
      pages: pagesOf([account(1)], [account(2)]),
      send: () => Promise.reject(new Error('the link is gone')),
    });
    expect(result.kind).toBe('failed');
    expect(sent).toEqual([]);
  });
});

describe('a read that left somebody out', () => {
  test('because an account cannot be mirrored, stops nobody else and is never told as complete', async () => {
    const mirror = (each: DirectoryAccount) => {
      if (each.samAccountName === 'person1') throw new Error('malformed');
      return mirrorOf(each);
    };
    const { result, sent, reported } = await runWith({ pages: pagesOf(accounts(3)), mirror });
    expect(sent).toMatchObject([
      { kind: 'sync-batch', accounts: [{ samAccountName: 'person0' }, { samAccountName: 'person2' }] },
    ]);
    expect(reported).toEqual(['left out person1', 'incomplete by 1']);
    expect(result).toMatchObject({ kind: 'incomplete', report: { accountsSent: 2, accountsLeftOut: 1 } });
  });

  test('because the directory hides an account, is never told as complete, even if the last page was whole', async () => {
    const people = accounts(3).map((each) => ({ account: each, password: 'Sample-Gate-11' }));
    const directory = new FakeDirectory({ people, pageSize: 1 });
    directory.unreadable.add(parseAccountAnchor('person0'));

    const { result, sent, reported } = await runWith({ pages: directory.readAll(signal) });

    expect(sent.map(({ kind }) => kind)).toEqual(['sync-batch', 'sync-batch']);
    expect(reported).toEqual(['incomplete by 1']);
    expect(result.kind).toBe('incomplete');
  });
});
