// What a walk through the pages has at hand: the demo, its agent, one browser for everybody in turn, and whoever looks. Knows no page.

import type { Page } from 'playwright-core';
import type { DemoAgent } from '../demonstration/demo-agent.js';
import { PersonAtBrowser } from '../demonstration/person-at-browser.js';
import type { Demo } from '../demonstration/start-demo.js';

export interface Tour {
  readonly demo: Demo;
  readonly agent: DemoAgent;
  readonly page: Page;
  /** What comes next is somebody else. */
  clearCookies(): Promise<void>;
  /** At a page that can be asked for by its address. */
  look(name: string): Promise<void>;
  /** At a page that only something posted leads to; `reach` does so, from an empty page. */
  lookAtAnswer(name: string, reach: (page: Page) => Promise<void>): Promise<void>;
}

/** Somebody else, of whom the browser knows nothing yet. */
export async function nextPerson({ page, demo, clearCookies }: Tour): Promise<PersonAtBrowser> {
  await clearCookies();
  return new PersonAtBrowser(page, demo.sink);
}
