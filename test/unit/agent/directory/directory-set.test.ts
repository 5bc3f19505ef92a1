// Several directories behind the ports of one: who is found where, and what is said while one of them is away.

import { describe, expect, test } from 'vitest';
import { DirectorySet } from '../../../../src/agent/directory/directory-set.js';
import { DirectoryUnreachable } from '../../../../src/agent/directory/ports.js';
import { aPerson, FakeDirectory } from '../../../support/fake-directory.js';

const signal = () => new AbortController().signal;
const ADA = aPerson({ directoryId: 'corp', revision: '1', mail: ['ada@example.com', 'team@example.com'] });
const BERT = aPerson({
  directoryId: 'labs',
  revision: '1',
  anchor: '4297589d-30f3-4bfb-a0e3-f8ce41b3feec',
  samAccountName: 'bert',
  domainName: 'LABS',
  mail: ['bert@example.com', 'team@example.com'],
});

const BOTH = { kind: 'ambiguous', distinguishedNames: [ADA.distinguishedName, BERT.distinguishedName] };

function aSet() {
  const corp = new FakeDirectory({ people: [{ account: ADA, password: 'Bridge-Lamp-47' }], domainController: 'dc1' });
  const labs = new FakeDirectory({ people: [{ account: BERT, password: 'Bridge-Lamp-48' }], domainController: 'dc1' });
  const set = new DirectorySet([
    { id: 'corp', directory: corp },
    { id: 'labs', directory: labs },
  ]);
  return { corp, labs, set };
}

const reset = {
  kind: 'reset' as const,
  password: new TextEncoder().encode('Lantern-Quay-58'),
  unlock: false,
  mustChange: false,
};

describe('finds', () => {
  test('whoever one of them knows', async () => {
    const { set } = aSet();

    expect(await set.find('ada', signal())).toEqual({ kind: 'found', account: ADA });
    expect(await set.find('bert', signal())).toEqual({ kind: 'found', account: BERT });
    expect(await set.read(BERT.anchor, signal())).toEqual(BERT);
  });

  test('nobody by a name that two of them know', async () => {
    expect(await aSet().set.find('team@example.com', signal())).toEqual(BOTH);
  });

  test('nobody only when all of them have answered', async () => {
    const { labs, set } = aSet();
    expect(await set.find('nobody', signal())).toEqual({ kind: 'not-found' });
    labs.trouble = 'unreachable';

    await expect(set.find('nobody', signal())).rejects.toBeInstanceOf(DirectoryUnreachable);
    await expect(set.read(BERT.anchor, signal())).rejects.toBeInstanceOf(DirectoryUnreachable);
    await expect(set.prepare(BERT.anchor, signal())).rejects.toBeInstanceOf(DirectoryUnreachable);
  });

  test('the people of one while another is away', async () => {
    const { labs, set } = aSet();
    labs.trouble = 'unreachable';

    expect(await set.find('ada', signal())).toEqual({ kind: 'found', account: ADA });
    expect(await set.prepare(ADA.anchor, signal())).toBeDefined();
  });

  test('them without waiting for one that has been away, and waits for it again once it is back', async () => {
    const { labs, set } = aSet();
    labs.trouble = 'unreachable';
    await set.find('ada', signal());
    let answer: (() => void) | undefined;
    labs.find = () =>
      new Promise((resolve) => {
        answer = () => resolve({ kind: 'found', account: BERT });
      });

    expect(await set.find('team@example.com', signal())).toEqual({ kind: 'found', account: ADA });
    answer?.();
    // Its answer has to arrive before it counts as back.
    await new Promise(setImmediate);
    const next = set.find('team@example.com', signal());
    answer?.();
    expect(await next).toEqual(BOTH);
  });
});

describe('writes', () => {
  test('where the account lives, and says which directory that was', async () => {
    const { corp, labs, set } = aSet();
    await using intent = await set.prepare(BERT.anchor, signal());

    expect(intent?.domainController).toBe('labs:dc1');
    expect(await intent?.apply(reset, signal())).toEqual({ kind: 'applied' });
    expect([corp.writes.length, labs.writes.length]).toEqual([0, 1]);
  });

  test('without looking for the account first, where there is no other directory', async () => {
    const { corp } = aSet();
    const set = new DirectorySet([{ id: 'corp', directory: corp }]);
    // Preparing reads it, too.
    const read = corp.read.bind(corp);
    let reads = 0;
    corp.read = (...asked) => {
      reads += 1;
      return read(...asked);
    };
    await using intent = await set.prepare(ADA.anchor, signal());

    expect(intent?.domainController).toBe('corp:dc1');
    expect(reads).toBe(1);
    expect(await set.prepare(BERT.anchor, signal())).toBeUndefined();
  });

  test('nowhere for an anchor that no directory knows', async () => {
    const { corp, set } = aSet();
    corp.remove(ADA.anchor);

    expect(await set.prepare(ADA.anchor, signal())).toBeUndefined();
  });

  test('and settles it in the same directory, though another has a server of that name', async () => {
    const { labs, set } = aSet();
    const unsettled = {
      anchor: BERT.anchor,
      kind: 'reset' as const,
      passwordLastSetBefore: 1000n,
      revisionBefore: undefined,
      mustChange: false,
    };
    labs.writeTroubles.push('answer-lost-applied');
    await using intent = await set.prepare(BERT.anchor, signal());
    await intent?.apply(reset, signal());

    expect(await set.settle({ ...unsettled, domainController: 'labs:dc1' }, signal())).toBe('applied');
    for (const domainController of ['corp:dc1', 'gone:dc1', 'dc1', '']) {
      expect(await set.settle({ ...unsettled, domainController }, signal())).toBe('cannot-tell');
    }
  });
});

test('each directory is there by its own name, to be read whole by itself', async () => {
  const { set } = aSet();
  const names: string[] = [];
  for await (const page of set.member('labs').readAll(signal()))
    names.push(...page.accounts.map((account) => account.samAccountName));
  expect(names).toEqual(['bert']);
  expect(() => set.member('gone')).toThrow('gone');
});
