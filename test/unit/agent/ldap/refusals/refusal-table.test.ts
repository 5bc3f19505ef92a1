// What every refusal means: each row of the table by an answer as a directory gives it, and what must stay unknown.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DIRECTORY_KINDS, type DirectoryKind } from '../../../../../src/agent/directory/directory-kind.js';
import { LdapRefusal } from '../../../../../src/agent/ldap/ldap-errors.js';
import { REFUSED_STEPS, type RefusedStep } from '../../../../../src/agent/ldap/refusals/refusal-row.js';
import { REFUSALS } from '../../../../../src/agent/ldap/refusals/refusal-table.js';
import {
  type RefusedWrite,
  resultOfRefusal,
  resultOfRefusedSignIn,
  rowOf,
} from '../../../../../src/agent/ldap/refusals/result-of-refusal.js';

interface Answer {
  readonly on: DirectoryKind;
  readonly step: RefusedStep;
  readonly code: number;
  readonly said?: string;
  readonly policyError?: number;
  readonly hints?: true;
}

const writeOf = ({ on, step, code, said = '', policyError, hints }: Answer): RefusedWrite => ({
  directory: on,
  step,
  control: on !== 'active-directory' ? 'password-policy' : hints ? 'policy-hints' : undefined,
  refused: { kind: 'refused', refusal: new LdapRefusal(code, said), passwordPolicyError: policyError },
});

const ad = (step: RefusedStep, code: number, said = ''): Answer => ({ on: 'active-directory', step, code, said });
const openldap = (step: RefusedStep, code: number, policyError?: number, said = ''): Answer => ({
  on: 'openldap',
  step,
  code,
  said,
  ...(policyError === undefined ? {} : { policyError }),
});
const dirsrv = (step: RefusedStep, code: number, policyError?: number, said = ''): Answer => ({
  ...openldap(step, code, policyError, said),
  on: '389-ds',
});

const bound = (data: string) =>
  ad('sign-in', 49, `80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data ${data}, v4563`);
const contact = (reason: string) => ({ kind: 'contact-administrator', reason });

const SYNTAX = 'invalid password syntax - ';
const constraint = (words: string) => ad('reset', 19, `0000052D: Constraint violation - ${words}`);
const rule = (name: string) => ({ kind: 'refused-by-policy', rules: [name] });

/** By row: answers that it decides, and what they mean. */
const ANSWERS: Readonly<Record<string, readonly [unknown, ...Answer[]]>> = {
  'ad-constraint-too-short': [
    rule('too-short'),
    constraint('the password is too short. It should be equal or longer than 8 characters!'),
  ],
  'ad-constraint-not-complex': [rule('not-complex'), constraint('the password does not meet the complexity criteria!')],
  'ad-constraint-in-history': [
    rule('in-history'),
    constraint('the password was already used (in history)!'),
    constraint('the password was already used (previous password)!'),
  ],
  'ad-constraint-too-young': [rule('too-young'), constraint('password is too young to change!')],
  'ad-constraint-some-directory-rule': [
    rule('some-directory-rule'),
    ad('change', 19, '0000052D: AtrErr: DSID-03191083, #1:\n\t0: 0000052D: DSID-03191083, problem 1005'),
    { ...ad('reset', 19, '0000052D: AtrErr: DSID-03191083'), hints: true },
  ],
  'ad-unwilling-some-rule': [
    rule('some-directory-rule'),
    ad('reset', 53, '0000052D: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0'),
  ],
  'ad-wrong-password': [{ kind: 'wrong-password' }, ad('change', 19, '00000056: AtrErr: DSID-03191083')],
  'ad-wrong-password-status': [{ kind: 'wrong-password' }, ad('change', 19, '0000056A: AtrErr: DSID-03191083')],
  'ad-locked': [{ kind: 'account-locked' }, ad('change', 19, '00000775: AtrErr: DSID-03191083')],
  'ad-protected-by-adminsdholder': [
    { kind: 'not-permitted' },
    ad('change', 19, 'error in module acl: Constraint violation during LDB_MODIFY (19)'),
  ],
  'ad-hints-refused': [
    { kind: 'agent-fault', reason: 'control-refused', evidence: { ldapResultCode: 12, control: 'policy-hints' } },
    { ...ad('reset', 12), hints: true },
  ],
  'ad-sign-in-no-such-account': [{ kind: 'no-such-account' }, bound('525')],
  'ad-sign-in-wrong-password': [
    { kind: 'wrong-password', evidence: { ldapResultCode: 49, win32: '0000052E' } },
    bound('52e'),
    bound('52E'),
  ],
  'ad-sign-in-restricted': [contact('sign-in-restricted'), bound('52f')],
  'ad-sign-in-hours': [contact('sign-in-restricted'), bound('530')],
  'ad-sign-in-workstation': [contact('sign-in-restricted'), bound('531')],
  'ad-sign-in-password-expired': [{ kind: 'right', next: 'password-expired' }, bound('532')],
  'ad-sign-in-disabled': [contact('disabled'), bound('533')],
  'ad-sign-in-account-expired': [contact('account-expired'), bound('701')],
  'ad-sign-in-must-change': [{ kind: 'right', next: 'must-change' }, bound('773')],
  'ad-sign-in-locked': [{ kind: 'account-locked' }, bound('775')],
  'openldap-quality': [
    rule('some-directory-rule'),
    openldap('reset', 19, 5, 'Password fails quality checking policy'),
    openldap('change', 19, 5),
  ],
  'openldap-locked': [{ kind: 'account-locked' }, openldap('sign-in', 49, 1)],
  'openldap-wrong-password-late': [
    { kind: 'wrong-password' },
    openldap('change', 53, undefined, 'unwilling to verify old password'),
  ],
  'openldap-consumer': [
    { kind: 'agent-fault', reason: 'takes-no-writes' },
    openldap('reset', 53, undefined, 'shadow context; no update referral'),
  ],
  '389-quality-too-short': [
    rule('too-short'),
    dirsrv('reset', 19, 5, `${SYNTAX}password must be at least 8 characters long`),
  ],
  '389-quality-not-complex': [
    rule('not-complex'),
    dirsrv('reset', 19, 5, `${SYNTAX}password must contain at least 3 character categories (valid …)`),
  ],
  '389-quality-contains-name': [
    rule('contains-name'),
    dirsrv('change', 19, 5, `${SYNTAX}password based off of user entry`),
  ],
  '389-quality-some-directory-rule': [
    rule('some-directory-rule'),
    dirsrv('reset', 19, 5, 'Failed to update password'),
    dirsrv('reset', 19, 5),
  ],
  '389-current-password-again': [rule('in-history'), dirsrv('change', 19, undefined, 'password in history')],
  '389-locked': [{ kind: 'account-locked' }, dirsrv('sign-in', 19, 1, 'Exceed password retry limit.')],
  '389-inactivated': [contact('disabled'), dirsrv('sign-in', 53, 1, 'Account inactivated.')],
  '389-wrong-password-late': [{ kind: 'wrong-password' }, dirsrv('change', 16)],
  '389-wrong-password-rfc3062': [
    { kind: 'wrong-password' },
    dirsrv('change', 49, undefined, 'Invalid oldPasswd value.'),
  ],
  'policy-too-young': [rule('too-young'), openldap('reset', 19, 7), dirsrv('reset', 19, 7)],
  'policy-in-history': [rule('in-history'), openldap('change', 19, 8), dirsrv('change', 19, 8)],
  'policy-too-short': [rule('too-short'), openldap('reset', 19, 6), dirsrv('reset', 19, 6)],
  'policy-password-expired': [
    { kind: 'right', next: 'password-expired' },
    openldap('sign-in', 49, 0),
    dirsrv('sign-in', 49, 0),
  ],
  'policy-wrong-password': [{ kind: 'wrong-password' }, openldap('sign-in', 49), dirsrv('sign-in', 49)],
  'no-right': [
    { kind: 'not-permitted' },
    ad('reset', 50, '00000005: SecErr: DSID-03152E13, problem 4003'),
    ad('reset', 50, '00002098: SecErr: DSID-03150BB9, problem 4003'),
    ad('unlock', 50, 'error in module acl: insufficient access rights'),
    openldap('reset', 50, 3),
    dirsrv('unlock', 50),
  ],
  gone: [
    { kind: 'no-such-account' },
    ad('reset', 32, '00002030: NameErr: DSID-0310028F, problem 2001'),
    openldap('reset', 32),
    dirsrv('must-change', 32),
  ],
  'referred-elsewhere': [
    { kind: 'agent-fault', reason: 'takes-no-writes' },
    ad('reset', 10, '0000202B: RefErr'),
    openldap('reset', 10),
    dirsrv('unlock', 10),
  ],
  busy: [{ kind: 'answer-lost' }, ad('reset', 51), openldap('unlock', 51), dirsrv('reset', 51), ad('sign-in', 51)],
  unavailable: [
    { kind: 'answer-lost' },
    ad('reset', 52, '000020EF: SvcErr'),
    openldap('reset', 52),
    dirsrv('sign-in', 52),
  ],
};

describe('the table', () => {
  test('has an answer here for every row, and a name of its own for each', () => {
    const ids = REFUSALS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys(ANSWERS).sort()).toEqual(ids.toSorted());
  });

  test.each(
    Object.entries(ANSWERS).flatMap(([id, [meaning, ...answers]]) =>
      answers.map((answer): [string, Answer, unknown] => [id, answer, meaning]),
    ),
  )('%s decides %j', (id, answer, meaning) => {
    const write = writeOf(answer);

    expect(rowOf(write)?.id).toBe(id);
    const result = answer.step === 'sign-in' ? resultOfRefusedSignIn(write) : resultOfRefusal(write);
    const lost = answer.step === 'sign-in' && id.match(/^(busy|unavailable)$/) ? { kind: 'no-answer' } : meaning;
    expect(result).toMatchObject(lost ?? {});
  });

  test('says of a refused sign-in that the password is right, and of nothing else', () => {
    const nexts = REFUSALS.filter(({ meaning }) => typeof meaning === 'object' && 'next' in meaning);
    expect(nexts.map(({ of }) => of)).toEqual(nexts.map(() => ['sign-in']));
    const signIns = REFUSALS.filter(({ of }) => of.includes('sign-in')).map(({ meaning }) => meaning);
    const writesAlone = signIns.filter(
      (meaning) =>
        meaning === 'not-permitted' || (typeof meaning === 'object' && ('rule' in meaning || 'fault' in meaning)),
    );
    expect(writesAlone).toEqual([]);
  });
});

describe('what is in no row', () => {
  test.each<[Answer]>([
    [ad('reset', 53, '0000001F: SvcErr: DSID-031A126A, problem 5003 (WILL_NOT_PERFORM), data 0')],
    [ad('change', 53, '0000001F: SvcErr')],
    [ad('reset', 53, '00002077: SvcErr: problem 5003')],
    [ad('reset', 53, '00002035: setting unicodePwd')],
    [ad('reset', 19, '00000056: AtrErr')],
    [ad('reset', 19, 'the password is too short')],
    // A control that was not sent cannot be what was refused.
    [ad('reset', 12, '00000057: LdapErr: Error processing control')],
    [ad('unlock', 19, '0000052D: AtrErr')],
    [ad('reset', 80, '00000057')],
    [ad('reset', 4711)],
    [openldap('sign-in', 49, 3)],
    [openldap('reset', 19)],
    [openldap('reset', 53)],
    [openldap('reset', 49)],
    [openldap('reset', 53, undefined, 'unwilling to verify old password')],
    [dirsrv('reset', 16)],
    [dirsrv('reset', 19)],
    // What nobody is told at a sign-in must not be taken for what it means elsewhere.
    [bound('54e')],
    [bound('52')],
    [ad('sign-in', 49, '80090308: LdapErr')],
    [ad('change', 49, '80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data 52e, v4563')],
    [openldap('sign-in', 49, 2)],
    [openldap('sign-in', 50)],
    [dirsrv('sign-in', 32)],
  ])('stays unknown, with its codes: %j', (answer) => {
    const write = writeOf(answer);

    expect(rowOf(write)).toBeUndefined();
    expect(resultOfRefusal(write)).toMatchObject({ kind: 'agent-fault', evidence: { ldapResultCode: answer.code } });
    expect(resultOfRefusal(write)).not.toHaveProperty('reason');
  });

  test('is never told as a wrong password, whatever a directory says', () => {
    const answers = fc.record({
      on: fc.constantFrom(...DIRECTORY_KINDS),
      step: fc.constantFrom(...REFUSED_STEPS),
      code: fc.oneof(fc.integer({ min: 1, max: 123 }), fc.integer({ min: 0, max: 2 ** 31 - 1 })),
      said: fc.oneof(fc.string(), fc.constantFrom('0000052D: x', '00000056: x', 'unwilling to verify old password')),
    });
    fc.assert(
      fc.property(answers, (answer) => {
        const write = writeOf(answer);
        const result = resultOfRefusal(write);
        if (rowOf(write) === undefined) expect(result.kind).toBe('agent-fault');
        if (result.kind === 'wrong-password') expect(['change', 'sign-in']).toContain(answer.step);
      }),
    );
  });
});
