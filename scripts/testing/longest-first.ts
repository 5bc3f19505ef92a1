// Which test files start first: the kinds that take longest and mostly wait for real programs, so that the quick ones fill the
// time beside them and a whole run ends when its longest file does. Within a kind, as vitest would have it.

import type { TestSpecification } from 'vitest/node';
import { BaseSequencer } from 'vitest/node';

const KINDS_LONGEST_FIRST = ['browser', 'component', 'contract', 'integration', 'architecture', 'unit'];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}

function rank({ project }: TestSpecification): number {
  return KINDS_LONGEST_FIRST.indexOf(project.name);
}
