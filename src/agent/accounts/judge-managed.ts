// Decides which accounts are managed here at all: the mirror holds these, and whoever else asks for another one is told that it is
// not managed here. Rules are data; whoever is left out is left out by one that can be named. Pure.

import type { DirectoryAccount } from '../directory/directory-account.js';
import { isTextWithin } from '../directory/distinguished-name.js';
import type { ToldGroup } from './told-groups.js';

/** One rule holds for whoever is at or below a name, in a group however deep, or has an attribute (with one of some values). */
export type ManagedRule =
  | { readonly kind: 'below'; readonly dn: string }
  | { readonly kind: 'member-of'; readonly group: string }
  /** `values`: compared without regard to case; undefined: any. */
  | { readonly kind: 'has'; readonly attribute: string; readonly values: readonly string[] | undefined };

export interface ManagedRules {
  /** Somebody none of these holds for is left out. None: nobody is. */
  readonly include: readonly ManagedRule[];
  /** Somebody one of these holds for is left out, whatever includes them. */
  readonly exclude: readonly ManagedRule[];
}

export const EVERYBODY_MANAGED: ManagedRules = { include: [], exclude: [] };

/** `because`: completes "managed here, since …" or "not managed here, since …", for people. */
export type ManagedVerdict =
  | { readonly kind: 'managed'; readonly because: string }
  | { readonly kind: 'left-out'; readonly because: string }
  /** Never, whatever the rules say: nobody's account. */
  | { readonly kind: 'never'; readonly because: string };

export function judgeManaged(account: DirectoryAccount, { include, exclude }: ManagedRules): ManagedVerdict {
  const { state, base } = account;
  if (state.isServiceOrTrust) return { kind: 'never', because: 'it is a service or trust account' };
  if (state.isSystemObject) return { kind: 'never', because: 'the directory calls it a critical system object' };
  if (base === undefined)
    return { kind: 'left-out', because: 'it is in none of the bases, or does not match its filter' };
  const excluded = exclude.find((rule) => holds(rule, account));
  if (excluded !== undefined) return { kind: 'left-out', because: `the rules exclude whoever is ${inWords(excluded)}` };
  if (include.length === 0) return { kind: 'managed', because: `it is in ${base}` };
  const included = include.find((rule) => holds(rule, account));
  return included === undefined
    ? { kind: 'left-out', because: 'no rule includes it' }
    : { kind: 'managed', because: `the rules include whoever is ${inWords(included)}` };
}

function holds(rule: ManagedRule, { distinguishedName, groups, attributes }: DirectoryAccount): boolean {
  switch (rule.kind) {
    case 'below':
      return isTextWithin(distinguishedName, rule.dn);
    case 'member-of':
      return groups.includes(rule.group);
    case 'has': {
      const held = attributes[rule.attribute.toLowerCase()] ?? [];
      const { values } = rule;
      if (values === undefined) return held.length > 0;
      return held.some((value) => values.some((wanted) => wanted.toLowerCase() === value.toLowerCase()));
    }
  }
}

function inWords(rule: ManagedRule): string {
  switch (rule.kind) {
    case 'below':
      return `below ${rule.dn}`;
    case 'member-of':
      return `in ${rule.group}`;
    case 'has':
      return rule.values === undefined
        ? `somebody with ${rule.attribute}`
        : `somebody whose ${rule.attribute} is ${rule.values.join(' or ')}`;
  }
}

/** What has to be known of every account to judge it; `told`: which groups the front door is told of besides. */
export function factsNeeded(
  { include, exclude }: ManagedRules,
  told: readonly ToldGroup[],
): {
  readonly attributes: readonly string[];
  readonly groups: readonly string[];
} {
  const rules = [...include, ...exclude];
  return {
    attributes: [...new Set(rules.flatMap((rule) => (rule.kind === 'has' ? [rule.attribute] : [])))],
    groups: [
      ...new Set([
        ...rules.flatMap((rule) => (rule.kind === 'member-of' ? [rule.group] : [])),
        ...told.map(({ group }) => group),
      ]),
    ],
  };
}
