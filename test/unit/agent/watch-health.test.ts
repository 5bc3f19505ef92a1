// The checks of a running agent: told once, a directory shut and opened again, looked at soon while it is shut.

import { expect, test } from 'vitest';
import { checkHealth, type HealthWatch, watchHealth } from '../../../src/agent/background-work.js';
import { agentSettingsSchema } from '../../../src/agent/config.js';
import { createAgentEvents } from '../../../src/agent/events.js';
import type { PrecheckStatus } from '../../../src/agent/health/precheck.js';
import { WarningSet } from '../../../src/agent/health/warnings.js';
import { type AnyDirectory, openDirectory } from '../../../src/agent/ldap/open-directory.js';
import { LiveRules } from '../../../src/agent/write-back-rules.js';
import { createLog } from '../../../src/logging/log.js';
import { Secret } from '../../../src/secret/secret.js';
import { FakeClock } from '../../support/fake-clock.js';
import { aPerson } from '../../support/fake-directory.js';

const MINUTE_MS = 60_000;
const { directories } = agentSettingsSchema('/').parse({
  frontDoor: { url: 'https://reset.example.com' },
  dataFolder: 'data',
  directories: [
    {
      id: 'corp',
      urls: ['ldaps://dc1.example.com'],
      baseDn: 'DC=corp,DC=example,DC=com',
      bindName: 'svc@corp.example.com',
      bindPassword: { file: 'bind-password' },
      writeBack: { isOn: true, scope: ['OU=People,DC=corp,DC=example,DC=com'] },
    },
  ],
});

/** A directory whose only check says what the test wants. */
function watched(statusOf: () => PrecheckStatus) {
  const clock = new FakeClock();
  const [config] = directories;
  if (config === undefined) throw new Error('there is one');
  const never = openDirectory({
    directoryId: 'corp',
    urls: ['ldaps://127.0.0.1:9'],
    bindName: config.bindName,
    bindPassword: () => Secret.fromText('never asked'),
    baseDn: config.baseDn,
    clock,
  });
  let looks = 0;
  const directory: AnyDirectory = Object.assign(never, {
    checks: async () => [
      {
        codes: ['right-reset-password' as const],
        target: 'OU=People',
        look: async () => {
          looks += 1;
          return [{ code: 'right-reset-password' as const, status: statusOf(), target: 'OU=People', detail: 'seen' }];
        },
      },
    ],
  });
  const lines: string[] = [];
  const log = createLog({ level: 'info', program: 'agent' }, { write: (line) => lines.push(line) });
  const rules = new LiveRules(directories);
  rules.learn('corp', undefined);
  const stop = new AbortController();
  let mirrored = 0;
  const watch: HealthWatch = {
    opened: [{ config, directory }],
    namesFor: () => ({ addressesOf: async () => [], lookUp: async () => [] }),
    passes: { latest: () => [] },
    warnings: new WarningSet(),
    rules,
    everyMs: 60 * MINUTE_MS,
    deltaEveryMs: () => undefined,
    randomFraction: () => 0.5,
    onReadinessChanged: () => {
      mirrored += 1;
    },
    clock,
    events: createAgentEvents(log),
    signal: stop.signal,
  };
  const events = () =>
    lines.splice(0).map((line) => {
      const fields: { event?: string; warning?: string } = JSON.parse(line);
      return [fields.event, fields.warning].filter(Boolean).join(' ');
    });
  return { watch, clock, rules, events, stop, looks: () => looks, mirrored: () => mirrored };
}

test('a right that is lost shuts the directory, tells it once, and mirrors anew; one that is back opens it', async () => {
  let status: PrecheckStatus = 'fail';
  const { watch, rules, events, mirrored } = watched(() => status);

  expect(await checkHealth(watch)).toBe('shut');
  expect(events()).toEqual(['warning-raised right-reset-password', 'directory-shut']);
  expect(rules.decide(aPerson(), 0)).toEqual({ kind: 'contact-administrator', reason: 'agent-not-permitted' });

  await checkHealth(watch);
  expect(events()).toEqual([]);
  status = 'pass';
  expect(await checkHealth(watch)).toBe('open');
  expect(events()).toEqual(['warning-cleared right-reset-password', 'directory-opened']);
  expect(rules.decide(aPerson(), 0).kind).toBe('write-back');
  expect(mirrored()).toBe(2);
});

test('the checks come again by the clock: each minute while shut, else as often as the settings say, a little by chance', async () => {
  let status: PrecheckStatus = 'fail';
  const { watch, clock, stop, looks } = watched(() => status);
  const work = watchHealth('shut', watch).catch(() => undefined);

  await clock.advance(MINUTE_MS);
  await clock.advance(MINUTE_MS);
  expect(looks()).toBe(2);
  status = 'pass';
  await clock.advance(MINUTE_MS);
  expect(looks()).toBe(3);
  await clock.advance(56 * MINUTE_MS);
  expect(looks()).toBe(3);
  await clock.advance(MINUTE_MS);
  expect(looks()).toBe(4);

  stop.abort(new Error('stopped'));
  await work;
});
