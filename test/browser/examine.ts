// What every screen owes everybody, looked at on the page as it stands: axe finds nothing in either theme nor in forced colours, nothing
// moves for whoever asks for that, and nothing is wider than a small phone, nor with text of twice the size on a phone or a desk, nor on the
// largest of screens. Remembers which screens were seen, and takes their pictures when asked to.

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { takePictures } from './pictures.js';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const CONTRAST = ['color-contrast'];
/** WCAG 2.2, 1.4.10: 320 CSS pixels; and the commonest small phone. */
const NARROW_PX = [320, 360] as const;
/** A page on a slow phone: with everything it needs. */
const BYTES_MAX = 60 * 1024;
const WIDE = { width: 1280, height: 800 } as const;
const PHONE = { width: 360, height: 640 } as const;
const LARGEST = { width: 3840, height: 2160 } as const;

type AxeResults = Awaited<ReturnType<AxeBuilder['analyze']>>;

/** Headings of the screens that were examined, in English. */
export const seenHeadings = new Set<string>();

/** `name`: kebab-case, unique to this state of this screen; the pictures' name. */
export async function examine(page: Page, name: string): Promise<void> {
  const isEnglish = (await page.locator('html').getAttribute('lang')) === 'en';
  const heading = await page.getByRole('heading', { level: 1 }).innerText();
  const isNew = isEnglish && !seenHeadings.has(heading);
  if (isEnglish) seenHeadings.add(heading);
  for (const width of NARROW_PX) {
    await page.setViewportSize({ width, height: 640 });
    expect(await tooWide(page), `${name} at ${width} px`).toEqual([]);
  }
  await page.setViewportSize(LARGEST);
  expect(await tooWide(page), `${name} on the largest of screens`).toEqual([]);
  // WCAG 2.2, 1.4.4: text alone, as a browser's own setting makes it.
  await sizeText(page, '200%');
  for (const size of [PHONE, WIDE]) {
    await page.setViewportSize(size);
    expect(await tooWide(page), `${name} with text of twice the size, at ${size.width} px`).toEqual([]);
  }
  await sizeText(page, '');
  expect(await weighs(page), `${name}, with all that it loads`).toBeLessThanOrEqual(BYTES_MAX);
  const inLight = await new AxeBuilder({ page }).setLegacyMode(true).withTags(RULES).analyze();
  expect(inLight.violations.map(inWords), `axe on ${name}`).toEqual([]);
  // All rules take four times as long as the one that other colours mostly break: they are for a screen's first state.
  const rules = isNew ? RULES : CONTRAST;
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  // What was under way when that was asked for comes to its end.
  await expect.poll(() => moving(page), { message: `${name} where motion is to be reduced`, interval: 20 }).toEqual([]);
  expect(await violations(page, rules), `axe on ${name}, dark`).toEqual([]);
  await page.emulateMedia({ forcedColors: 'active' });
  expect(await violations(page, rules), `axe on ${name}, forced colours`).toEqual([]);
  await page.emulateMedia({ forcedColors: null });
  await takePictures(page, name);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: null });
}

/** By the axe that the look before left on the page: it is half a megabyte, and brought in once. `rules`: their names or tags. */
async function violations(page: Page, rules: readonly string[]): Promise<readonly string[]> {
  await settled(page);
  const { violations: found } = await page.evaluate<AxeResults>(`axe.run({ runOnly: ${JSON.stringify(rules)} })`);
  return found.map(inWords);
}

/** What goes on moving, or would when it is touched, for whoever has asked for less of that. */
function moving(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const running = document.getAnimations().map(({ id, playState }) => `an animation ${id} is ${playState}`);
    const touched = [...document.querySelectorAll('body *')].filter((each) =>
      [undefined, '::before', '::after'].some((part) => {
        const { transitionDuration, animationName } = getComputedStyle(each, part);
        return animationName !== 'none' || transitionDuration.split(', ').some((each) => each !== '0s');
      }),
    );
    return [...running, ...touched.map(({ tagName, className }) => `${tagName} ${className} moves`)];
  });
}

/** Resolves once new colours are painted, and none is on its way to another: half-way, axe would judge what nobody reads. */
function settled(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const painted = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await painted();
    await painted();
    await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined)));
  });
}

/** `size`: of the root's font, from which every other is taken; empty: the page's own. */
async function sizeText(page: Page, size: string): Promise<void> {
  await page.evaluate((given) => {
    document.documentElement.style.fontSize = given;
  }, size);
}

/** Bytes as they came over the network, kept from an earlier page or not. */
function weighs(page: Page): Promise<number> {
  return page.evaluate(() => {
    const loaded = [
      ...performance.getEntriesByType('navigation'),
      ...performance.getEntriesByType('resource'),
    ] as PerformanceResourceTiming[];
    return loaded.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
  });
}

/** What stands out of the window, and the page itself if it scrolls sideways. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const out = [...document.querySelectorAll('body *')].filter((each) => {
      const { right, width } = each.getBoundingClientRect();
      return width > 1 && right > clientWidth + 0.5;
    });
    return [
      ...(scrollWidth > clientWidth ? [`the page is ${scrollWidth} px wide`] : []),
      ...out.map(({ tagName, className }) => `${tagName} ${className}`),
    ];
  });
}

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

function inWords({ id, help, nodes }: Violation): string {
  return `${id}: ${help}: ${nodes.map(({ html, failureSummary = '' }) => `${html} ${failureSummary}`).join(' ')}`;
}
