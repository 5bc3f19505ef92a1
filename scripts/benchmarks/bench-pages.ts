// `bench pages`: Lighthouse on every page that people can meet, of the demo's front door with its directory, agent and mail, on a slow phone
// and at a desk. A page that misses the aim is looked at as often as there are rounds, and its median counts. A catalogue of headings says
// whether every page was met.

import { dirname, join } from 'node:path';
import { CHROMIUM } from '../demonstration/check-demo.js';
import { demoAgent } from '../demonstration/demo-agent.js';
import { everyHeading } from '../demonstration/every-heading.js';
import { frontDoorSettingsFile } from '../demonstration/settings-files.js';
import { startDemo } from '../demonstration/start-demo.js';
import { freePorts } from '../lab/free-ports.js';
import { LabFailure } from '../lab/lab-failure.js';
import { runCommand } from '../lab/run-command.js';
import type { BenchOptions } from './bench-options.js';
import { visitEveryPage } from './every-page.js';
import { describeMachine } from './machine.js';
import { type Destination, openPageBrowser } from './page-browser.js';
import { isBelowAim, medianOf, type PageScores, type PagesVerdict, pageScoreLines, verdictOf } from './page-scores.js';

const FORM_FACTORS = ['mobile', 'desktop'] as const;

export interface PagesReport extends PagesVerdict {
  readonly machine: readonly string[];
  readonly pages: readonly PageScores[];
}

export async function benchPages({ folder, rounds, onStep }: BenchOptions): Promise<PagesReport> {
  await using stack = new AsyncDisposableStack();
  const [port = 0, mailPort = 0] = await freePorts('127.0.0.1', 2);
  const demo = await startDemo({ folder: join(folder, 'demo'), port, mailPort, onStep, stack });
  const agent = stack.use(demoAgent(demo));
  const browser = stack.use(
    await openPageBrowser({
      profileFolder: join(folder, 'profile'),
      certificateFile: join(dirname(frontDoorSettingsFile(demo.places)), 'certificate.pem'),
    }),
  );
  const { page, clearCookies } = browser;
  const pages: PageScores[] = [];
  const headings = new Set<string>();
  const lookAt = async (name: string, destination: Destination) => {
    onStep(`Looking at: ${name}`);
    headings.add(await page.getByRole('heading', { level: 1 }).innerText());
    for (const formFactor of FORM_FACTORS) {
      const looks = [await browser.score(name, formFactor, destination)];
      while (looks.some(isBelowAim) && looks.length < rounds) {
        onStep(`Looking again at: ${name}, ${formFactor}`);
        looks.push(await browser.score(name, formFactor, destination));
      }
      pages.push(medianOf(looks));
    }
  };
  await visitEveryPage({
    demo,
    agent,
    page,
    clearCookies,
    look: (name) => lookAt(name, { url: page.url() }),
    lookAtAnswer: async (name, reach) => {
      await page.goto('about:blank');
      await Promise.all([page.waitForEvent('load'), reach(page)]);
      await lookAt(name, { url: page.url(), reach });
    },
  });
  const missed = [...everyHeading()].filter((heading) => !headings.has(heading));
  if (missed.length > 0) throw new LabFailure(`no page was looked at with the heading: ${missed.join('; ')}`);
  return { machine: [...(await describeMachine()), await chromiumVersion()], pages, ...verdictOf(pages) };
}

export function pagesReportLines({ machine, pages }: PagesReport): string[] {
  return [
    `Lighthouse on every page of the flow, with a fresh cache; what is loaded is shown compressed, with headers.`,
    `${machine.join(', ')}.`,
    '',
    ...pageScoreLines(pages),
  ];
}

async function chromiumVersion(): Promise<string> {
  return (await runCommand(CHROMIUM.executablePath, ['--version'])).trim();
}
