// Where Active Directory keeps what was deleted, in a container of its own; by default none but administrators may look there.

import { AndFilter, EqualityFilter } from 'ldapts';
import type { Followed, Place } from '../change-trail.js';
import { refusedTo } from '../connection-failures.js';
import { showDeletedControl } from '../controls.js';
import { isHidden } from '../read-entry.js';
import type { DomainController } from './domain-controller.js';
import { OBJECT_GUID } from './object-guid-attribute.js';

/** The well-known name of the container (MS-ADTS 6.1.1.4.2). */
const DELETED_OBJECTS = '18E2EA80684F11D2B9AA00C04F79F805';

export function deletedObjects({ domain: { namingContext } }: DomainController): Place {
  return { base: `<WKGUID=${DELETED_OBJECTS},${namingContext}>`, controls: [showDeletedControl()], mayBeHidden: true };
}

/**
 * Whether we are shown deleted accounts. Only one that is seen proves it: that the container is there many may know who may not look into
 * it. Where nobody was deleted yet the answer is no, too.
 */
export async function areDeletedShown(
  { connection, server }: Followed<DomainController>,
  signal: AbortSignal,
): Promise<boolean> {
  const { base, controls = [] } = deletedObjects(server);
  const filter = new AndFilter({
    filters: [
      new EqualityFilter({ attribute: 'isDeleted', value: 'TRUE' }),
      new EqualityFilter({ attribute: 'objectClass', value: 'user' }),
    ],
  });
  const attributes = [OBJECT_GUID.attribute];
  const request = { base, scope: 'sub', filter, controls, attributes, sizeLimit: 1 } as const;
  const found = await connection.search(request, signal).catch((error: unknown) => {
    if (isHidden(error)) return [];
    return refusedTo('show who was deleted')(error);
  });
  return found.some((entry) => OBJECT_GUID.of(entry) !== undefined);
}
