// What every directory of ours keeps, the fake one and the real: run by all, against the sample people of the lab. Where they
// differ, the difference is a value, and each is held to its own.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LabPopulation } from '../../../scripts/lab/samba-people.js';
import { LDAP_SAMPLE_POPULATION, SAMPLE_PASSWORD, SAMPLE_POPULATION } from '../../../scripts/lab/sample-people.js';
import type { AccountState, DirectoryAccount, PasswordPolicy } from '../../../src/agent/directory/directory-account.js';
import type {
  AccountChange,
  DirectoryFollower,
  DirectoryReader,
  DirectoryWriter,
  WriteResult,
} from '../../../src/agent/directory/ports.js';
import { type AccountAnchor, parseAccountAnchor } from '../../../src/protocol/identifiers.js';
import type { DirectoryEvidence } from '../../../src/protocol/outcomes.js';
import { canonicalUserId } from '../../../src/protocol/user-id.js';
import { HOSTILE_USER_IDS } from './hostile-user-ids.js';
import { describeSignIns, type SignInManners } from './sign-in-contract.js';

export interface DirectoryUnderTest extends AsyncDisposable {
  /** Pages of full reads must be smaller than the number of people. */
  readonly directory: DirectoryReader & DirectoryFollower & DirectoryWriter;
  /** Whether the person gets in with this password, by a client that is not ours where there is one. */
  signsIn(samAccountName: string, password: string): Promise<boolean>;
  remove(samAccountName: string): Promise<void>;
}

/**
 * The lab's sample people, and more: one who is locked, for what must find a lock whatever ran before, one who gets near a lock,
 * and one whose password has expired.
 */
export const CONTRACT_POPULATION: LabPopulation = {
  ...SAMPLE_POPULATION,
  people: [
    ...SAMPLE_POPULATION.people,
    { samAccountName: 'ulla', password: SAMPLE_PASSWORD, unit: 'OU=People', states: ['locked'] },
    { samAccountName: 'vera', password: SAMPLE_PASSWORD, unit: 'OU=People' },
    ...LDAP_SAMPLE_POPULATION.people.filter(({ samAccountName }) => samAccountName === 'mona'),
  ],
  passwordSettings: LDAP_SAMPLE_POPULATION.passwordSettings?.filter(({ name }) => name !== 'Patient') ?? [],
};

/** In what directories of different kinds are not alike. */
export interface Manners {
  /** Who of the sample people is in it: not every kind has every state. */
  readonly people: readonly string[];
  /** What Ada answers to besides her short name and her address. */
  readonly names: readonly (readonly [how: string, typed: string])[];
  /** What Ada's account says of names. */
  readonly ada: Pick<DirectoryAccount, 'domainName' | 'userPrincipalName'>;
  /** The rules that apply to her. */
  readonly policy: PasswordPolicy;
  /** What the directory says of a password that is too short. */
  readonly tooShort: DirectoryEvidence;
  /** Whether a reset unlocks although it was told not to. */
  readonly resets: 'unlock-always' | 'unlock-when-told';
  /** Whether what a new password does to the account besides can be read at once, or a moment after the answer. */
  readonly state: 'at-once' | 'soon-after';
  /** Somebody below the base whom the service account has no right to, and what the directory says then. */
  readonly outOfReach: { readonly samAccountName: string; readonly evidence: DirectoryEvidence };
  /** What the directory says of a write to an account that is gone: some do not tell that from one out of reach. */
  readonly gone: Pick<
    Extract<WriteResult, { readonly kind: 'no-such-account' | 'not-permitted' }>,
    'kind' | 'evidence'
  >;
  /** A reset after a compromise: whether the earlier password dies by one write, or only by a second one. */
  readonly afterCompromise: 'one-write' | 'two-writes';
  readonly signIns: SignInManners;
}

/** Of Active Directory, and of the fake that stands for it. */
export const ACTIVE_DIRECTORY_MANNERS: Manners = {
  people: CONTRACT_POPULATION.people.map(({ samAccountName }) => samAccountName),
  names: [
    ['the user principal name', 'ada@corp.example.com'],
    ['DOMAIN\\name', 'CORP\\ada'],
    ['the domain by its DNS name', 'corp.example.com\\ada'],
  ],
  ada: { domainName: 'CORP', userPrincipalName: 'ada@corp.example.com' },
  policy: {
    source: 'domain',
    lengthMin: 8,
    mustBeComplex: true,
    historyLength: 5,
    historyOnReset: 'not-enforced',
    ageMinMs: 0,
  },
  tooShort: { ldapResultCode: 19, win32: '0000052D' },
  resets: 'unlock-when-told',
  state: 'at-once',
  outOfReach: { samAccountName: 'fred', evidence: { ldapResultCode: 50 } },
  gone: { kind: 'no-such-account', evidence: { ldapResultCode: 32 } },
  afterCompromise: 'two-writes',
  signIns: { expired: 'contact-administrator' },
};

export function describeDirectoryContract(
  name: string,
  manners: Manners,
  open: () => Promise<DirectoryUnderTest>,
): void {
  describe(name, () => {
    let under: DirectoryUnderTest;
    let directory: DirectoryReader & DirectoryFollower & DirectoryWriter;
    beforeAll(async () => {
      under = await open();
      directory = under.directory;
    });
    afterAll(() => under?.[Symbol.asyncDispose]());
    const signal = () => AbortSignal.timeout(20_000);

    async function accountOf(samAccountName: string) {
      const found = await directory.find(samAccountName, signal());
      if (found.kind !== 'found') throw new Error(`${samAccountName} is ${found.kind}`);
      return found.account;
    }

    async function apply(samAccountName: string, change: AccountChange) {
      await using intent = await directory.prepare((await accountOf(samAccountName)).anchor, signal());
      return intent?.apply(change, signal());
    }

    async function expectState(samAccountName: string, expected: Partial<AccountState>) {
      const read = async () => (await accountOf(samAccountName)).state;
      if (manners.state === 'at-once') expect(await read()).toMatchObject(expected);
      else await expect.poll(read).toMatchObject(expected);
    }

    describe('finds one account or says why not', () => {
      test.each<readonly [how: string, typed: string]>([
        ['the short name', 'ada'],
        ['a mail address', 'ada@example.com'],
        ['other case and blanks around', '  ADA@Example.COM '],
        ...manners.names,
      ])('by %s', async (_, typed) => {
        const found = await directory.find(canonicalUserId(typed) ?? '', signal());

        expect(found).toMatchObject({
          kind: 'found',
          account: {
            samAccountName: 'ada',
            ...manners.ada,
            displayName: 'Ada Example',
            mail: ['ada@example.com'],
            resetMail: ['ada.private@example.org'],
            resetPhones: ['+44 7700 900947'],
          },
        });
      });

      test('keeps names outside ASCII as they are', async () => {
        expect(await accountOf('joerg')).toMatchObject({ displayName: 'Jörg Müßig-Ærø', surname: 'Müßig-Ærø' });
      });

      test('chooses none of two accounts with one address, and says where both are', async () => {
        const found = await directory.find('kim@example.com', signal());
        const kims = [await accountOf('kim1'), await accountOf('kim2')];
        if (found.kind !== 'ambiguous') throw new Error(`kim is ${found.kind}`);
        expect(found.distinguishedNames.toSorted()).toEqual(kims.map((kim) => kim.distinguishedName).toSorted());
      });

      test.each(['nobody', 'nobody@example.com', 'OTHER\\ada', 'ada@other.example.com', '\\ada', 'corp\\', '@', ''])(
        'finds nobody for %j',
        async (userId) => {
          expect(await directory.find(userId, signal())).toEqual({ kind: 'not-found' });
        },
      );

      test.each(HOSTILE_USER_IDS)('takes %j for a name and nothing else', async (userId) => {
        expect(await directory.find(userId, signal())).toEqual({ kind: 'not-found' });
      });
    });

    describe('reads an account', () => {
      test.each<[string, Partial<AccountState>]>([
        ['bert', { isLocked: true }],
        ['cleo', { mustChange: true }],
        ['dora', { isDisabled: true }],
        ['emil', { accountExpiresAtMs: expect.any(Number) }],
        ['fred', { isProtected: true }],
        ['gina', { cannotChangePassword: true }],
        ['hugo', { isSmartcardRequired: true }],
        ['iris', {}],
      ])('%s, who differs from others in %j alone, or is not in it', async (samAccountName, different) => {
        if (!manners.people.includes(samAccountName)) {
          expect(await directory.find(samAccountName, signal())).toEqual({ kind: 'not-found' });
          return;
        }
        const { state } = await accountOf(samAccountName);

        expect(state).toEqual({
          isDisabled: false,
          isLocked: false,
          mustChange: false,
          isPasswordExpired: state.mustChange,
          accountExpiresAtMs: undefined,
          cannotChangePassword: false,
          isSmartcardRequired: false,
          isProtected: false,
          isServiceOrTrust: false,
          isSystemObject: false,
          passwordLastSet: expect.any(BigInt),
          passwordLastSetMs: state.passwordLastSetMs,
          ...different,
        });
      });

      test('again by its anchor', async () => {
        const found = await accountOf('ada');

        expect(await directory.read(found.anchor, signal())).toEqual(found);
      });

      test.each(['00000000-0000-4000-8000-000000000000', 'anchor-of-another-kind'])(
        'and says when nobody has the anchor %s',
        async (anchor) => {
          expect(await directory.read(parseAccountAnchor(anchor), signal())).toBeUndefined();
          expect(await directory.prepare(parseAccountAnchor(anchor), signal())).toBeUndefined();
        },
      );

      test("with the directory's password rules", async () => {
        expect(await directory.readPolicy(await accountOf('ada'), signal())).toEqual(manners.policy);
      });

      test('every person exactly once, over several pages', async () => {
        const pages: string[][] = [];
        let leftOut = 0;
        for await (const page of directory.readAll(signal())) {
          pages.push(page.accounts.map((account) => account.samAccountName));
          leftOut += page.leftOut;
        }

        const names = pages.flat();
        expect(pages.length).toBeGreaterThan(1);
        expect(names).toEqual([...new Set(names)]);
        expect(names).toEqual(expect.arrayContaining([...manners.people]));
        expect(leftOut).toBe(0);
      });

      test('and goes on after a full read that nobody waited for', async () => {
        for await (const _ of directory.readAll(signal())) break;

        expect(await accountOf('ada')).toBeDefined();
      });

      test('not for whoever has stopped waiting', async () => {
        const stopped = AbortSignal.abort(new Error('stopped'));

        await expect(directory.find('ada', stopped)).rejects.toThrow('stopped');
      });
    });

    describeSignIns(manners.signIns, () => directory);

    describe('resets a password', () => {
      test('so that the person gets in with it', async () => {
        expect(await apply('kim1', reset('Lantern-Quay-58'))).toEqual({ kind: 'applied' });

        expect(await under.signsIn('kim1', 'Lantern-Quay-58')).toBe(true);
        expect(await under.signsIn('kim1', 'Lantern-Quay-59')).toBe(false);
      });

      test.each(['Grün-Brücke-58', '密碼Abc123-x', '😀Abc123!-x', 'qu"ote1A-x', 'Blank at the end 1 ', '\\2a(A1)*-x'])(
        'exact to the byte: %s',
        async (password) => {
          expect(await apply('joerg', reset(password))).toEqual({ kind: 'applied' });

          expect(await under.signsIn('joerg', password)).toBe(true);
        },
      );

      test('but not to one the rules refuse, and says what the directory said', async () => {
        expect(await apply('kim2', reset('Sh0rt-x'))).toEqual({
          kind: 'refused-by-policy',
          rules: ['too-short'],
          evidence: manners.tooShort,
        });

        expect(await under.signsIn('kim2', SAMPLE_PASSWORD)).toBe(true);
      });

      test('and leaves a lock alone unless told to clear it, where that can be', async () => {
        await apply('bert', reset('Lantern-Quay-60'));
        await expectState('bert', { isLocked: manners.resets === 'unlock-when-told' });

        await apply('bert', { ...reset('Lantern-Quay-61'), unlock: true });
        await expectState('bert', { isLocked: false });
        expect(await under.signsIn('bert', 'Lantern-Quay-61')).toBe(true);
      });

      test('that must be changed next, and one that need not', async () => {
        expect(await apply('cleo', reset('Lantern-Quay-62'))).toEqual({ kind: 'applied' });
        await expectState('cleo', { mustChange: false });
        expect(await under.signsIn('cleo', 'Lantern-Quay-62')).toBe(true);

        await apply('cleo', { ...reset('Lantern-Quay-63'), mustChange: true });
        await expectState('cleo', { mustChange: true });
      });

      test('never of an account out of reach, for want of rights', async () => {
        const { samAccountName, evidence } = manners.outOfReach;
        expect(await apply(samAccountName, reset('Lantern-Quay-64'))).toEqual({
          kind: 'not-permitted',
          evidence,
        });

        expect(await under.signsIn(samAccountName, SAMPLE_PASSWORD)).toBe(true);
      });

      test('not for whoever has stopped waiting', async () => {
        await using intent = await directory.prepare((await accountOf('kim2')).anchor, signal());

        expect(await intent?.apply(reset('Lantern-Quay-65'), AbortSignal.abort())).toEqual({ kind: 'not-sent' });
        expect(await under.signsIn('kim2', SAMPLE_PASSWORD)).toBe(true);
      });

      test('of an account that went away in between', async () => {
        const { anchor } = await accountOf('lena');
        await using intent = await directory.prepare(anchor, signal());
        await under.remove('lena');

        expect(await intent?.apply(reset('Lantern-Quay-66'), signal())).toMatchObject({
          ...manners.gone,
        });
        expect(await directory.read(anchor, signal())).toBeUndefined();
        expect(await directory.prepare(anchor, signal())).toBeUndefined();
      });
    });

    describe('changes a password by the current one', () => {
      test('so that the person gets in with the new one', async () => {
        await apply('kim2', reset('Lantern-Quay-80'));

        expect(await apply('kim2', change('Lantern-Quay-80', 'Lantern-Quay-81'))).toEqual({ kind: 'applied' });
        expect(await under.signsIn('kim2', 'Lantern-Quay-81')).toBe(true);
      });

      test('also of a person who must change it', async () => {
        await apply('cleo', { ...reset('Lantern-Quay-82'), mustChange: true });
        await expectState('cleo', { mustChange: true });

        expect(await apply('cleo', change('Lantern-Quay-82', 'Lantern-Quay-83'))).toEqual({ kind: 'applied' });
        await expectState('cleo', { mustChange: false, isPasswordExpired: false });
        expect(await under.signsIn('cleo', 'Lantern-Quay-83')).toBe(true);
      });

      test('but not to an earlier one', async () => {
        await apply('kim2', reset('Lantern-Quay-85'));

        expect(await apply('kim2', change('Lantern-Quay-85', 'Lantern-Quay-85'))).toMatchObject({
          kind: 'refused-by-policy',
          rules: ['in-history'],
        });
      });

      test('but not with a wrong one, which counts as a failed attempt', async () => {
        await apply('kim2', reset('Lantern-Quay-86'));
        await expectState('kim2', { isLocked: false });
        const lockoutOf = async () => {
          await using intent = await directory.prepare((await accountOf('kim2')).anchor, signal());
          return await intent?.readLockout(signal());
        };
        const before = await lockoutOf();

        expect(await apply('kim2', change('Lantern-Quay-00', 'Lantern-Quay-87'))).toMatchObject({
          kind: 'wrong-password',
        });

        expect(before).toMatchObject({ threshold: 5, windowMs: 15 * 60_000 });
        expect(await lockoutOf()).toMatchObject({
          failures: (before?.failures ?? 0) + 1,
          lastFailureAtMs: expect.any(Number),
        });
        expect(await under.signsIn('kim2', 'Lantern-Quay-86')).toBe(true);
      });

      test('but not while it is locked', async () => {
        expect(await apply('ulla', change(SAMPLE_PASSWORD, 'Lantern-Quay-88'))).toMatchObject({
          kind: 'account-locked',
        });
      });
    });

    test('unlocks without touching the password', async () => {
      const before = await accountOf('ulla');
      expect(before.state.isLocked).toBe(true);

      expect(await apply('ulla', { kind: 'unlock' })).toEqual({ kind: 'applied' });

      const after = await accountOf('ulla');
      expect(after.state).toEqual({ ...before.state, isLocked: false });
      expect(after.revision).not.toBe(before.revision);
      expect(await under.signsIn('ulla', SAMPLE_PASSWORD)).toBe(true);
    });

    describe('resets a password after a compromise', () => {
      const afterCompromise = (password: string) => ({
        ...reset(password),
        kind: 'reset-after-compromise' as const,
        throwAway: new TextEncoder().encode(`Aa1-${crypto.randomUUID()}`),
      });

      test('so that the one before it does not get in any more', async () => {
        await apply('kim1', reset('Lantern-Quay-90'));

        expect(await apply('kim1', afterCompromise('Lantern-Quay-91'))).toEqual({ kind: 'applied' });
        expect(await under.signsIn('kim1', 'Lantern-Quay-91')).toBe(true);
        expect(await under.signsIn('kim1', 'Lantern-Quay-90')).toBe(false);
      });

      test('and says that the one before it was replaced when the new one is refused', async () => {
        await apply('kim1', reset('Lantern-Quay-92'));
        const isOneWrite = manners.afterCompromise === 'one-write';

        expect(await apply('kim1', afterCompromise('Sh0rt-x'))).toMatchObject({
          kind: isOneWrite ? 'refused-by-policy' : 'refused-after-throw-away',
          rules: ['too-short'],
        });
        // After one write a directory of two goes on taking it, as after any reset; the next one ends that.
        expect(await under.signsIn('kim1', 'Lantern-Quay-92')).toBe(true);
        await apply('kim1', reset('Lantern-Quay-93'));
        expect(await under.signsIn('kim1', 'Lantern-Quay-92')).toBe(false);
      });
    });

    describe('settles what is not known', () => {
      test('by what the same domain controller says of the account', async () => {
        await using intent = await directory.prepare((await accountOf('ada')).anchor, signal());
        if (intent === undefined) throw new Error('ada is gone');
        const { anchor, state } = intent.account;
        const write = {
          anchor,
          domainController: intent.domainController,
          kind: 'reset' as const,
          passwordLastSetBefore: state.passwordLastSet,
          revisionBefore: intent.account.revision,
          mustChange: false,
        };

        expect(await directory.settle(write, signal())).toBe('not-applied');
        expect(await intent.apply(reset('Lantern-Quay-67'), signal())).toEqual({ kind: 'applied' });
        expect(await directory.settle(write, signal())).toBe('applied');
      });

      test.each<[string, Partial<{ anchor: AccountAnchor; domainController: string }>]>([
        ['another domain controller', { domainController: 'dc9.corp.example.com' }],
        ['nobody’s anchor', { anchor: parseAccountAnchor('00000000-0000-4000-8000-000000000000') }],
      ])('and tells nothing of %s', async (_, different) => {
        const { anchor, domainController } = await prepared(directory, (await accountOf('ada')).anchor);
        const write = {
          anchor,
          domainController,
          kind: 'unlock' as const,
          passwordLastSetBefore: 0n,
          revisionBefore: undefined,
          mustChange: false,
          ...different,
        };

        expect(await directory.settle(write, signal())).toBe('cannot-tell');
      });
    });
  });
}

export function change(currentPassword: string, password: string): AccountChange {
  const bytes = (text: string) => new TextEncoder().encode(text);
  return { kind: 'change', currentPassword: bytes(currentPassword), password: bytes(password) };
}

export function reset(password: string): Extract<AccountChange, { kind: 'reset' }> {
  return { kind: 'reset', password: new TextEncoder().encode(password), unlock: false, mustChange: false };
}

async function prepared(directory: DirectoryWriter, anchor: AccountAnchor) {
  await using intent = await directory.prepare(anchor, AbortSignal.timeout(20_000));
  if (intent === undefined) throw new Error(`${anchor} is gone`);
  return { anchor, domainController: intent.domainController };
}
