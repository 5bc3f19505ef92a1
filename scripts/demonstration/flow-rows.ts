// One person's flow as the front door keeps it, found by the support id on their pages, and what people have set up: read, and aged or
// broken where nobody can wait a quarter of an hour, or for a disk to fail. Beside the running front door, as another process would.

import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { Page } from 'playwright-core';
import type { Demo } from './start-demo.js';

const SUBMITTED_DEADLINE_MS = 10_000;

export interface FlowRow extends Disposable {
  /** What its page says is over, is over. */
  letTimePass(): void;
  /** What the last page was made for has only so much time left. */
  leaveCommand(leftMs: number): void;
  /** The organisation's settings are others than when it began. */
  changeSettings(): void;
  /** What is kept is no flow any more. */
  breakIt(): void;
  /** Resolves once what the person submitted is under way. */
  untilSubmitted(): Promise<void>;
}

/** All that anybody has set up was set up before that: whoever looks at it is asked whether it is still right. */
export function ageEveryMethod({ demo }: { readonly demo: Demo }, setUpBefore: { readonly days: number }): void {
  using database = openBeside(demo);
  const atMs = Date.now() - setUpBefore.days * 24 * 60 * 60_000;
  database.prepare('update registered_methods set set_up_at_ms = ?').run(atMs);
}

function openBeside(demo: Demo): DatabaseSync {
  const file = join(demo.places.folder, 'front-door', 'data', 'front-door.sqlite');
  return new DatabaseSync(file, { timeout: 5_000 });
}

export async function flowRowOf({ demo }: { readonly demo: Demo }, page: Page): Promise<FlowRow> {
  const supportId = await page.locator('.footer code').innerText();
  const database = openBeside(demo);
  const where = `where flow ->> 'supportId' = ?`;
  const { session_hash: session } = database.prepare(`select session_hash from flows ${where}`).get(supportId) ?? {};
  if (typeof session !== 'string') throw new Error(`no flow has the support id ${supportId}`);
  const set = (flow: string, ...values: SQLInputValue[]) =>
    void database.prepare(`update flows set flow = ${flow} where session_hash = ?`).run(...values, session);
  const stage = () =>
    database.prepare(`select flow ->> '$.stage.kind' as kind from flows where session_hash = ?`).get(session)?.kind;
  return {
    letTimePass: () => set(`json_set(flow, '$.expiresAtMs', ?)`, Date.now() - 1),
    leaveCommand: (leftMs) => set(`json_set(flow, '$.stage.command.notAfterMs', ?)`, Date.now() + leftMs),
    changeSettings: () => set(`json_set(flow, '$.settings', 'others')`),
    breakIt: () => set(`'{}'`),
    untilSubmitted: async () => {
      const deadline = performance.now() + SUBMITTED_DEADLINE_MS;
      while (stage() !== 'submitted') {
        if (performance.now() > deadline) throw new Error(`nothing was submitted; the flow is at ${stage()}`);
        await page.waitForTimeout(20);
      }
    },
    [Symbol.dispose]: () => database.close(),
  };
}
