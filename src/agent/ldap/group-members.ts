// Who is in the groups that the settings' rules name, however deep: groups in groups, in circles too, and groups whose members a
// server tells in parts (range retrieval, MS-ADTS 3.1.1.3.1.3.3), or do not name everybody who is in them. Kept for a minute: many
// accounts are judged by the same groups.

import { hash } from 'node:crypto';
import type { Filter } from 'ldapts';
import type { Clock } from '../../timing/clock.js';
import { comparableName, parseDistinguishedName } from '../directory/distinguished-name.js';
import { DirectoryMisconfigured } from '../directory/ports.js';
import type { LdapConnection } from './connection.js';
import { refusedTo } from './connection-failures.js';
import type { LdapEntry } from './ldap-entry.js';
import { LDAP_CODES, LdapRefusal } from './ldap-errors.js';

export const MEMBERS_KEPT_MS = 60_000;
/** Of one group, with those of the groups in it. */
export const GROUP_MEMBERS_MAX = 500_000;
/** Groups in one, however deep. */
export const NESTED_GROUPS_MAX = 10_000;

/** How a kind of directory keeps groups. */
export interface GroupDialect {
  /** Hold names of members. */
  readonly memberAttributes: readonly string[];
  /** Whether members are asked for in parts. */
  readonly hasRanges: boolean;
  /** Which groups are in this one, by a search below the root; undefined: by a look at all groups. */
  readonly groupsIn: ((groupDn: string) => Filter) | undefined;
  readonly everyGroup: Filter;
  /** How accounts name the one group that does not name them; undefined: each group names all that are in it. */
  readonly byNumber: NumberedGroups | undefined;
}

export interface NumberedGroups {
  readonly groupAttribute: string;
  /** Undefined when the group does not show it. */
  readonly numberOf: (group: LdapEntry) => string | undefined;
  /** Every account has one. */
  readonly accountAttribute: string;
}

export interface GroupMembersOptions {
  readonly groups: readonly string[];
  readonly dialect: GroupDialect;
  readonly clock: Clock;
}

type Asked = Pick<LdapConnection, 'search' | 'searchPage'>;

export interface Memberships {
  /** Which of the rules' groups the account of this entry is in. */
  of(entry: Pick<LdapEntry, 'distinguishedName' | 'text'>): readonly string[];
  /** Another word when anybody is in or out. Undefined where the rules name no group. */
  readonly word: string | undefined;
}

const NONE: Memberships = { of: () => [], word: undefined };

export class GroupMembers {
  readonly #options: GroupMembersOptions;
  /** What has to be read of an account to tell its groups. */
  readonly accountAttributes: readonly string[];
  #kept: { readonly memberships: Memberships; readonly atMs: number } | undefined;

  constructor(options: GroupMembersOptions) {
    this.#options = options;
    const { groups, dialect } = options;
    this.accountAttributes =
      groups.length === 0 || dialect.byNumber === undefined ? [] : [dialect.byNumber.accountAttribute];
  }

  /** `root`: where groups are looked for. `afresh`: what is kept from before is not enough. */
  async read(
    { connection, root }: { readonly connection: Asked; readonly root: string },
    how: 'afresh' | 'kept',
    signal: AbortSignal,
  ): Promise<Memberships> {
    const { groups, clock } = this.#options;
    if (groups.length === 0) return NONE;
    const nowMs = clock.monotonicMs();
    if (how === 'kept' && this.#kept !== undefined && nowMs - this.#kept.atMs < MEMBERS_KEPT_MS)
      return this.#kept.memberships;
    const members = new Map<string, Members>();
    const all = new AllGroups(connection, root, this.#options.dialect);
    for (const group of groups) members.set(group, await this.#membersOf(group, { connection, all, root }, signal));
    const memberships = membershipsIn(members, this.#options.dialect.byNumber);
    this.#kept = { memberships, atMs: nowMs };
    return memberships;
  }

  async #membersOf(
    group: string,
    { connection, all, root }: { readonly connection: Asked; readonly all: AllGroups; readonly root: string },
    signal: AbortSignal,
  ): Promise<Members> {
    const { dialect } = this.#options;
    const members = new Set<string>();
    const numbers = new Set<string>();
    const seen = new Set([keyOf(group)]);
    const due = [group];
    for (let next = due.pop(); next !== undefined; next = due.pop()) {
      const names = await directMembers(connection, next, dialect, signal);
      if (dialect.byNumber !== undefined) numbers.add(await numberOf(connection, next, dialect.byNumber, signal));
      for (const name of names) members.add(keyOf(name));
      if (members.size > GROUP_MEMBERS_MAX)
        throw new DirectoryMisconfigured(`${group} has more than ${GROUP_MEMBERS_MAX} members: name a smaller group`);
      for (const nested of await all.in(next, names, signal)) {
        const key = keyOf(nested);
        if (seen.has(key)) continue;
        seen.add(key);
        due.push(nested);
      }
      if (seen.size > NESTED_GROUPS_MAX)
        throw new DirectoryMisconfigured(`${group} has more than ${NESTED_GROUPS_MAX} groups in it, below ${root}`);
    }
    return { names: members, numbers };
  }
}

interface Members {
  /** Comparable. */
  readonly names: ReadonlySet<string>;
  /** Of the group and those in it. */
  readonly numbers: ReadonlySet<string>;
}

function membershipsIn(members: ReadonlyMap<string, Members>, byNumber: NumberedGroups | undefined): Memberships {
  const words = [...members].map(([group, { names, numbers }]) =>
    [group, ...[...names].toSorted(), ...[...numbers].toSorted()].join('\n'),
  );
  return {
    of: (entry) => {
      const key = comparableName(parseDistinguishedName(entry.distinguishedName));
      const number = byNumber === undefined ? undefined : entry.text(byNumber.accountAttribute);
      return [...members].flatMap(([group, { names, numbers }]) =>
        names.has(key) || (number !== undefined && numbers.has(number)) ? [group] : [],
      );
    },
    word: hash('sha256', words.join('\n\n'), 'base64url'),
  };
}

/** Throws DirectoryMisconfigured when the group does not show it: whoever is in it by that would be taken for somebody who is not. */
async function numberOf(
  connection: Asked,
  group: string,
  { groupAttribute, numberOf: numberIn }: NumberedGroups,
  signal: AbortSignal,
): Promise<string> {
  const number = numberIn(await showGroup(connection, { group, attributes: [groupAttribute] }, signal));
  if (number === undefined) throw new DirectoryMisconfigured(`${groupAttribute} of the group ${group} may not be read`);
  return number;
}

async function showGroup(
  connection: Asked,
  { group, attributes }: { readonly group: string; readonly attributes: readonly string[] },
  signal: AbortSignal,
): Promise<LdapEntry> {
  const [entry] = await connection
    .search({ base: group, scope: 'base', attributes }, signal)
    .catch((error: unknown) => {
      if (error instanceof LdapRefusal && error.resultCode === LDAP_CODES.noSuchObject)
        throw new DirectoryMisconfigured(`there is no group ${group}: correct its name in the settings`);
      throw error;
    })
    .catch(refusedTo(`show the group ${group}`));
  if (entry === undefined) throw new DirectoryMisconfigured(`the group ${group} may not be read`);
  return entry;
}

/** The names in a group, and only there. Throws DirectoryMisconfigured when the group is not there: nobody would be in it. */
async function directMembers(
  connection: Asked,
  group: string,
  { memberAttributes, hasRanges }: GroupDialect,
  signal: AbortSignal,
): Promise<string[]> {
  const names: string[] = [];
  const look = (attribute: string) => showGroup(connection, { group, attributes: [attribute] }, signal);
  for (const attribute of memberAttributes) {
    if (!hasRanges) {
      names.push(...(await look(attribute)).texts(attribute));
      continue;
    }
    for (let from: number | undefined = 0; from !== undefined; ) {
      const part: RangedValues = rangeOf(await look(`${attribute};range=${from}-*`), attribute);
      names.push(...part.values);
      from = part.next;
      if (names.length > GROUP_MEMBERS_MAX) break;
    }
  }
  return names;
}

interface RangedValues {
  readonly values: readonly string[];
  /** Undefined after the last part. */
  readonly next: number | undefined;
}

/** The answer carries the range in the attribute's name: `member;range=0-1499`, and `*` where it ends. */
function rangeOf(entry: LdapEntry, attribute: string): RangedValues {
  for (const name of entry.names()) {
    const [, part, end] = /^([^;]+);range=\d+-(\d+|\*)$/.exec(name) ?? [];
    if (part !== attribute.toLowerCase()) continue;
    return { values: entry.texts(name), next: end === '*' ? undefined : Number(end) + 1 };
  }
  return { values: entry.texts(attribute), next: undefined };
}

/** Tells groups from people among the members of a group. */
class AllGroups {
  readonly #connection: Asked;
  readonly #root: string;
  readonly #dialect: GroupDialect;
  #keys: Promise<ReadonlySet<string>> | undefined;

  constructor(connection: Asked, root: string, dialect: GroupDialect) {
    this.#connection = connection;
    this.#root = root;
    this.#dialect = dialect;
  }

  async in(group: string, members: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
    const { groupsIn, everyGroup } = this.#dialect;
    if (groupsIn !== undefined) return this.#search(groupsIn(group), signal);
    this.#keys ??= this.#search(everyGroup, signal).then((names) => new Set(names.map(keyOf)));
    const keys = await this.#keys;
    return members.filter((name) => keys.has(keyOf(name)));
  }

  async #search(filter: Filter, signal: AbortSignal): Promise<string[]> {
    const names: string[] = [];
    let cookie: Buffer | undefined;
    do {
      const page = await this.#connection
        .searchPage(
          { base: this.#root, scope: 'sub', filter, attributes: ['1.1'] },
          { size: PAGE_SIZE, cookie },
          signal,
        )
        .catch(refusedTo(`show the groups below ${this.#root}`));
      names.push(...page.entries.map(({ distinguishedName }) => distinguishedName));
      cookie = page.nextCookie;
      if (names.length > GROUPS_LISTED_MAX)
        throw new DirectoryMisconfigured(`more than ${GROUPS_LISTED_MAX} groups below ${this.#root}`);
    } while (cookie !== undefined);
    return names;
  }
}

const PAGE_SIZE = 500;
const GROUPS_LISTED_MAX = 200_000;

/** The same for every spelling of a name. Something that is no name is nobody's. */
function keyOf(text: string): string {
  try {
    return comparableName(parseDistinguishedName(text));
  } catch {
    return text;
  }
}
