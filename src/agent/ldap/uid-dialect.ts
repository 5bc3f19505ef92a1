// What the dialects have in common whose people have a uid and an anchor of plain text: OpenLDAP and 389 Directory Server. Each
// brings what is its own; whoever writes another such dialect begins here. Pure but for the look at the service account's entry.

import { EqualityFilter, OrFilter } from 'ldapts';
import { type AccountAnchor, parseAccountAnchor } from '../../protocol/identifiers.js';
import type { Clock } from '../../timing/clock.js';
import type { DirectoryAccount } from '../directory/directory-account.js';
import type { LockoutFacts } from '../directory/ports.js';
import type {
  AccountOfEntry,
  Delegation,
  Dialect,
  DirectoryServer,
  Held,
  ReadAccount,
  SearchableAnchor,
} from './dialect.js';
import type { GroupDialect } from './group-members.js';
import type { LdapEntry } from './ldap-entry.js';
import { readOwnEntry } from './own-entry.js';
import { personAttributes, readPerson } from './person-entry.js';
import type { PersonMap } from './person-map.js';
import type { Suffix } from './suffix.js';
import { everybodyWithUid, peopleNamed, peopleWith } from './uid-and-mail.js';

/** What an entry is known by, whatever it is renamed to. */
export interface TextAnchor {
  readonly attribute: string;
  /** Of the value in lower case. */
  readonly pattern: RegExp;
}

/** A server that says which of its databases people are in. */
type UidServer = DirectoryServer & { readonly suffix: Suffix };

/** What is the same in all of them is filled in here. */
type Filled = 'accounts' | 'passwordTimes' | 'prefersToWrite' | 'readServiceAccount' | 'readLockout' | 'delegation';

/** See AccountDialect. */
export interface UidIdentifiers {
  readonly identity: TextAnchor;
  readonly anchor: TextAnchor;
}

export interface UidDialect<Server extends UidServer> extends Omit<Dialect<Server>, Filled>, UidIdentifiers {
  readonly map: PersonMap;
  /** What is asked for besides the person. */
  readonly stateAttributes: readonly string[];
  readonly readAccount: (entry: LdapEntry, reading: UidReading<Server>) => ReadAccount;
  readonly readLockout: (
    held: Held<Server>,
    about: { readonly account: DirectoryAccount; readonly nowMs: number },
    signal: AbortSignal,
  ) => Promise<LockoutFacts>;
  readonly delegationCommands: Delegation<Server>['commands'];
  readonly clock: Clock;
}

export interface UidReading<Server> {
  readonly server: Server;
  readonly map: PersonMap;
  readonly anchor: TextAnchor;
  readonly nowMs: number;
}

export function uidDialect<Server extends UidServer>(own: UidDialect<Server>): Dialect<Server> {
  const { identity, anchor, map, stateAttributes, readAccount, readLockout, delegationCommands, clock, ...rest } = own;
  const entries = anchorAttribute(identity);
  const search = { attributes: [...new Set([...personAttributes(map), ...stateAttributes, anchor.attribute])] };
  return {
    ...rest,
    accounts: {
      search,
      singleSearch: search,
      everybody: everybodyWithUid(),
      named: (userId, { suffix }) => peopleNamed(userId, suffix, map.mail),
      under: (value, base) =>
        identity.pattern.test(value)
          ? { base, scope: 'sub', filter: peopleWith(new EqualityFilter({ attribute: identity.attribute, value })) }
          : undefined,
      identity: entries,
      anchor: anchor === identity ? entries : anchorAttribute(anchor),
      groups: GROUPS,
      root: ({ suffix }) => suffix.distinguishedName,
      readAccount: (entry, server) => readAccount(entry, { server, map, anchor, nowMs: clock.nowMs() }),
    },
    passwordTimes: 'whole-seconds',
    // All that can be written to are alike: the order of the settings decides.
    prefersToWrite: () => false,
    readLockout: (held, account, signal) => readLockout(held, { account, nowMs: clock.nowMs() }, signal),
    readServiceAccount: ({ connection }, names, signal) =>
      readOwnEntry({ connection, names, anchorAttribute: identity.attribute, anchorOf: entries.of }, signal),
    // Instructions name the account as it binds: nothing has to be looked up.
    delegation: { readTrustee: async () => undefined, commands: delegationCommands },
  };
}

const GROUP_CLASSES = ['groupOfNames', 'groupOfUniqueNames', 'groupOfEntries'];

/** Groups of names (RFC 4519 §3.5, §3.6). Whether a member is a group itself no attribute of every server tells. */
const GROUPS: GroupDialect = {
  memberAttributes: ['member', 'uniqueMember'],
  hasRanges: false,
  groupsIn: undefined,
  everyGroup: new OrFilter({
    filters: GROUP_CLASSES.map((value) => new EqualityFilter({ attribute: 'objectClass', value })),
  }),
  byNumber: undefined,
};

/** The text as what every entry is known by. */
export function anchorAttribute(anchor: TextAnchor): SearchableAnchor {
  const { attribute, pattern } = anchor;
  return {
    attribute,
    of: (entry) => anchorIn(entry, anchor),
    filter: (value) => (pattern.test(value) ? new EqualityFilter({ attribute, value }) : undefined),
  };
}

/** The account of an entry, or what is missing: an entry without anchor or name is none for us. */
export function readUidAccount(
  entry: LdapEntry,
  { identity, anchor, suffix, map }: UidIdentifiers & { readonly suffix: Suffix; readonly map: PersonMap },
  standing: () => Pick<AccountOfEntry, 'revision' | 'state'>,
): ReadAccount {
  const known = anchorIn(entry, identity);
  const found = anchor === identity ? known : anchorIn(entry, anchor);
  // Every entry has an identity, unless it may not be read: then neither may what tells of locks.
  if (known === undefined) return { kind: 'unreadable', missing: identity.attribute };
  if (found === undefined) return { kind: 'unreadable', missing: anchor.attribute };
  const account = readPerson(entry, { suffix, map }, () => ({ ...standing(), identity: known, anchor: found }));
  if (account === undefined) return { kind: 'unreadable', missing: 'uid' };
  return {
    kind: 'read',
    // There are none on the entry: whether people may change their password is a rule of their policy.
    arePermissionsReadable: true,
    account,
  };
}

function anchorIn(entry: LdapEntry, { attribute, pattern }: TextAnchor): AccountAnchor | undefined {
  const text = entry.text(attribute)?.toLowerCase() ?? '';
  return pattern.test(text) ? parseAccountAnchor(text) : undefined;
}
