// Whoever has no mouse: goes on by Tab until what they look for has the focus, and sees at every stop where they are.

import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** The security info has a button or two for each way. */
const STOPS_MAX = 40;

/** Presses Tab until what has this label or text has the focus, and checks at every stop that it can be seen. */
export async function tabTo(page: Page, name: string): Promise<void> {
  const met: string[] = [];
  while (met.length < STOPS_MAX) {
    await page.keyboard.press('Tab');
    const now = await nameOfFocused(page);
    expect(await isFocusShown(page), `the focus on "${now}"`).toBe(true);
    if (now === name) return;
    met.push(now);
  }
  throw new Error(`Tab never came to "${name}", but to: ${met.join(', ')}`);
}

export async function enter(page: Page): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
}

export const nameOfFocused = (page: Page) =>
  page.evaluate(() => {
    const focused = document.activeElement;
    const isField = focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement;
    const label = isField ? focused.labels?.[0] : focused;
    return label?.textContent?.trim() ?? '';
  });

/** A ring around the thing itself, or around the box it stands in. */
const isFocusShown = (page: Page) =>
  page.evaluate(() => {
    const focused = document.activeElement;
    return [focused, focused?.closest('.choice')].some(
      (each) => each && getComputedStyle(each).outlineStyle !== 'none',
    );
  });
