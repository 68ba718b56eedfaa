import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import { catalogueOnDisk } from '../../src/platform/i18n/catalogue-on-disk.ts';
import type { MessageKey } from '../../src/platform/i18n/keys.ts';
import type { Language } from '../../src/platform/i18n/languages.ts';
import { speaker, type Speech } from '../../src/platform/i18n/speech.ts';

const home = () => inject('journeyUrl');

/** Someone who takes part: a browser of their own, in their own language. */
export class Someone {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly language: Language;
  readonly say: Speech;
  private constructor(context: BrowserContext, page: Page, language: Language, say: Speech) {
    this.context = context;
    this.page = page;
    this.language = language;
    this.say = say;
  }
  static async with(
    browser: Browser,
    language: Language,
    { script = true, width = 360 } = {},
  ): Promise<Someone> {
    const context = await browser.newContext({
      viewport: { width, height: 780 },
      javaScriptEnabled: script,
      locale: language,
    });
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    return new Someone(context, page, language, speaker(language, await catalogueOnDisk('messages')));
  }
  go(path: string) {
    return this.page.goto(`${home()}/${this.language}${path}`);
  }
  button(key: MessageKey, values?: Record<string, string | number>) {
    return this.page.getByRole('button', { name: this.say(key, values), exact: true }).first();
  }
  text() {
    return this.page.locator('main').innerText();
  }
  hears(words: string) {
    return expect.poll(async () => (await this.text()).includes(words), { timeout: 20_000 }).toBe(true);
  }
  async comesIn(code: string, called: string): Promise<void> {
    await this.go(`/join/${code}`);
    await this.page.getByLabel(this.say('room.join.called')).fill(called);
    await this.button('room.join.do').click();
    await this.page.waitForURL(/\/room\//);
  }
  async says(code: string, words: string): Promise<void> {
    await this.page.locator('#say-text').fill(words);
    await this.button('said.do').click();
    await this.hears(words);
    expect(new URL(this.page.url()).pathname).toBe(`/${this.language}/room/${code}`);
  }
  /** Answers what is on top with this word, and waits until the next is there. */
  async votes(word: 'agree' | 'disagree' | 'pass', times: number): Promise<void> {
    for (let at = 0; at < times; at++) {
      const card = this.page.locator('[data-vote-card]:visible').first();
      const key = (await card.getAttribute('data-key')) ?? '';
      await card.locator(`button[value="${word}"]`).click();
      await this.page.locator(`[data-vote-card][data-key="${key}"]:visible`).waitFor({ state: 'hidden' });
    }
  }
}
