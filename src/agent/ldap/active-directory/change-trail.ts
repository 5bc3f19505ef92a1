// Follows changes in Active Directory by DirSync where the domain controller answers it, else by uSNChanged, which each domain
// controller counts for itself. Either way deleted accounts lie in a container of their own, where few may look: whom we do not see
// there is found to be gone by a look at everybody's anchors.

import { type ChangeCursor, ChangesLost } from '../../directory/ports.js';
import type { ChangeTrail, Followed } from '../change-trail.js';
import { refusedTo } from '../connection-failures.js';
import { countedTrail, type Position } from '../counted-trail.js';
import { deletedObjects } from './deleted-objects.js';
import { dirSyncTrail, isOfDirSync } from './dir-sync-trail.js';
import type { DomainController } from './domain-controller.js';
import { OBJECT_GUID } from './object-guid-attribute.js';

/** `further`: attributes of accounts that are read besides those that every account has. */
export function changeTrail(further: readonly string[]): ChangeTrail<DomainController> {
  const [dirSync, counted] = [dirSyncTrail(further), uSNChangedTrail()];
  const trailOf = (since: ChangeCursor) => (isOfDirSync(since) ? dirSync : counted);
  return {
    attributes: [],
    areGoneTold: (since) => trailOf(since).areGoneTold(since),
    async begin(held, signal) {
      try {
        return await dirSync.begin(held, signal);
      } catch (error) {
        if (!(error instanceof ChangesLost)) throw error;
        return counted.begin(held, signal);
      }
    },
    follow: (held, since, signal) => trailOf(since).follow(held, since, signal),
  };
}

export function uSNChangedTrail(): ChangeTrail<DomainController> {
  return countedTrail({
    attribute: 'uSNChanged',
    anchor: OBJECT_GUID,
    position: readPosition,
    searches: (server) => [{ base: server.domain.namingContext }, deletedObjects(server)],
  });
}

async function readPosition(
  { connection, server }: Followed<DomainController>,
  signal: AbortSignal,
): Promise<Position | undefined> {
  const attributes = ['highestCommittedUSN'];
  const [root] = await connection
    .search({ base: '', scope: 'base', attributes }, signal)
    .catch(refusedTo('show its root'));
  const last = root?.integer('highestCommittedUSN');
  // Without it a restored database could not be told from the one before.
  if (server.invocationId === undefined || last === undefined) return undefined;
  return { incarnation: server.invocationId, last };
}
