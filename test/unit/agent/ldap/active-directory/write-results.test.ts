// What a domain controller's refusal means, row by row.

import { describe, expect, test } from 'vitest';
import { writeResultOf } from '../../../../../src/agent/ldap/active-directory/write-results.js';
import { LdapRefusal } from '../../../../../src/agent/ldap/ldap-errors.js';

describe('what a refusal means', () => {
  test.each([
    [19, '0000052D: AtrErr: DSID-03191083, #1:\n\t0: 0000052D: DSID-03191083, problem 1005', 'refused-by-policy'],
    [53, '0000052D: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0', 'refused-by-policy'],
    [50, '00000005: SecErr: DSID-03152E13, problem 4003', 'not-permitted'],
    [50, '00002098: SecErr: DSID-03150BB9, problem 4003', 'not-permitted'],
    [50, 'error in module acl: insufficient access rights', 'not-permitted'],
    [32, '00002030: NameErr: DSID-0310028F, problem 2001', 'no-such-account'],
    [51, '', 'answer-lost'],
    [52, '000020EF: SvcErr', 'answer-lost'],
    [53, '0000001F: SvcErr: DSID-031A126A, problem 5003 (WILL_NOT_PERFORM), data 0', 'agent-fault'],
    [53, '00002077: SvcErr: problem 5003', 'agent-fault'],
    [53, '00002035: setting unicodePwd', 'agent-fault'],
    [19, '00000056: AtrErr', 'agent-fault'],
    [19, 'the password is too short', 'agent-fault'],
    [12, '00000057: LdapErr: Error processing control', 'agent-fault'],
    [10, '0000202B: RefErr', 'agent-fault'],
    [80, '00000057', 'agent-fault'],
    [4711, '', 'agent-fault'],
  ])('%i %j: %s', (code, text, kind) => {
    expect(writeResultOf('reset', new LdapRefusal(code, text)).kind).toBe(kind);
  });

  test.each([
    ['the password is too short. It should be equal or longer than 8 characters!', 'too-short'],
    ['the password does not meet the complexity criteria!', 'not-complex'],
    ['the password was already used (in history)!', 'in-history'],
    ['password is too young to change!', 'too-young'],
    ['AtrErr: DSID-03191083', 'some-directory-rule'],
  ])('the rule, where the directory says it: %s', (words, rule) => {
    expect(writeResultOf('reset', new LdapRefusal(19, `0000052D: Constraint violation - ${words}`))).toEqual({
      kind: 'refused-by-policy',
      rules: [rule],
      evidence: { ldapResultCode: 19, win32: '0000052D' },
    });
  });
});

describe('what a refused change means', () => {
  test.each([
    [19, '00000056: AtrErr: DSID-03191083', 'wrong-password'],
    [19, '0000056A: AtrErr: DSID-03191083', 'wrong-password'],
    [19, '00000775: AtrErr: DSID-03191083', 'account-locked'],
    [19, '0000052D: AtrErr: DSID-03191083', 'refused-by-policy'],
    [19, 'error in module acl: Constraint violation during LDB_MODIFY (19)', 'not-permitted'],
    [53, '0000001F: SvcErr', 'agent-fault'],
  ])('%i %j: %s', (code, text, kind) => {
    expect(writeResultOf('change', new LdapRefusal(code, text)).kind).toBe(kind);
  });
});
