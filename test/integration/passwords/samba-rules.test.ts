// Our judgement of the directory's rules beside a real Samba's: where they agree, and where Samba takes more.

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Directory } from '../../../src/agent/directory/ports.js';
import { activeDirectory } from '../../../src/agent/ldap/active-directory/active-directory.js';
import { openLdapDirectory } from '../../../src/agent/ldap/ldap-directory.js';
import { type DirectoryRule, judgeByDirectoryRules } from '../../../src/agent/passwords/directory-rules.js';
import { nameFailingRules } from '../../../src/agent/passwords/name-failing-rules.js';
import type { PolicyRule } from '../../../src/protocol/outcomes.js';
import { Secret } from '../../../src/secret/secret.js';
import { systemClock } from '../../../src/timing/clock.js';
import { sambaForTests, type TestDomain } from '../../support/samba.js';

let domain: TestDomain;
let directory: Directory;
const signal = () => AbortSignal.timeout(20_000);

beforeAll(async () => {
  domain = await sambaForTests();
  directory = openLdapDirectory(activeDirectory(), {
    directoryId: 'corp',
    urls: [domain.url],
    ca: await readFile(domain.caFile, 'utf8'),
    bindName: domain.serviceAccount.bindName,
    bindPassword: () => Secret.fromText(domain.serviceAccount.password),
    baseDn: domain.baseDn,
    pageSize: 50,
    clock: systemClock,
  });
});
afterAll(async () => {
  await directory?.[Symbol.asyncDispose]();
  await domain?.stop();
});

/** What Samba answers to a reset, and what we say of the same password: the rules that fail. */
async function judgedTwice(samAccountName: string, password: string) {
  const found = await directory.find(samAccountName, signal());
  if (found.kind !== 'found') throw new Error(`${samAccountName} is ${found.kind}`);
  await using intent = await directory.prepare(found.account.anchor, signal());
  const bytes = new TextEncoder().encode(password);
  const result = await intent?.apply({ kind: 'reset', password: bytes, unlock: false, mustChange: false }, signal());
  const said: readonly PolicyRule[] = result?.kind === 'refused-by-policy' ? result.rules : [];
  const facts = {
    ...({ password, operation: 'reset', account: found.account } as const),
    policy: await directory.readPolicy(found.account, signal()),
    passwordAge: { kind: 'unknown' } as const,
  };
  const findings = judgeByDirectoryRules(facts);
  const rules = Object.keys(findings).filter((rule): rule is DirectoryRule => rule in findings);
  const ours = rules.filter((rule) => findings[rule].kind === 'fail');
  const named = nameFailingRules({
    ...facts,
    said: result?.kind === 'refused-by-policy' ? ['some-directory-rule'] : [],
  });
  return { kind: result?.kind, said, ours, named };
}

describe('Samba and our rules agree on', () => {
  it.each([
    ['three kinds', 'Lantern-walk', [], 'applied'],
    ['two kinds', 'lantern-walk', ['not-complex'], 'refused-by-policy'],
    ['two kinds and blanks', 'Lantern Walk', ['not-complex'], 'refused-by-policy'],
    ['letters with case beyond ASCII', 'жЖжЖжЖжЖжЖ', ['not-complex'], 'refused-by-policy'],
    ['those and a digit', 'жЖжЖжЖжЖжЖ7', [], 'applied'],
    ['letters without case as a third kind', 'lantern漢字walk7', [], 'applied'],
    ['too few units', 'Ab-7', ['too-short'], 'refused-by-policy'],
  ])('%s: %j fails %j', async (_name, password, ours, kind) => {
    const judged = await judgedTwice('joerg', password);
    expect(judged).toMatchObject({ kind, ours });
    if (kind === 'applied') return;
    expect(judged.said).toEqual(ours);
    expect(judged.named).toEqual({ failing: ours, suspects: [] });
  });
});

describe('Samba 4.17 takes what MS-SAMR refuses, so these rules are audited by default', () => {
  it.each([
    ['the user name in it', 'Xx-7-JOERG-yy', ['contains-name']],
    ['a word of the display name in it', 'Xx-7-müßig-yy', ['contains-name']],
    ['a picture as the third kind', 'LanternWalk🚲', ['not-complex']],
    ['a currency sign as the third kind', 'LanternWalk€', ['not-complex']],
  ])('%s: %j is applied though it fails %j', async (_name, password, ours) => {
    expect(await judgedTwice('joerg', password)).toMatchObject({ kind: 'applied', ours });
  });
});

it('a fine-grained policy that may not be read leaves every rule open, and names none', async () => {
  const judged = await judgedTwice('lena', 'Lantern-walk');
  expect(judged).toMatchObject({ kind: 'refused-by-policy', said: ['too-short'], ours: [], named: { failing: [] } });
});
