// Holds what a caller sent to its schema. Refuses with the places that are wrong, never with what stood there:
// what stands in a wrong place may be a password.

import type { z } from 'zod';
import { assertNever } from '../../failure/assert.js';
import { ApiProblem, pointerTo, type WrongPlace } from './api-problems.js';

/** Throws ApiProblem `password-not-sealed` or `not-valid`. */
export function readInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  if (holdsPasswordInClear(input)) throw new ApiProblem('password-not-sealed');
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new ApiProblem('not-valid', { errors: parsed.error.issues.slice(0, ERRORS_MAX).map(wrongPlaceOf) });
}

/** Further wrong places are not named. */
const ERRORS_MAX = 10;

/**
 * What callers who have not read the document call it, without case, hyphens and underscores. Any other unknown field is
 * refused too; these are told what they have done.
 */
const PASSWORD_NAMES: ReadonlySet<string> = new Set([
  ...['password', 'newpassword', 'userpassword', 'unicodepwd', 'passwd', 'pwd', 'passphrase', 'secret'],
  ...['plaintext', 'cleartext', 'plainpassword', 'clearpassword', 'plaintextpassword', 'cleartextpassword'],
]);

function holdsPasswordInClear(input: unknown): boolean {
  if (typeof input !== 'object' || input === null) return false;
  return Object.keys(input).some((name) => PASSWORD_NAMES.has(name.replaceAll(/[-_]/g, '').toLowerCase()));
}

function wrongPlaceOf(issue: z.core.$ZodIssue): WrongPlace {
  // Names of fields come from our schemas alone: an unknown field is told by the place of its object.
  return { pointer: pointerTo(issue.path), rule: ruleOf(issue) };
}

function ruleOf(issue: z.core.$ZodIssue): WrongPlace['rule'] {
  switch (issue.code) {
    case 'unrecognized_keys':
    case 'invalid_key':
      return 'unknown-field';
    case 'invalid_type':
      return 'missing-or-wrong-type';
    case 'too_big':
    case 'too_small':
    case 'not_multiple_of':
      return 'out-of-range';
    case 'invalid_union':
    case 'invalid_value':
      return 'not-one-of';
    case 'invalid_format':
    case 'invalid_element':
    case 'custom':
      return 'malformed';
    default:
      return assertNever(issue);
  }
}
