// A person at the front door's pages in a real browser: does what the words on the page say, and nothing a person cannot.
// Used by the demo's check and by the browser tests, so that both walk the same way. Throws with what the page said instead.

import type { Page } from 'playwright-core';
import type { MailSink } from '../lab/mail-sink.js';
import { answerQuestion } from './answer-question.js';

const MAIL_DEADLINE_MS = 15_000;

export class PersonAtBrowser {
  readonly page: Page;
  readonly #sink: MailSink;

  constructor(page: Page, sink: MailSink) {
    this.page = page;
    this.#sink = sink;
  }

  /** From the first page to what follows the user ID: returns the heading met. */
  async sayWhoIAm(publicUrl: string, userId: string): Promise<string> {
    await this.page.goto(`${publicUrl}/`);
    await this.press(/Can’t access your account/);
    await this.answerStart(userId);
    return this.heading();
  }

  /** Fills in the first form, with the question in words. */
  async answerStart(userId: string): Promise<void> {
    const useWords = this.page.getByRole('button', { name: /question in words/ });
    if ((await useWords.count()) > 0) await this.press(/question in words/);
    await this.page.getByLabel('Email address or username').fill(userId);
    await this.page.locator('input[name=answer]').fill(await this.answerInWords());
    await this.press('Next');
  }

  /** What the person would type for the question on the page. */
  async answerInWords(): Promise<string> {
    return answerQuestion(await this.#questionOf(this.page.locator('input[name=answer]')));
  }

  async chooseTrouble(trouble: 'forgot' | 'unlock'): Promise<void> {
    await this.#choose(trouble === 'forgot' ? /I forgot my password/ : /I know my password/);
    await this.press('Next');
  }

  /** Chooses the way where there is a choice. */
  async chooseMethod(name: RegExp): Promise<void> {
    await this.#choose(name);
    await this.press('Next');
  }

  /** Reads the newest code sent to this address since `after` mails, and enters it. */
  async enterMailedCode(address: string, after: number): Promise<void> {
    await this.enterCode(await this.mailedCode(address, after));
  }

  async mailedCode(address: string, after: number): Promise<string> {
    const deadline = performance.now() + MAIL_DEADLINE_MS;
    for (;;) {
      const mail = this.#sink.mails.findLast((each) => each.number > after && each.to === address);
      const code = /\b(\d{3})\s?(\d{3})\b/.exec(mail?.text ?? '');
      if (code !== null) return `${code[1]}${code[2]}`;
      if (performance.now() > deadline) throw new Error(`no code was mailed to ${address}`);
      await this.page.waitForTimeout(50);
    }
  }

  /** Of the newest mail to this address since `after` mails that has one: where to say "it wasn't me". */
  async mailedLink(address: string, after: number): Promise<string> {
    const deadline = performance.now() + MAIL_DEADLINE_MS;
    for (;;) {
      const texts = this.#sink.mails
        .filter((each) => each.number > after && each.to === address)
        .map(({ text }) => text);
      const link = /https:\/\/\S+\/not-me\/\S+/.exec(texts.toReversed().join('\n'))?.[0];
      if (link !== undefined) return link;
      if (performance.now() > deadline) throw new Error(`no link was mailed to ${address}`);
      await this.page.waitForTimeout(50);
    }
  }

  async enterCode(code: string): Promise<void> {
    await this.page.getByLabel('Six-digit code').fill(code);
    await this.press('Verify');
  }

  async choosePassword(password: string): Promise<void> {
    await this.page.getByLabel('New password', { exact: true }).fill(password);
    await this.page.getByLabel('New password again').fill(password);
    await Promise.all([
      this.page.waitForEvent('load'),
      this.page.getByRole('button', { name: 'Change password' }).click(),
    ]);
  }

  async confirmUnlock(): Promise<void> {
    await this.press('Unlock my account');
  }

  /** The words beside the button are what one clicks. */
  async #choose(words: RegExp): Promise<void> {
    await this.page.locator('label', { hasText: words }).click();
  }

  heading(): Promise<string> {
    return this.page.getByRole('heading', { level: 1 }).innerText();
  }

  /** Presses a button or follows a link, and waits for the page it leads to. */
  async press(name: string | RegExp): Promise<void> {
    const called = { name, exact: true };
    const target = this.page.getByRole('button', called).or(this.page.getByRole('link', called));
    await Promise.all([this.page.waitForEvent('load'), target.click()]);
  }

  /** The question is the field's label or stands before it. */
  async #questionOf(field: ReturnType<Page['locator']>): Promise<string> {
    const form = await field.locator('xpath=ancestor::form').innerText();
    const line = form.split('\n').find((each) => /^(Which|What|How)\b.*\?/.test(each.trim()));
    if (line === undefined) throw new Error('there is no question on the page');
    return line.trim();
  }
}
