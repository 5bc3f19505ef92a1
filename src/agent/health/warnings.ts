// The current health problems of an agent: which there are, and which came or went. A declared catalogue, because every
// warning is a check that did not pass (precheck-catalogue.ts). Pure apart from what it remembers; tells each change once.

import type { Precheck } from './precheck.js';
import { PRECHECKS, type PrecheckCode } from './precheck-catalogue.js';

/** `degraded`: it works, and something is at risk. `broken`: some people cannot be served. */
export type WarningSeverity = 'degraded' | 'broken';

export interface Warning {
  readonly code: PrecheckCode;
  readonly title: string;
  readonly severity: WarningSeverity;
  readonly directoryId: string;
  readonly target: string;
  readonly detail: string;
  readonly advice: string;
}

export interface WarningChanges {
  readonly raised: readonly Warning[];
  readonly cleared: readonly Warning[];
}

/** What a precheck warns of; undefined when it passed, or could not be looked at, which warns of nothing. Pure. */
export function warningOf({ code, status, directoryId, target, detail, advice }: Precheck): Warning | undefined {
  if (status === 'pass' || status === 'cannot-tell') return undefined;
  const { title, advice: usual } = PRECHECKS[code];
  const severity = status === 'fail' ? 'broken' : 'degraded';
  return { code, title, severity, directoryId, target, detail, advice: advice ?? usual };
}

export class WarningSet {
  #current: ReadonlyMap<string, Warning> = new Map();

  /** Those there are now, in the order in which they were found. */
  get current(): readonly Warning[] {
    return [...this.#current.values()];
  }

  /**
   * Takes in everything that a run found. A warning is raised when it is new, and anew when it got better or worse or something
   * else is to be done; cleared when its check passed, or what it was about is no longer looked at. What could not be looked at
   * leaves its warnings as they are.
   */
  update(prechecks: readonly Precheck[]): WarningChanges {
    const before = this.#current;
    const found = new Map<string, Warning>();
    const untold = prechecks.filter(({ status }) => status === 'cannot-tell');
    for (const precheck of prechecks) {
      const warning = warningOf(precheck);
      if (warning !== undefined) found.set(keyOf(warning), warning);
    }
    const kept = [...before].filter(([key, warning]) => !found.has(key) && isAmong(warning, untold));
    this.#current = new Map([...kept, ...found]);
    return {
      raised: [...found].flatMap(([key, warning]) => (isSame(before.get(key), warning) ? [] : [warning])),
      cleared: [...before].flatMap(([key, warning]) => (this.#current.has(key) ? [] : [warning])),
    };
  }
}

function keyOf({ code, directoryId, target }: Warning): string {
  return JSON.stringify([directoryId, code, target]);
}

/** A check that ended early names its own target, not those of its findings: the code and the directory have to do. */
function isAmong({ code, directoryId }: Warning, untold: readonly Precheck[]): boolean {
  return untold.some((precheck) => precheck.code === code && precheck.directoryId === directoryId);
}

/** The detail may change with every run, as in how many days are left; that alone is no news. */
function isSame(before: Warning | undefined, now: Warning): boolean {
  return before?.severity === now.severity && before.advice === now.advice;
}
