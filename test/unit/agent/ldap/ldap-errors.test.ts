// What directories say when they refuse, in their own words, and what is told of it.

import { ConstraintViolationError, NoResultError, UnknownStatusCodeError } from 'ldapts';
import { describe, expect, test } from 'vitest';
import { DirectoryMisconfigured, DirectoryUnreachable } from '../../../../src/agent/directory/ports.js';
import { BindRefused, bindFailure, connectionFailure } from '../../../../src/agent/ldap/connection-failures.js';
import { LdapRefusal, refusalFrom } from '../../../../src/agent/ldap/ldap-errors.js';
import { describeFailure } from '../../../../src/failure/failure.js';

describe('parses what a directory says when it refuses', () => {
  test.each([
    ['80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data 52e, v1db1', '80090308', '52e'],
    ['80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data 773, v1db1', '80090308', '773'],
    ['8009030C: LdapErr: DSID-0C0904DC, comment: AcceptSecurityContext error, data 52e, v2580', '8009030C', '52e'],
    [
      '0000052D: AtrErr: DSID-03191083, #1:\n\t0: 0000052D: DSID-03191083, problem 1005 (CONSTRAINT_ATT_TYPE), data 0, Att 9005a (unicodePwd)\n\0',
      '0000052D',
      '0',
    ],
    ['0000001F: SvcErr: DSID-031A126A, problem 5003 (WILL_NOT_PERFORM), data 0', '0000001F', '0'],
    ['0000052d: Constraint violation - check_password_restrictions: the password is too short.', '0000052D', undefined],
    ['error in module acl: insufficient access rights', undefined, undefined],
    ['0000052: short', undefined, undefined],
    ['x0000052D: late', undefined, undefined],
    ['', undefined, undefined],
  ])('%j', (text, win32, data) => {
    const refusal = refusalFrom(new ConstraintViolationError(text));

    expect(refusal).toMatchObject({ resultCode: 19, win32, data });
    expect(refusal?.diagnostic).not.toMatch(/\p{Cc}/u);
    expect(refusal?.diagnostic).not.toContain('Code: 0x');
  });

  test('takes codes that ldapts does not know', () => {
    expect(refusalFrom(new UnknownStatusCodeError(10, ''))).toMatchObject({ resultCode: 10 });
  });

  test.each([new NoResultError(), new Error('Connection closed'), 'text', undefined])(
    'finds no answer in %s',
    (error) => {
      expect(refusalFrom(error)).toBeUndefined();
    },
  );
});

describe('tells why the directory does not take us', () => {
  const bind = (resultCode: number, text: string) =>
    bindFailure({ url: 'ldaps://dc1:636', bindName: 'svc@example.com', refusal: new LdapRefusal(resultCode, text) });

  test.each([
    ['52e', /password is wrong/],
    ['532', /expired/],
    ['533', /disabled/],
    ['701', /account has expired/],
    ['773', /must change/],
    ['775', /locked/],
    // Seen, and in no table: it must not become "wrong password".
    ['54e', /check the bind name and its password/],
  ])('by sub-code %s', (data, advice) => {
    const failure = bind(
      49,
      `80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data ${data}, v1db1`,
    );

    expect(failure).toBeInstanceOf(BindRefused);
    expect(failure.message).toMatch(advice);
    expect(failure.message).toContain('svc@example.com');
  });

  test('as passing when it is only busy, and as ours to change otherwise', () => {
    expect(bind(51, 'busy')).toBeInstanceOf(DirectoryUnreachable);
    expect(bind(8, '00002028: signing required')).toBeInstanceOf(DirectoryMisconfigured);
    expect(bind(8, '00002028: signing required')).not.toBeInstanceOf(BindRefused);
  });

  test('as unreachable when no code is known, however the text reads', () => {
    const reset = Object.assign(new Error('certificate has expired, said a proxy'), { code: 'ECONNRESET' });

    expect(connectionFailure('ldaps://dc1:636', reset)).toBeInstanceOf(DirectoryUnreachable);
    expect(describeFailure(connectionFailure('ldaps://dc1:636', reset))).toContain('ldaps://dc1:636');
  });
});
