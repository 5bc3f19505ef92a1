// Vitest's global setup for tests with real directories: a folder for this run's labs, gone when the run ends. Also one where Node keeps
// what it has compiled: the programs are started a hundred times in a run.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    labFolder: string;
    compiledFolder: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'drawbridge-tests-'));
  project.provide('labFolder', folder);
  project.provide('compiledFolder', join(folder, 'compiled'));
  return () => rm(folder, { recursive: true, force: true });
}
