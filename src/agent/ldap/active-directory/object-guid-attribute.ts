// objectGUID as what every entry of Active Directory is known by. Pure.

import { EqualityFilter } from 'ldapts';
import type { AccountDialect } from '../dialect.js';
import { guidAnchor, guidBytes } from './object-guid.js';

export const OBJECT_GUID: AccountDialect<unknown>['anchor'] = {
  attribute: 'objectGUID',
  of: (entry) => guidAnchor(entry.bytes('objectGUID')),
  filter: (anchor) => {
    const value = guidBytes(anchor);
    return value === undefined ? undefined : new EqualityFilter({ attribute: 'objectGUID', value });
  },
};
