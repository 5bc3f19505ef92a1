// What an agent says may be asked of it, from the settings of its directories.

import { expect, test } from 'vitest';
import type { DirectoryConfig } from '../../../src/agent/config.js';
import { operationsOf } from '../../../src/agent/write-back-rules.js';

type WriteBack = DirectoryConfig['writeBack'];

const directory = (operations: WriteBack['operations'], isOn = true): Pick<DirectoryConfig, 'writeBack'> => ({
  writeBack: { isOn, operations, scope: [], excluded: [] },
});

test('is what any directory is open to, and with every reset a reset after a compromise and the invalidating of a password', () => {
  expect(operationsOf([directory(['unlock']), directory(['reset', 'change'])])).toEqual([
    'reset',
    'reset-after-compromise',
    'unlock',
    'change',
    'invalidate-password',
  ]);
});

test('has sign-ins only where a directory that is on allows them', () => {
  expect(operationsOf([directory(['sign-in'])])).toEqual(['sign-in']);
  expect(operationsOf([directory(['unlock']), directory(['sign-in'], false)])).toEqual(['unlock']);
  expect(operationsOf([directory(['reset', 'unlock', 'change'])])).not.toContain('sign-in');
});
