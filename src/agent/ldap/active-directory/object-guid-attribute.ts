// What is known in Active Directory by 16 bytes: every entry by its objectGUID, which the domain gives it; and accounts, where the
// organisation wants that, by mS-DS-ConsistencyGuid, which moves with them from forest to forest. Pure.

import { EqualityFilter } from 'ldapts';
import type { SearchableAnchor } from '../dialect.js';
import { guidAnchor, guidBytes } from './object-guid.js';

export const OBJECT_GUID = guidAttribute('objectGUID');
/** Not everybody has one, and nothing but care makes it different on each. */
export const CONSISTENCY_GUID = guidAttribute('mS-DS-ConsistencyGuid');

function guidAttribute(attribute: string): SearchableAnchor {
  return {
    attribute,
    of: (entry) => guidAnchor(entry.bytes(attribute)),
    filter: (anchor) => {
      const value = guidBytes(anchor);
      return value === undefined ? undefined : new EqualityFilter({ attribute, value });
    },
  };
}
