import { chromium, type Browser, type BrowserContext, type Page, type Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { catalogueOnDisk } from '../../src/platform/i18n/catalogue-on-disk.ts';
import { languages, tongues, type Language } from '../../src/platform/i18n/languages.ts';
import { speaker, type Speech } from '../../src/platform/i18n/speech.ts';
import { glance, inspect } from './inspection.ts';
import { sidewaysOffences } from './page-probes.ts';

export interface Walk {
  readonly page: Page;
  readonly language: Language;
  readonly width: number;
  /** Whether the reader's browser runs script. */
  readonly script: boolean;
  /** The texts of the house in the reader's language. */
  readonly say: Speech;
  /** Opens a page of the reader's language, such as '/initiatives?near=Arnhem', and looks at it; expects this status. */
  open(path: string, status?: number): Promise<Response>;
  /** Does something that leads to another page, and looks at where it led. */
  follow(deed: () => Promise<unknown>): Promise<void>;
}

interface Round {
  readonly languages?: readonly Language[];
  readonly widths?: readonly number[];
  readonly scripts?: readonly boolean[];
  /** Only the quickest judges look at each page. */
  readonly brief?: boolean;
}

// The same address looks the same to the judges, whatever way led to it.
const judged = new Map<string, Promise<string[]>>();

/** Notes everything a page must not do: speak to others, break its own policy, err. */
function watch(context: BrowserContext, home: string): string[] {
  const wrongs: string[] = [];
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (/^https?:$/.test(protocol) && origin !== home) wrongs.push(`asks ${request.url()} of another house`);
  });
  context.on('console', (line) => {
    // A page that is missing on purpose answers 404, and Chromium tells so.
    const expected = /status of 40[04]/.test(line.text());
    if (line.type() === 'error' && !expected) wrongs.push(`console: ${line.text()}`);
  });
  context.on('weberror', (error) => wrongs.push(`error in the page: ${error.error().message}`));
  return wrongs;
}

async function everyPageOffences(page: Page, language: Language): Promise<string[]> {
  const found: string[] = await page.evaluate(sidewaysOffences);
  const root = page.locator('html');
  if ((await root.getAttribute('lang')) !== language)
    found.push(`lang is ${await root.getAttribute('lang')}`);
  if ((await root.getAttribute('dir')) !== tongues[language].direction)
    found.push(`dir is ${await root.getAttribute('dir')}`);
  if (!(await page.title()).trim()) found.push('the page has no title');
  const { pathname } = new URL(page.url());
  const same = pathname.replace(/^\/[a-z]{2}(?=\/|$)/, '');
  for (const other of languages.filter((each) => each !== language)) {
    const link = page.locator(`a[hreflang="${other}"][href^="/${other}${same}"]`);
    if ((await link.count()) === 0) found.push(`no way to this page in ${other}`);
  }
  return found;
}

/** A story that a reader lives through, told once for each language, width and with script on and off. */
export function journey(title: string, live: (walk: Walk) => Promise<void>, round: Round = {}): void {
  const ways = (round.languages ?? ['nl', 'ar']).flatMap((language) =>
    (round.widths ?? [360, 1280]).flatMap((width) =>
      (round.scripts ?? [false, true]).map((script) => ({ language, width, script })),
    ),
  );
  describe(title, () => {
    const home = inject('journeyUrl');
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.connect(inject('chromiumAddress'));
    });
    afterAll(() => browser.close());
    test.each(ways)('in $language at $width px, script: $script', async ({ language, width, script }) => {
      const context = await browser.newContext({
        viewport: { width, height: 780 },
        javaScriptEnabled: script,
        locale: language,
      });
      const wrongs = watch(context, home);
      try {
        const page = await context.newPage();
        const say = speaker(language, await catalogueOnDisk('messages'));
        const look = async () => {
          const offences = await everyPageOffences(page, language);
          const key = `${page.url()} ${width}`;
          const judgement = judged.get(key) ?? (round.brief ? glance : inspect)(browser, page.url(), width);
          judged.set(key, judgement);
          const told = [...offences, ...(await judgement)];
          expect.soft(told, `${page.url()} at ${width} px:\n${told.join('\n')}\n`).toEqual([]);
        };
        const open = async (path: string, status = 200) => {
          const response = await page.goto(`${home}/${language}${path === '/' ? '' : path}`);
          if (!response) throw new Error(`${path} did not answer.`);
          expect(response.status(), path).toBe(status);
          await look();
          return response;
        };
        const follow = async (deed: () => Promise<unknown>) => {
          await Promise.all([page.waitForEvent('load'), deed()]);
          await look();
        };
        await live({ page, language, width, script, say, open, follow });
        expect(wrongs, wrongs.join('\n')).toEqual([]);
      } finally {
        await context.close();
      }
    });
  });
}
