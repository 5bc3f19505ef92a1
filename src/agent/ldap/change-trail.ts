// How changes are followed in a directory, as the port each dialect fulfils in its way; and the search that most ways come down to:
// whatever carries a later mark than the last one that was seen. Knows no accounts: what an entry is now is read anew by its anchor.

import { AndFilter, type Filter, PresenceFilter } from 'ldapts';
import { z } from 'zod';
import type { AccountAnchor } from '../../protocol/identifiers.js';
import { type ChangeCursor, ChangesLost, DirectoryMisconfigured } from '../directory/ports.js';
import type { LdapConnection, SearchRequest } from './connection.js';
import { refusedTo } from './connection-failures.js';
import type { LdapEntry } from './ldap-entry.js';
import { isHidden } from './read-entry.js';

/** Something that changed: an account, a container, anything. */
export interface ChangedEntry {
  readonly anchor: AccountAnchor;
  readonly distinguishedName: string;
  /** May hold accounts: when it is moved or renamed, they are too, and nothing on them tells. */
  readonly isContainer: boolean;
}

/** A lent connection and the server at its other end, as far as they are needed here. */
export interface Followed<Server> {
  readonly connection: Pick<LdapConnection, 'search' | 'searchPage' | 'searchChanges'>;
  readonly server: Server;
}

export interface ChangeTrail<Server> {
  /** What every entry of a whole read is asked for besides, so that `note` can look at it. */
  readonly attributes: readonly string[];
  /** Whether whoever is gone since then is told. */
  areGoneTold(since: ChangeCursor): boolean;
  /** Asked before the first page of a whole read, on its connection. */
  begin(held: Followed<Server>, signal: AbortSignal): Promise<BegunRead>;
  /**
   * Everything that has changed since, each once or more often, in no order; returns from where to follow the next time. Throws
   * ChangesLost where the server cannot tell.
   */
  follow(
    held: Followed<Server>,
    since: ChangeCursor,
    signal: AbortSignal,
  ): AsyncGenerator<readonly ChangedEntry[], ChangeCursor | undefined>;
}

export interface BegunRead {
  /** Told of every entry that is read. */
  note(entry: LdapEntry): void;
  /** After the last page: from where to follow what has changed since the read began. Undefined: nowhere. */
  end(): ChangeCursor | undefined;
}

/** What an entry is known by, whatever changes on it. */
export interface AnchorAttribute {
  readonly attribute: string;
  of(entry: LdapEntry): AccountAnchor | undefined;
}

export interface Place extends Pick<SearchRequest, 'base' | 'controls'> {
  /** There is nothing to be found where it may not be seen. Default: a refusal is one. */
  readonly mayBeHidden?: boolean;
  /** Searched instead where `base` may not be seen: who moved out of it is found by the next full read then. */
  readonly orElse?: string | undefined;
}

export interface ChangedSearch extends Place {
  /** What is later than the mark. */
  readonly changed: Filter;
  readonly anchor: AnchorAttribute;
  /** Asked for besides. */
  readonly attributes: readonly string[];
}

const PAGE_SIZE = 500;
/** Pages without end are no directory. */
const PAGES_MAX = 10_000;

/** Every entry that matches, page by page. One whose anchor may not be read is nobody we know. */
export async function* searchChanged(
  { connection }: Followed<unknown>,
  { base: whole, orElse, controls = [], mayBeHidden = false, changed, anchor, attributes }: ChangedSearch,
  signal: AbortSignal,
): AsyncGenerator<readonly { readonly entry: LdapEntry; readonly changed: ChangedEntry }[]> {
  let base = whole;
  const asked = [...new Set(['objectClass', anchor.attribute, ...attributes])];
  // Whatever its class. A server that hides an attribute from us matches nothing by it.
  const filter = new AndFilter({ filters: [changed, new PresenceFilter({ attribute: 'objectClass' })] });
  let cookie: Buffer | undefined;
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const page = await connection
      .searchPage({ base, scope: 'sub', filter, controls, attributes: asked }, { size: PAGE_SIZE, cookie }, signal)
      .catch(
        mayBeHidden || (orElse !== undefined && base !== orElse)
          ? noneIfHidden
          : refusedTo(`tell what has changed below ${base}`),
      );
    if (page === undefined) {
      if (orElse === undefined || base === orElse) return;
      base = orElse;
      continue;
    }
    yield page.entries.flatMap((entry) => {
      const known = anchor.of(entry);
      const { distinguishedName } = entry;
      if (known === undefined) return [];
      return [{ entry, changed: { anchor: known, distinguishedName, isContainer: isContainer(entry) } }];
    });
    cookie = page.nextCookie;
    if (cookie === undefined) return;
  }
  throw new DirectoryMisconfigured(`the directory goes on without end below ${base}`);
}

function noneIfHidden(error: unknown): undefined {
  if (isHidden(error)) return undefined;
  throw error;
}

/** What Active Directory calls deleted objects (MS-ADTS 3.1.1.5.5.1.1): nobody is in them any more. */
export function isDeletedName(distinguishedName: string): boolean {
  return /^[^,]*\\0ADEL:/i.test(distinguishedName);
}

/** Not the domain itself, which nobody renames. */
const CONTAINER_CLASSES = ['organizationalunit', 'container', 'nscontainer', 'organization', 'locality', 'country'];

function isContainer(entry: LdapEntry): boolean {
  return (
    !isDeletedName(entry.distinguishedName) &&
    entry.texts('objectClass').some((name) => CONTAINER_CLASSES.includes(name.toLowerCase()))
  );
}

/** A cursor's text, of our own making; another reader's, or none, means that nothing is known. */
export function readCursor<Shape>(since: ChangeCursor, schema: z.ZodType<Shape>): Shape {
  const read = z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue('no JSON');
        return z.NEVER;
      }
    })
    .pipe(schema)
    .safeParse(since);
  if (read.success) return read.data;
  throw new ChangesLost('what was followed so far was followed in another way');
}
