// Which test files start first: those that take longest and mostly wait for real programs, so that the quick ones fill the time beside
// them and nothing long is begun when all else is over.

import { basename } from 'node:path';
import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

/** Each takes a tenth of a whole run or more; the others go by their kind. */
const LONGEST = [
  'every-screen',
  'further-visits',
  'kills-and-cuts',
  'following',
  'sync',
  'killed-passes',
  'faults-on-the-wire',
  'two-controllers',
  'canaries',
];
const KINDS_LONGEST_FIRST = ['browser', 'component', 'contract', 'integration', 'architecture', 'unit'];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}

function rank({ project, moduleId }: TestSpecification): number {
  const longest = LONGEST.indexOf(basename(moduleId, '.test.ts'));
  return longest === -1 ? LONGEST.length + KINDS_LONGEST_FIRST.indexOf(project.name) : longest;
}
