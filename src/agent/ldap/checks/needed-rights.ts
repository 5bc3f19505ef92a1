// Which rights the operations that are turned on need, where a right is writing attributes: what OpenLDAP and 389 Directory Server
// have in common. Each has a table of its own. Pure.

import type { Operation } from '../../../protocol/operations.js';

export interface WriteRight {
  readonly code: 'right-reset-password' | 'right-unlock' | 'right-must-change';
  /** All of them have to be written. */
  readonly attributes: readonly string[];
  /** Turned on, they need the right. */
  readonly neededFor: readonly Operation[];
  /** Turned on, they need it for some people only. */
  readonly usefulFor: readonly Operation[];
}

export function rightsFor<Right extends WriteRight>(
  rights: readonly Right[],
  operations: readonly Operation[],
): readonly Right[] {
  return rights.filter(({ neededFor, usefulFor }) =>
    [...neededFor, ...usefulFor].some((operation) => operations.includes(operation)),
  );
}

/** Whether somebody can be served at all without it. */
export function isNeeded({ neededFor }: WriteRight, operations: readonly Operation[]): boolean {
  return neededFor.some((operation) => operations.includes(operation));
}

/** As findings name it. */
export function writing(attributes: readonly string[]): string {
  return `write ${attributes.join(', ')}`;
}

/** Whoever may write one of these makes people somebody else, or more than they are. */
export const IDENTITY_ATTRIBUTES: readonly string[] = [
  'objectClass',
  'uid',
  'cn',
  // Where codes are sent.
  'mail',
  'manager',
  'memberOf',
  'userCertificate',
  'uidNumber',
  'gidNumber',
  'homeDirectory',
  'loginShell',
];
