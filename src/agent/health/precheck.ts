// What one check found, and what a check is. Values and ports; the checks themselves stand with the technology they look at.

import type { Operation } from '../../protocol/operations.js';
import type { Clock } from '../../timing/clock.js';
import type { ServiceRecords } from '../directory/discover-servers.js';
import { PRECHECKS, type PrecheckCode } from './precheck-catalogue.js';

/** Worst first. `cannot-tell`: it could not be looked at, which is no good news and no bad news either. */
export const STATUSES = ['fail', 'warn', 'cannot-tell', 'pass'] as const;
export type PrecheckStatus = (typeof STATUSES)[number];

/** What a check found of one thing it looked at. */
export interface Finding {
  readonly code: PrecheckCode;
  readonly status: PrecheckStatus;
  /** The server or entry that was looked at. */
  readonly target: string;
  /** What was seen. May hold text of the directory: shown escaped. */
  readonly detail: string;
  /** Where the check knows better than the catalogue what to do, or how to find out what cannot be told. */
  readonly advice?: string;
}

export interface Precheck extends Omit<Finding, 'advice'> {
  readonly directoryId: string;
  /** What to do, or how to find out; undefined when it passed, or nobody knows. */
  readonly advice: string | undefined;
}

/** One question to a directory. Reads only, and gives back what it holds when the signal aborts. */
export interface Check {
  /** What it looks for: reported as `cannot-tell`, each, when it does not come to an end. */
  readonly codes: readonly PrecheckCode[];
  readonly target: string;
  /** It is not asked unless this one passed or warned before: on the same target, or on any. */
  readonly needs?: { readonly code: PrecheckCode; readonly of: 'same-target' | 'any-target' };
  /** Throws Failure when it cannot be found out. */
  readonly look: (signal: AbortSignal) => Promise<readonly Finding[]>;
}

/** What the checks of a directory are told of its settings. */
export interface CheckContext {
  readonly scope: readonly string[];
  readonly excluded: readonly string[];
  /** Those that are turned on; none while write-back is off. */
  readonly operations: readonly Operation[];
  readonly names: NameService;
  readonly clock: Clock;
}

/** The name servers that are asked for a directory. Throws when no answer came; an empty list is an answer. */
export interface NameService extends ServiceRecords {
  addressesOf(host: string, signal: AbortSignal): Promise<readonly string[]>;
}

/** A directory that can be examined. */
export interface Examinable {
  /** Its checks in the order in which they are asked. May have to ask which kind of directory it is; never throws for that. */
  checks(context: CheckContext, signal: AbortSignal): Promise<readonly Check[]>;
}

/** The finding with its advice, of the directory it was made in. Pure. */
export function precheckOf(directoryId: string, { code, status, advice, ...seen }: Finding): Precheck {
  const usual = status === 'fail' || status === 'warn' ? PRECHECKS[code].advice : undefined;
  return { directoryId, code, status, ...seen, advice: status === 'pass' ? undefined : (advice ?? usual) };
}

/** The worst there is; `pass` for none. Pure. */
export function worstStatus(prechecks: readonly Pick<Precheck, 'status'>[]): PrecheckStatus {
  return STATUSES.find((status) => prechecks.some((precheck) => precheck.status === status)) ?? 'pass';
}
