// Follows changes in Active Directory by DirSync where the domain controller answers it, else by uSNChanged, which each domain
// controller counts for itself. There deleted accounts lie in a container of their own, where few may look: whom we do not see
// there is found to be gone by a look at everybody's anchors.

import { ChangesLost } from '../../directory/ports.js';
import type { ChangeTrail, Followed } from '../change-trail.js';
import { refusedTo } from '../connection-failures.js';
import { showDeletedControl } from '../controls.js';
import { countedTrail, type Position } from '../counted-trail.js';
import { dirSyncTrail, isOfDirSync } from './dir-sync-trail.js';
import type { DomainController } from './domain-controller.js';
import { OBJECT_GUID } from './object-guid-attribute.js';

/** The well-known name of the container of deleted objects (MS-ADTS 6.1.1.4.2). */
const DELETED_OBJECTS = '18E2EA80684F11D2B9AA00C04F79F805';

/** `further`: attributes of accounts that are read besides those that every account has. */
export function changeTrail(further: readonly string[]): ChangeTrail<DomainController> {
  const [dirSync, counted] = [dirSyncTrail(further), uSNChangedTrail()];
  return {
    attributes: [],
    areGoneTold: isOfDirSync,
    async begin(held, signal) {
      try {
        return await dirSync.begin(held, signal);
      } catch (error) {
        if (!(error instanceof ChangesLost)) throw error;
        return counted.begin(held, signal);
      }
    },
    follow: (held, since, signal) => (isOfDirSync(since) ? dirSync : counted).follow(held, since, signal),
  };
}

export function uSNChangedTrail(): ChangeTrail<DomainController> {
  return countedTrail({
    attribute: 'uSNChanged',
    anchor: OBJECT_GUID,
    position: readPosition,
    searches: ({ domain: { namingContext } }) => [
      { base: namingContext },
      { base: `<WKGUID=${DELETED_OBJECTS},${namingContext}>`, controls: [showDeletedControl()], mayBeHidden: true },
    ],
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
