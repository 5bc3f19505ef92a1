// Follows changes in Active Directory by DirSync, as far as our own rights let us see them (OBJECT_SECURITY): no right is needed for
// it, and another domain controller of the domain goes on where this one ended. Deletions are told only to whoever is shown what was
// deleted.

import { EqualityFilter, type Filter, OrFilter } from 'ldapts';
import { z } from 'zod';
import { type ChangeCursor, ChangesLost, DirectoryMisconfigured } from '../../directory/ports.js';
import { type ChangedEntry, type ChangeTrail, type Followed, isDeletedName, readCursor } from '../change-trail.js';
import { AnswerTooLarge, isPassing } from '../connection-failures.js';
import { LdapRefusal } from '../ldap-errors.js';
import { areDeletedShown } from './deleted-objects.js';
import type { DomainController } from './domain-controller.js';
import { OBJECT_GUID } from './object-guid-attribute.js';
import { ACCOUNT_ATTRIBUTES } from './read-account.js';

/** Two questions, each with a place of its own to go on from: an answer says of a change neither what it is a change of. */
interface Question {
  readonly filter: Filter;
  /** Only a change of one of these is one. */
  readonly attributes: readonly string[];
  readonly isContainer: boolean;
}

const ofClass = (value: string) => new EqualityFilter({ attribute: 'objectClass', value });

/**
 * Read of accounts, and not followed: what never changes, what is computed or kept by
 * one server alone, and permissions, which wait for the full pass.
 */
const NOT_FOLLOWED = new Set([
  'objectClass',
  'cn',
  'msDS-User-Account-Control-Computed',
  'uSNChanged',
  'isCriticalSystemObject',
  'msDS-SecondaryKrbTgtNumber',
  'objectGUID',
  'objectSid',
  'nTSecurityDescriptor',
]);

const ACCOUNTS: Question = {
  filter: ofClass('user'),
  attributes: [
    // A new name, and a move.
    'name',
    ...ACCOUNT_ATTRIBUTES.filter((attribute) => !NOT_FOLLOWED.has(attribute)),
    // What the computed state is made of.
    'lockoutTime',
    'isDeleted',
  ],
  isContainer: false,
};
/** A container that was made, renamed or moved. What else changes on it changes nobody in it. */
const CONTAINERS: Question = {
  filter: new OrFilter({ filters: [ofClass('organizationalUnit'), ofClass('container')] }),
  attributes: ['name'],
  isContainer: true,
};

const NOTHING = Buffer.alloc(0);
/** Answers without end are no directory. */
const ANSWERS_MAX = 10_000;

const cookie = z.base64().max(64 * 1024);
const cursorSchema = z.strictObject({
  dirSync: z.string(),
  accounts: cookie,
  containers: cookie,
  /** Whether we were shown who was deleted, ever since following began. Earlier cursors do not say: then that is not known. */
  deletedAreShown: z.boolean().default(false),
});
type Place = Omit<z.infer<typeof cursorSchema>, 'accounts' | 'containers'> & {
  readonly accounts: Buffer;
  readonly containers: Buffer;
};

/** `further`: attributes of accounts that are read besides. */
export function dirSyncTrail(further: readonly string[]): ChangeTrail<DomainController> {
  const accounts = {
    ...ACCOUNTS,
    attributes: [...ACCOUNTS.attributes, ...further.filter((attribute) => !NOT_FOLLOWED.has(attribute))],
  };
  const cursorOf = ({ accounts, containers, ...at }: Place) =>
    JSON.stringify({ ...at, accounts: accounts.toString('base64'), containers: containers.toString('base64') });
  return {
    attributes: [],
    areGoneTold: (since) => readCursor(since, cursorSchema).deletedAreShown,

    async begin(held, signal) {
      const { namingContext } = held.server.domain;
      const deletedAreShown = await areDeletedShown(held, signal);
      const at = await drain(held, signal);
      const cursor = cursorOf({ dirSync: namingContext, accounts: at, containers: at, deletedAreShown });
      return { note: () => undefined, end: () => cursor };
    },

    async *follow(held, since, signal): AsyncGenerator<readonly ChangedEntry[], string | undefined> {
      const followed = readCursor(since, cursorSchema);
      const { namingContext } = held.server.domain;
      if (followed.dirSync !== namingContext) throw new ChangesLost('another domain was followed so far');
      return cursorOf({
        dirSync: namingContext,
        accounts: yield* ask(held, { ...accounts, from: Buffer.from(followed.accounts, 'base64') }, signal),
        containers: yield* ask(held, { ...CONTAINERS, from: Buffer.from(followed.containers, 'base64') }, signal),
        // Who was deleted while that was hidden is never told: what is lost comes back with the next full read only.
        deletedAreShown: followed.deletedAreShown && (await areDeletedShown(held, signal)),
      });
    },
  };
}

/** Whether it is a cursor of this trail, whole or not. */
export function isOfDirSync(since: ChangeCursor): boolean {
  return since.startsWith('{"dirSync":');
}

/**
 * Where changes go on from now: the server goes through everything once, and tells of the domain's own entry. A server whose place
 * depended on what it tells of would tell too much the next time, and nothing would be missed.
 */
async function drain(held: Followed<DomainController>, signal: AbortSignal): Promise<Buffer> {
  const question = { filter: ofClass('domainDNS'), attributes: ['objectGUID'], isContainer: false };
  const walk = ask(held, { ...question, from: NOTHING }, signal);
  for (;;) {
    const step = await walk.next();
    if (step.done === true) return step.value;
  }
}

async function* ask(
  { connection, server }: Followed<DomainController>,
  { filter, attributes, isContainer, from }: Question & { readonly from: Buffer },
  signal: AbortSignal,
): AsyncGenerator<readonly ChangedEntry[], Buffer> {
  const request = { base: server.domain.namingContext, scope: 'sub', filter, attributes } as const;
  let at = from;
  for (let answers = 0; answers < ANSWERS_MAX; answers += 1) {
    const answer = await connection.searchChanges(request, at, signal).catch(notFollowed);
    at = answer.cookie;
    yield answer.entries.flatMap((entry) => {
      const anchor = OBJECT_GUID.of(entry);
      return anchor === undefined
        ? []
        : [
            {
              anchor,
              distinguishedName: entry.distinguishedName,
              isContainer: isContainer && !isDeletedName(entry.distinguishedName),
            },
          ];
    });
    if (!answer.isMore) return at;
  }
  throw new DirectoryMisconfigured(`${server.name} goes on telling of changes without end`);
}

/** A cookie that is not taken, a right that is gone, a server that knows no DirSync: another way has to be found. */
function notFollowed(error: unknown): never {
  // Samba tells all of it at once, whatever is asked for.
  if (error instanceof AnswerTooLarge)
    throw new ChangesLost('more has changed than one answer may hold: reading everybody is quicker', { cause: error });
  if (error instanceof LdapRefusal && !isPassing(error))
    throw new ChangesLost('the domain controller does not tell what has changed', { cause: error });
  throw error;
}
