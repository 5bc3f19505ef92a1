// Reads many accounts over one lent connection, in any dialect: everybody, or whoever has changed. Promises that an end that came
// early is never taken for the whole. Knows not what for.

import { AndFilter, OrFilter } from 'ldapts';
import type { AccountAnchor } from '../../protocol/identifiers.js';
import { type DistinguishedName, isWithin, parseDistinguishedName } from '../directory/distinguished-name.js';
import {
  type AccountPage,
  type ChangeCursor,
  type ChangePage,
  ChangesLost,
  DirectoryMisconfigured,
} from '../directory/ports.js';
import { type AccountLookup, searchBelow } from './account-lookup.js';
import type { ChangedEntry, ChangeTrail } from './change-trail.js';
import type { LdapConnection, SearchPage, SearchRequest } from './connection.js';
import { refusedTo } from './connection-failures.js';
import type { AccountDialect, Held } from './dialect.js';
import type { LdapEntry } from './ldap-entry.js';
import { LDAP_CODES, LdapRefusal } from './ldap-errors.js';

/** A cookie with nothing on the page is legal (RFC 2696 §3), but not for ever. */
const EMPTY_PAGES_MAX = 100;
/** One filter names so many. */
const ANCHORS_PER_SEARCH = 50;
/** More changes than that are not followed one by one. */
const CHANGES_FOLLOWED_MAX = 20_000;

export interface DirectoryWalkOptions<Server> {
  readonly accounts: AccountLookup<Server>;
  readonly dialect: AccountDialect<Server>;
  readonly changes: ChangeTrail<Server>;
  readonly baseDn: string;
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
    const { baseDn, dialect, changes } = this.#options;
    const trail = await changes.begin(held, signal);
    const { attributes, ...search } = dialect.search;
    const asked = { ...search, attributes: [...new Set([...attributes, ...changes.attributes])] };
    for await (const entries of this.#pages(held, { ...asked, base: baseDn, filter: dialect.everybody }, signal)) {
      for (const entry of entries) trail.note(entry);
      yield this.#accounts.accountsOf(entries, held.server);
    }
    const cursor = trail.end();
    if (cursor !== undefined) yield { accounts: [], leftOut: 0, cursor };
  }

  /** Ends only after everything that has changed was read as it is now. */
  async *readChanges(held: Walking<Server>, since: ChangeCursor, signal: AbortSignal): AsyncGenerator<ChangePage> {
    const changed = await this.#changedSince(held, since, signal);
    const containers = changed.containers.map(({ distinguishedName }) => parseDistinguishedName(distinguishedName));
    for (let at = 0; at < changed.anchors.length; at += ANCHORS_PER_SEARCH)
      yield await this.#readThese(held, changed.anchors.slice(at, at + ANCHORS_PER_SEARCH), signal);
    for (const [at, { distinguishedName }] of changed.containers.entries()) {
      const name = containers[at] ?? [];
      // Whoever is in a container that lies in a changed one is read with that.
      const isInAnother = containers.some((other) => other.length < name.length && isWithin(name, other));
      if (!isInAnother) yield* this.#readBelow(held, { distinguishedName, name }, signal);
    }
    yield { accounts: [], leftOut: 0, gone: [], ...(changed.cursor === undefined ? {} : { cursor: changed.cursor }) };
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

  async #readThese(held: Walking<Server>, anchors: readonly AccountAnchor[], signal: AbortSignal): Promise<ChangePage> {
    const { connection, server } = held;
    const { baseDn, dialect } = this.#options;
    const named = new OrFilter({ filters: anchors.flatMap((anchor) => dialect.anchor.filter(anchor) ?? []) });
    const filter = new AndFilter({ filters: [dialect.everybody, named] });
    const entries = await connection
      .search({ ...dialect.search, base: baseDn, scope: 'sub', filter }, signal)
      .catch(refusedTo(searchBelow(baseDn)));
    const found = new Set(entries.map((entry) => dialect.anchor.of(entry)));
    return { ...this.#accounts.accountsOf(entries, server), gone: anchors.filter((anchor) => !found.has(anchor)) };
  }

  /** Everybody below a container: when it was moved or renamed, they were too. */
  async *#readBelow(
    held: Walking<Server>,
    container: { readonly distinguishedName: string; readonly name: DistinguishedName },
    signal: AbortSignal,
  ): AsyncGenerator<ChangePage> {
    const { dialect } = this.#options;
    const [isHere, holdsUs] = [
      isWithin(container.name, this.#accounts.base),
      isWithin(this.#accounts.base, container.name),
    ];
    // The base itself and what lies above: had it been renamed, the base would not be there.
    if (holdsUs) return;
    // Whoever went away with it is named alone.
    const what = isHere ? dialect.search : { attributes: [dialect.anchor.attribute] };
    const request = { ...what, base: container.distinguishedName, filter: dialect.everybody };
    try {
      for await (const entries of this.#pages(held, request, signal)) {
        if (isHere) yield { ...this.#accounts.accountsOf(entries, held.server), gone: [] };
        else yield { accounts: [], leftOut: 0, gone: entries.flatMap((entry) => dialect.anchor.of(entry) ?? []) };
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
