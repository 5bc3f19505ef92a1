// Reads many accounts over one lent connection, in any dialect: everybody, or whoever has changed. Promises that an end that came
// early is never taken for the whole. Knows not what for.

import { AndFilter, OrFilter } from 'ldapts';
import { z } from 'zod';
import type { AccountAnchor } from '../../protocol/identifiers.js';
import { type DistinguishedName, isWithin, parseDistinguishedName } from '../directory/distinguished-name.js';
import {
  type AccountPage,
  type ChangeCursor,
  type ChangePage,
  ChangesLost,
  DirectoryMisconfigured,
  type PresencePage,
} from '../directory/ports.js';
import { anchorsOf } from './account-anchor.js';
import { type AccountLookup, searchBelow } from './account-lookup.js';
import { type ChangedEntry, type ChangeTrail, readCursor } from './change-trail.js';
import type { LdapConnection, SearchPage, SearchRequest } from './connection.js';
import { refusedTo } from './connection-failures.js';
import type { AccountDialect, Held } from './dialect.js';
import type { Memberships } from './group-members.js';
import type { LdapEntry } from './ldap-entry.js';
import { LDAP_CODES, LdapRefusal } from './ldap-errors.js';
import { baseAround, type ManagedBase, within } from './managed-bases.js';

/** A cookie with nothing on the page is legal (RFC 2696 §3), but not for ever. */
const EMPTY_PAGES_MAX = 100;
/** A page is handed out in parts, so that whoever takes them can let others go first, and few accounts are there at a time. */
const ENTRIES_PER_TURN = 20;
/** One filter names so many. */
const ANCHORS_PER_SEARCH = 50;
/** More changes than that are not followed one by one. */
const CHANGES_FOLLOWED_MAX = 20_000;

export interface DirectoryWalkOptions<Server> {
  readonly accounts: AccountLookup<Server>;
  readonly dialect: AccountDialect<Server>;
  readonly changes: ChangeTrail<Server>;
  readonly bases: readonly ManagedBase[];
  readonly pageSize: number;
}

/** What is needed of a lent connection here. */
export type Walking<Server> = Held<Server, Pick<LdapConnection, 'search' | 'searchPage' | 'searchChanges'>>;

export class DirectoryWalk<Server> {
  readonly #options: DirectoryWalkOptions<Server>;
  readonly #accounts: AccountLookup<Server>;

  constructor(options: DirectoryWalkOptions<Server>) {
    this.#options = options;
    this.#accounts = options.accounts;
  }

  /**
   * Ends only after the page that the directory called the last. The next page is asked for before this one is handed out, so that
   * the directory works while its reader does; whoever ends early destroys the connection, which may be busy with that.
   */
  async *readAll(held: Walking<Server>, signal: AbortSignal): AsyncGenerator<AccountPage> {
    const { server } = held;
    const { bases, dialect, changes } = this.#options;
    // Before anybody is read, as the place from where changes are followed is.
    const memberships = await this.#accounts.memberships(held, 'afresh', signal);
    const trail = await changes.begin(held, signal);
    const { attributes, ...search } = this.#accounts.search;
    const asked = { ...search, attributes: [...new Set([...attributes, ...changes.attributes])] };
    for (const base of bases) {
      const request = { ...asked, base: base.dn, filter: within(base, dialect.everybody) };
      for await (const entries of this.#pages(held, request, signal)) {
        for (let at = 0; at < entries.length; at += ENTRIES_PER_TURN) {
          const some = entries.slice(at, at + ENTRIES_PER_TURN);
          for (const entry of some) trail.note(entry);
          yield this.#accounts.accountsOf(some, { server, base, memberships });
        }
      }
    }
    // Whoever is looked at once more is judged by the groups as they are now; the cursor stands for what everybody was judged by.
    await this.#accounts.memberships(held, 'afresh', signal);
    yield { accounts: [], leftOut: 0, ...cursorOf({ trail: trail.end(), groups: memberships.word }) };
  }

  /** Ends only after everything that has changed was read as it is now. */
  async *readChanges(held: Walking<Server>, since: ChangeCursor, signal: AbortSignal): AsyncGenerator<ChangePage> {
    const memberships = await this.#accounts.memberships(held, 'afresh', signal);
    const from = trailIn(since, memberships.word);
    const changed = await this.#changedSince(held, from, signal);
    const containers = changed.containers.map(({ distinguishedName }) => parseDistinguishedName(distinguishedName));
    /** Changed themselves: not told once more with what they are in. */
    const told = new Set<AccountAnchor>();
    for (let at = 0; at < changed.anchors.length; at += ANCHORS_PER_SEARCH) {
      const anchors = changed.anchors.slice(at, at + ANCHORS_PER_SEARCH);
      const page = await this.#readThese(held, { anchors, memberships }, signal);
      for (const { anchor } of page.accounts) told.add(anchor);
      yield page;
    }
    for (const [at, { distinguishedName }] of changed.containers.entries()) {
      const name = containers[at] ?? [];
      // Whoever is in a container that lies in a changed one is read with that.
      const isInAnother = containers.some((other) => other.length < name.length && isWithin(name, other));
      if (isInAnother) continue;
      for await (const page of this.#readBelow(held, { distinguishedName, name, memberships }, signal))
        yield { ...page, accounts: page.accounts.filter(({ anchor }) => !told.has(anchor)) };
    }
    await this.#accounts.memberships(held, 'afresh', signal);
    const cursor = cursorOf({ trail: changed.cursor, groups: memberships.word });
    // Of a deleted entry nothing tells what its account was known by, but its own identity.
    const areGoneTold =
      this.#options.changes.areGoneTold(from) && this.#options.dialect.anchor === this.#options.dialect.identity;
    yield { accounts: [], leftOut: 0, gone: [], areGoneTold, ...cursor };
  }

  /** Ends only after the page that the directory called the last. */
  async *readPresent(held: Walking<Server>, signal: AbortSignal): AsyncGenerator<PresencePage> {
    const { bases, dialect } = this.#options;
    for (const base of bases) {
      const what = { attributes: [dialect.anchor.attribute], base: base.dn, filter: within(base, dialect.everybody) };
      for await (const entries of this.#pages(held, what, signal)) {
        const anchors = entries.flatMap((entry) => dialect.anchor.of(entry) ?? []);
        yield { anchors, leftOut: entries.length - anchors.length };
      }
    }
  }

  /** All of it, before the first account is read: some servers keep one search in pages at a time. */
  async #changedSince(held: Walking<Server>, since: ChangeCursor, signal: AbortSignal) {
    const anchors = new Set<AccountAnchor>();
    const containers = new Map<AccountAnchor, ChangedEntry>();
    const walk = this.#options.changes.follow(held, since, signal);
    for (;;) {
      const step = await walk.next();
      if (step.done === true)
        return { anchors: [...anchors], containers: [...containers.values()], cursor: step.value };
      for (const changed of step.value) {
        if (changed.isContainer) containers.set(changed.anchor, changed);
        else anchors.add(changed.anchor);
      }
      if (anchors.size + containers.size > CHANGES_FOLLOWED_MAX)
        throw new ChangesLost(`more than ${CHANGES_FOLLOWED_MAX} entries have changed: reading everybody is quicker`);
    }
  }

  async #readThese(
    held: Walking<Server>,
    { anchors, memberships }: { readonly anchors: readonly AccountAnchor[]; readonly memberships: Memberships },
    signal: AbortSignal,
  ): Promise<ChangePage> {
    const { connection, server } = held;
    const { bases, dialect } = this.#options;
    const named = new OrFilter({ filters: anchors.flatMap((anchor) => dialect.identity.filter(anchor) ?? []) });
    const condition = new AndFilter({ filters: [dialect.everybody, named] });
    const found = new Set<AccountAnchor | undefined>();
    const pages: AccountPage[] = [];
    for (const base of bases) {
      const request = {
        ...this.#accounts.search,
        base: base.dn,
        scope: 'sub',
        filter: within(base, condition),
      } as const;
      const entries = await connection.search(request, signal).catch(refusedTo(searchBelow(base.dn)));
      for (const entry of entries) found.add(dialect.identity.of(entry));
      pages.push(this.#accounts.accountsOf(entries, { server, base, memberships }));
    }
    return {
      accounts: pages.flatMap(({ accounts }) => accounts),
      leftOut: pages.reduce((sum, { leftOut }) => sum + leftOut, 0),
      gone: await anchorsOf(
        held,
        dialect,
        anchors.filter((anchor) => !found.has(anchor)),
        signal,
      ),
    };
  }

  /** Everybody below a container: when it was moved or renamed, they were too. */
  async *#readBelow(
    held: Walking<Server>,
    container: {
      readonly distinguishedName: string;
      readonly name: DistinguishedName;
      readonly memberships: Memberships;
    },
    signal: AbortSignal,
  ): AsyncGenerator<ChangePage> {
    const { server } = held;
    const { bases, dialect } = this.#options;
    const { name, distinguishedName, memberships } = container;
    // A base itself, or what lies above some: another container may have come in its place, under the same name.
    const replaced = bases.filter((each) => isWithin(each.name, name));
    for (const each of replaced) {
      const request = { ...this.#accounts.search, base: each.dn, filter: within(each, dialect.everybody) };
      for await (const entries of this.#pages(held, request, signal))
        yield { ...this.#accounts.accountsOf(entries, { server, base: each, memberships }), gone: [] };
    }
    if (replaced.length > 0) return;
    const base = baseAround(bases, name);
    // Whoever went away with it is named alone.
    const whoever = { attributes: [dialect.anchor.attribute], base: distinguishedName, filter: dialect.everybody };
    const found = new Set<AccountAnchor | undefined>();
    try {
      if (base !== undefined) {
        const request = { ...this.#accounts.search, base: distinguishedName, filter: within(base, dialect.everybody) };
        for await (const entries of this.#pages(held, request, signal)) {
          for (const entry of entries) found.add(dialect.anchor.of(entry));
          yield { ...this.#accounts.accountsOf(entries, { server, base, memberships }), gone: [] };
        }
        // Without a filter that was everybody.
        if (base.filter === undefined) return;
      }
      for await (const entries of this.#pages(held, whoever, signal)) {
        const gone = entries.flatMap((entry) => dialect.anchor.of(entry) ?? []).filter((anchor) => !found.has(anchor));
        yield { accounts: [], leftOut: 0, gone };
      }
    } catch (error) {
      const refusal = error instanceof DirectoryMisconfigured ? error.cause : undefined;
      if (refusal instanceof LdapRefusal && refusal.resultCode === LDAP_CODES.noSuchObject)
        throw new ChangesLost('what has changed is moved while it is read', { cause: error });
      throw error;
    }
  }

  /** The entries of a search, page by page. */
  async *#pages(
    { connection }: Walking<Server>,
    what: Omit<SearchRequest, 'scope'>,
    signal: AbortSignal,
  ): AsyncGenerator<readonly LdapEntry[]> {
    const { pageSize } = this.#options;
    const request = { ...what, scope: 'sub' } as const;
    const ask = (cookie: Buffer | undefined) => {
      const asked = connection
        .searchPage(request, { size: pageSize, cookie }, signal)
        .catch(refusedTo(searchBelow(what.base)));
      // Whoever comes for it learns of a failure; nobody comes when the reader has ended.
      asked.catch(() => undefined);
      return asked;
    };
    let emptyPages = 0;
    let coming: ReturnType<typeof ask> | undefined = ask(undefined);
    while (coming !== undefined) {
      const page: SearchPage = await coming;
      emptyPages = page.entries.length === 0 ? emptyPages + 1 : 0;
      if (emptyPages > EMPTY_PAGES_MAX) {
        throw new DirectoryMisconfigured(`the directory goes on with empty pages below ${what.base}`);
      }
      coming = page.nextCookie === undefined ? undefined : ask(page.nextCookie);
      yield page.entries;
    }
  }
}

interface Places {
  readonly trail: ChangeCursor | undefined;
  /** Who was in the groups of the rules. */
  readonly groups: string | undefined;
}

function cursorOf({ trail, groups }: Places): Pick<AccountPage, 'cursor'> {
  if (trail === undefined) return {};
  return { cursor: groups === undefined ? trail : JSON.stringify([groups, trail]) };
}

/** Who is in a group and who is not any more stands on nobody's own entry: then everybody is looked at. */
function trailIn(cursor: ChangeCursor, groups: string | undefined): ChangeCursor {
  if (groups === undefined) return cursor;
  const [before, trail] = readCursor(cursor, z.tuple([z.string(), z.string()]));
  if (before !== groups) throw new ChangesLost('somebody has come into a group of the settings, or left it');
  return trail;
}
