// Follows changes in 389 Directory Server: by the numbers of its USN plugin where that is on, else by the time on each entry.

import type { Clock } from '../../../timing/clock.js';
import type { ChangeTrail, Followed } from '../change-trail.js';
import { refusedTo } from '../connection-failures.js';
import { countedTrail, type Position } from '../counted-trail.js';
import { timedTrail } from '../timed-trail.js';
import { anchorAttribute } from '../uid-dialect.js';
import type { DirectoryServer389 } from './directory-server.js';
import { UNIQUE_ID } from './read-account.js';

/** `baseDn`: searched where the suffix may not be seen. */
export function changeTrail(baseDn: string, clock: Clock): ChangeTrail<DirectoryServer389> {
  const anchor = anchorAttribute(UNIQUE_ID);
  const root = ({ suffix }: DirectoryServer389) => suffix.distinguishedName;
  const counted = countedTrail<DirectoryServer389>({
    attribute: 'entryusn',
    anchor,
    position: readPosition,
    searches: (server) => [{ base: root(server), orElse: baseDn }],
  });
  const timed = timedTrail({ attribute: 'modifyTimestamp', digits: 'seconds', anchor, root, orElse: baseDn, clock });
  const trailOf = ({ changeCounter }: DirectoryServer389) => (changeCounter === undefined ? timed : counted);
  return {
    attributes: [...timed.attributes, ...counted.attributes],
    areGoneTold: () => false,
    begin: (held, signal) => trailOf(held.server).begin(held, signal),
    follow: (held, since, signal) => trailOf(held.server).follow(held, since, signal),
  };
}

async function readPosition(
  { connection, server }: Followed<DirectoryServer389>,
  signal: AbortSignal,
): Promise<Position | undefined> {
  const { changeCounter, name } = server;
  if (changeCounter === undefined) return undefined;
  const request = { base: '', scope: 'base', attributes: [changeCounter] } as const;
  const [root] = await connection.search(request, signal).catch(refusedTo('show its root'));
  const last = root?.integer(changeCounter);
  // A restored database tells no other name: that it counts from an earlier number has to do.
  return last === undefined ? undefined : { incarnation: name, last };
}
