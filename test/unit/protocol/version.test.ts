// Two builds find the version of the link that both speak, or none.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreeOnVersion, LINK_VERSIONS } from '../../../src/protocol/version.js';

const range = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.nat({ max: 4 }))
  .map(([min, width]) => ({ min, max: min + width }));

describe('two builds', () => {
  it('agree on the highest version that both speak, and both on the same', () => {
    fc.assert(
      fc.property(range, range, (ours, theirs) => {
        const both = Array.from({ length: 20 }, (_, version) => version).filter(
          (version) => version >= Math.max(ours.min, theirs.min) && version <= Math.min(ours.max, theirs.max),
        );
        expect(agreeOnVersion(ours, theirs)).toBe(both.at(-1));
        expect(agreeOnVersion(theirs, ours)).toBe(both.at(-1));
      }),
    );
  });

  it('of the same release agree', () => {
    expect(agreeOnVersion(LINK_VERSIONS, LINK_VERSIONS)).toBe(LINK_VERSIONS.max);
  });
});
