import { chromium, type Browser, type BrowserContext, type Page, type Response } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { catalogueOnDisk } from '../../src/platform/i18n/catalogue-on-disk.ts';
import { languages, tongues, type Language } from '../../src/platform/i18n/languages.ts';
import { speaker, type Speech } from '../../src/platform/i18n/speech.ts';
import { judgement } from './judging.ts';
import { sidewaysOffences } from './page-probes.ts';
import { signIn, type Inhabitant } from './person.ts';

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
  /** Who walks, when the journey says `as`. */
  readonly person: Inhabitant | null;
}

interface Round {
  readonly languages?: readonly Language[];
  readonly widths?: readonly number[];
  readonly scripts?: readonly boolean[];
  /** Only the quickest judges look at each page. */
  readonly brief?: boolean;
  /** Who walks: someone new who is signed in, for each way anew. The file joins the database with `houseDatabase()`. */
  readonly as?: () => Promise<Inhabitant>;
}

let shared: Promise<Browser> | undefined;

/** One way to the browser for all files of a worker, which ends with the worker. */
async function ourBrowser(): Promise<Browser> {
  const there = await shared;
  if (there?.isConnected()) return there;
  shared = chromium.connect(inject('chromiumAddress'));
  return shared;
}

/** Notes everything a page must not do: speak to others, break its own policy, err. */
function watch(context: BrowserContext, home: string): string[] {
  const wrongs: string[] = [];
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (/^https?:$/.test(protocol) && origin !== home) wrongs.push(`asks ${request.url()} of another house`);
  });
  context.on('console', (line) => {
    // A page that is missing or refuses on purpose says so in its status, and Chromium tells so.
    const expected = /status of (40[0349]|413|415|422|429)/.test(line.text());
    if (line.type() === 'error' && !expected) wrongs.push(`console: ${line.text()}`);
  });
  context.on('weberror', (error) => wrongs.push(`error in the page: ${error.error().message}`));
  return wrongs;
}

/** What every page owes its reader, whatever it is about: its width, its language, its title, and the way to itself in another language. */
async function everyPageOffences(page: Page, language: Language): Promise<string[]> {
  const others = languages.filter((each) => each !== language);
  return [
    ...(await page.evaluate(sidewaysOffences)),
    ...(await page.evaluate(
      ({ language, direction, others }) => {
        const root = document.documentElement;
        const same = location.pathname.replace(/^\/[a-z]{2}(?=\/|$)/, '');
        return [
          ...(root.lang === language ? [] : [`lang is ${root.lang}`]),
          ...(root.dir === direction ? [] : [`dir is ${root.dir}`]),
          ...(document.title.trim() ? [] : ['the page has no title']),
          ...others
            .filter((other) => !document.querySelector(`a[hreflang="${other}"][href^="/${other}${same}"]`))
            .map((other) => `no way to this page in ${other}`),
        ];
      },
      { language, direction: tongues[language].direction, others },
    )),
  ];
}

const everyWay = process.env.STEPPINGSTONES_EVERY_WAY === '1';

type Way = Pick<Walk, 'language' | 'width' | 'script'>;

/** One language of each script; where a story is told in all eight, these are walked before every change. */
const scriptsOfTheHouse: readonly Language[] = ['nl', 'ar', 'ti', 'uk'];

/**
 * The ways that are walked before every change: a phone in each language with the first choice of script, where the judges look, and the
 * last language on the last width with the last choice of script. `npm run drills -- journeys` walks every way.
 */
function waysOf(round: Round): Way[] {
  const { languages: spoken = ['nl', 'ar'], widths = [360, 1280], scripts = [false, true] } = round;
  const ways = spoken.flatMap((language) =>
    widths.flatMap((width) => scripts.map((script) => ({ language, width, script }))),
  );
  const first = spoken.length > 4 ? scriptsOfTheHouse : spoken;
  const soon = ({ language, width, script }: Way) =>
    (width === widths[0] && script === scripts[0] && first.includes(language)) ||
    (language === spoken.at(-1) && width === widths.at(-1) && script === scripts.at(-1));
  return everyWay ? ways : ways.filter(soon);
}

/** A story that a reader lives through, told for languages, widths and with script on and off. */
export function journey(title: string, live: (walk: Walk) => Promise<void>, round: Round = {}): void {
  const ways = waysOf(round);
  describe(title, () => {
    const home = inject('journeyUrl');
    test.each(ways)('in $language at $width px, script: $script', async ({ language, width, script }) => {
      const browser = await ourBrowser();
      const context = await browser.newContext({
        viewport: { width, height: 780 },
        javaScriptEnabled: script,
        locale: language,
      });
      const wrongs = watch(context, home);
      try {
        context.setDefaultTimeout(60_000);
        const person = (await round.as?.()) ?? null;
        if (person) await signIn(context, person);
        const page = await context.newPage();
        const say = speaker(language, await catalogueOnDisk('messages'));
        const deeply =
          !round.brief && width <= 360 && (everyWay || language === (round.languages?.[0] ?? 'nl'));
        const look = async (status = 200) => {
          const offences = await everyPageOffences(page, language);
          // Where script runs the judges stay home: it adds nothing to see, and the page keeps its policy on content.
          const judges = script ? [] : await judgement(browser, page, { status, language, width, deeply });
          const told = [...offences, ...judges];
          expect.soft(told, `${page.url()} at ${width} px:\n${told.join('\n')}\n`).toEqual([]);
        };
        const open = async (path: string, status = 200) => {
          const response = await page.goto(`${home}/${language}${path === '/' ? '' : path}`);
          if (!response) throw new Error(`${path} did not answer.`);
          expect(response.status(), path).toBe(status);
          await look(status);
          return response;
        };
        const follow = async (deed: () => Promise<unknown>) => {
          await Promise.all([page.waitForEvent('load'), deed()]);
          await look();
        };
        await live({ page, language, width, script, say, open, follow, person });
        expect(wrongs, wrongs.join('\n')).toEqual([]);
      } finally {
        await context.close();
      }
    });
  });
}
