// Follows changes by the time that the server writes on each entry: entryCSN of OpenLDAP, modifyTimestamp elsewhere. Only the
// servers' own times are compared, and only the lapse of time is measured here: no two clocks have to agree.
// A change may come late from another server, with a time that has passed; so everything of the last minutes is looked at again.

import { GreaterThanEqualsFilter } from 'ldapts';
import { z } from 'zod';
import type { Clock } from '../../timing/clock.js';
import { ChangesLost } from '../directory/ports.js';
import {
  type AnchorAttribute,
  type ChangedEntry,
  type ChangeTrail,
  readCursor,
  searchChanged,
} from './change-trail.js';
import { formatGeneralizedTime, generalizedTimeMs } from './generalized-time.js';
import type { LdapEntry } from './ldap-entry.js';

/** How late a change may come from another server. */
export const REPLICATION_LAG_MS = 5 * 60_000;
/** A time so far ahead of our own clock is a mistake of somebody's, and nothing to follow from. */
const AHEAD_MAX_MS = 10 * 60_000;
/** Times are kept to the second by some servers. */
const GRAIN_MS = 1000;

export interface TimedTrailOptions<Server> {
  /** Carries the time, as generalized time with or without something behind it. */
  readonly attribute: string;
  /** What stands behind the time in a filter's value. Default: nothing. */
  readonly suffix?: string;
  readonly digits: 'seconds' | 'microseconds';
  readonly anchor: AnchorAttribute;
  root(server: Server): string;
  /** Searched instead where the root may not be seen. */
  readonly orElse?: string;
  readonly clock: Clock;
}

/** Further ones are told again as long as they are looked at. */
const CONTAINERS_KEPT_MAX = 1000;

const cursorSchema = z.strictObject({
  timed: z.string(),
  root: z.string(),
  /** All that was written before is known (ms since 1970 UTC, by the servers' clocks). */
  fromMs: z.int(),
  /** Which server was followed: another one may not have had what this one had. */
  server: z.string(),
  /** The latest that was seen (the same clocks). */
  latestMs: z.int(),
  /** Since when it is the latest (ms since 1970 UTC, by ours): after a while nothing older comes late any more. */
  sinceMs: z.int(),
  /** Containers that were told, each with its time: with the same one they are not told again. */
  containers: z.array(z.tuple([z.string(), z.string()])).max(CONTAINERS_KEPT_MAX),
});

type Cursor = z.infer<typeof cursorSchema>;

export function timedTrail<Server extends { readonly name: string }>(
  options: TimedTrailOptions<Server>,
): ChangeTrail<Server> {
  const { attribute, suffix = '', digits, anchor, root, orElse, clock } = options;
  const timeIn = (text: string) => generalizedTimeMs(text.split('#', 1)[0]);

  const isSettled = ({ sinceMs }: Cursor) => clock.nowMs() - sinceMs > 2 * REPLICATION_LAG_MS;

  /** The latest time seen in a read that began now. */
  function watch(server: Server, earlier: Cursor | undefined) {
    const startedMs = clock.monotonicMs();
    const wasSettled = earlier !== undefined && isSettled(earlier);
    /** No mistake of somebody's is written like a time before this one. */
    const plausible = formatGeneralizedTime(clock.nowMs() + AHEAD_MAX_MS, digits);
    let latestText = '';
    /** Of a text that was read. */
    let readMs: number | undefined;
    /** Undefined: no time, or somebody's mistake. */
    const timeOf = (text: string) => {
      const timeMs = timeIn(text);
      return timeMs !== undefined && timeMs <= clock.nowMs() + AHEAD_MAX_MS ? timeMs : undefined;
    };
    /** What was not read may be no time, or a day that its month has not, which lies ahead. */
    const latest = () => timeOf(latestText) ?? readMs;
    const containers: Cursor['containers'] = [];
    return {
      /** Whether it has to be told: everybody in it was looked at when it was, and who came since has a time of their own. */
      isNews: (entry: LdapEntry, changed: ChangedEntry) => {
        if (!changed.isContainer) return true;
        const time = entry.text(attribute) ?? '';
        if (containers.length < CONTAINERS_KEPT_MAX) containers.push([changed.anchor, time]);
        return !(earlier?.containers ?? []).some(([anchor, before]) => anchor === changed.anchor && before === time);
      },
      note: (entry: LdapEntry) => {
        const text = entry.text(attribute);
        if (text === undefined) return;
        // Times of one form are in the order of their texts: of a million hardly any has to be read.
        const isOfOneForm = text.length === latestText.length;
        if (isOfOneForm && text <= latestText) return;
        if (!isOfOneForm || text >= plausible) {
          const timeMs = timeOf(text);
          if (timeMs === undefined || timeMs < (latest() ?? Number.NEGATIVE_INFINITY)) return;
          readMs = timeMs;
        }
        latestText = text;
      },
      end: () => {
        const latestMs = latest();
        // What was seen last has to be found again, unless it was deleted: it is not there after a restore.
        if (earlier !== undefined && (latestMs ?? 0) < earlier.latestMs)
          throw new ChangesLost('what was followed to is not there any more: it was deleted, or the server restored');
        if (latestMs === undefined) return undefined;
        if (earlier !== undefined && latestMs === earlier.latestMs) {
          // Everything before the latest had come when this read began, and was seen by it.
          return JSON.stringify({ ...earlier, ...(wasSettled ? { fromMs: latestMs } : {}), containers });
        }
        // What was seen last was written before the read ended: what was written before it began is older than this.
        const lastedMs = Math.ceil(clock.monotonicMs() - startedMs) + GRAIN_MS;
        const fromMs = Math.max(latestMs - lastedMs, earlier?.fromMs ?? 0);
        const cursor: Cursor = {
          timed: attribute,
          root: root(server),
          server: server.name,
          fromMs,
          latestMs,
          sinceMs: clock.nowMs(),
          containers,
        };
        return JSON.stringify(cursor);
      },
    };
  }

  return {
    attributes: [attribute],
    // Nothing is left of a deleted entry that had a time.
    areGoneTold: () => false,

    begin: async ({ server }) => watch(server, undefined),

    async *follow(held, since, signal): AsyncGenerator<readonly ChangedEntry[], string | undefined> {
      const followed = readCursor(since, cursorSchema);
      if (followed.timed !== attribute || followed.root !== root(held.server))
        throw new ChangesLost('another part of the directory was followed so far');
      if (followed.server !== held.server.name)
        throw new ChangesLost('another server answers than the one that was followed');
      const fromMs = isSettled(followed) ? followed.fromMs : followed.fromMs - REPLICATION_LAG_MS;
      const seen = watch(held.server, followed);
      const changed = new GreaterThanEqualsFilter({ attribute, value: formatGeneralizedTime(fromMs, digits) + suffix });
      const search = { base: followed.root, orElse, changed, anchor, attributes: [attribute] };
      for await (const page of searchChanged(held, search, signal)) {
        for (const { entry } of page) seen.note(entry);
        yield page.filter(({ entry, changed: told }) => seen.isNews(entry, told)).map((found) => found.changed);
      }
      return seen.end();
    },
  };
}
