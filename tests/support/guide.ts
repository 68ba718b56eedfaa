import { readFile } from 'node:fs/promises';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { signIn, type Inhabitant } from './person.ts';

/** One part of a guide: its name, every word of the house that it names, and those of each numbered step. */
interface Part {
  readonly title: string;
  readonly names: readonly string[];
  readonly steps: readonly (readonly string[])[];
}

const plain = (text: string) => text.replace(/[’‘]/g, "'").replace(/\s+/g, ' ').trim();
const namesIn = (text: string) =>
  [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, words]) => plain(words ?? ''));

/** The parts of a guide as it lies on disk. */
async function partsOf(path: string): Promise<Part[]> {
  const [, ...parts] = (await readFile(path, 'utf8')).split(/^## /m);
  return parts.map((part) => {
    const [title = '', ...lines] = part.split('\n');
    const words = lines.join('\n');
    return {
      title,
      names: namesIn(words),
      steps: words
        .split(/^\d+\. /m)
        .slice(1)
        .map(namesIn),
    };
  });
}

/** Someone who does what a guide says, by the names it gives, on a phone without script. */
export class Follower {
  readonly page: Page;
  readonly language: 'nl' | 'en';
  readonly person: Inhabitant | null;
  #met = '';
  constructor(page: Page, language: 'nl' | 'en', person: Inhabitant | null) {
    this.page = page;
    this.person = person;
    this.language = language;
  }

  async open(path: string): Promise<void> {
    const answer = await this.page.goto(`${inject('journeyUrl')}/${this.language}${path}`);
    expect(answer?.status(), path).toBe(200);
    await this.look();
  }

  /** Presses a button, follows a link or unfolds what is called so, and looks at what comes. */
  async press(name: string | undefined): Promise<void> {
    const called = { name: this.#like(name), exact: true };
    const ways = (within: Page | Locator) =>
      within
        .getByRole('button', called)
        .or(within.getByRole('link', called))
        .filter({ visible: true })
        .first();
    // At the desk its own ways come before those of the street.
    const atDesk = /^\/\w\w\/desk(?:\/|$)/.test(new URL(this.page.url()).pathname);
    const inMain = ways(this.page.locator('main'));
    const way = atDesk && (await inMain.count()) ? inMain : ways(this.page);
    if (await way.count()) await Promise.all([this.page.waitForEvent('load'), way.click()]);
    else
      await this.page
        .locator('summary', { hasText: this.#like(name) })
        .first()
        .click();
    await this.look();
  }

  /** What can be filled in under this name. */
  field(name: string | undefined): Locator {
    return this.page
      .getByLabel(this.#like(name))
      .and(this.page.locator('input, select, textarea'))
      .filter({ visible: true })
      .first();
  }

  /** Takes in all that can be read or heard on the page. */
  async look(): Promise<void> {
    this.#met += plain(
      await this.page.evaluate(() =>
        [
          document.body.textContent,
          ...[...document.querySelectorAll('[aria-label]')].map((each) => each.getAttribute('aria-label')),
        ].join('\n'),
      ),
    );
  }

  /** What this part of the guide names and nobody met who followed it. */
  leave({ names }: Part): string[] {
    const unmet = names.filter((name) => !this.#met.includes(name));
    this.#met = '';
    return unmet;
  }

  #like(name = ''): RegExp {
    const words = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/'/g, "['’‘]");
    return new RegExp(`^\\s*${words}`);
  }
}

/** What is done at each numbered step, given the words that the step names. */
export type Deed = (who: Follower, names: readonly string[]) => Promise<unknown>;

/**
 * Follows a guide part by part: as many deeds as the part has numbered steps, and one where it has none. Afterwards every word that the
 * part names was met in the house. Answers the parts that do not hold, with why.
 */
async function follow(who: Follower, guide: string, parts: readonly (readonly Deed[])[]): Promise<string[]> {
  const told = await partsOf(`docs/guide/${who.language}/${guide}.md`);
  if (told.length !== parts.length)
    return [`${guide} has ${told.length} parts, ${parts.length} are followed`];
  const wrongs: string[] = [];
  for (const [at, part] of told.entries()) {
    const deeds = parts[at] ?? [];
    if (part.steps.length > 0 && part.steps.length !== deeds.length)
      wrongs.push(`${part.title}: ${part.steps.length} steps, ${deeds.length} are tried`);
    try {
      for (const [number, deed] of deeds.entries()) await deed(who, part.steps[number] ?? part.names);
    } catch (error) {
      wrongs.push(`${part.title}: ${String(error).slice(0, 400)} at ${who.page.url()}`);
    }
    await who.look();
    const unmet = who.leave(part);
    if (unmet.length > 0) wrongs.push(`${part.title}: nowhere met ${unmet.join(', ')}`);
  }
  return wrongs;
}

export const look: Deed = (who) => who.look();
export const begin: Deed = (who) => who.open('/');
export const inTurn =
  (...deeds: readonly Deed[]): Deed =>
  async (who, names) => {
    for (const deed of deeds) await deed(who, names);
  };
/** Chooses the way with the name that stands at this place in the step. */
export const press =
  (at: number): Deed =>
  (who, names) =>
    who.press(names[at]);
export const open =
  (path: string): Deed =>
  (who) =>
    who.open(path);
export const fill =
  (at: number, value: string): Deed =>
  (who, names) =>
    who.field(names[at]).fill(value);

/** Does what has no name, and looks at where it led. */
export const does =
  (deed: (who: Follower) => Promise<unknown>): Deed =>
  async (who) => {
    await deed(who);
    await who.look();
  };
export const goes = (who: Follower, selector: string) =>
  Promise.all([who.page.waitForEvent('load'), who.page.locator(selector).first().click()]);
export const reads = async (who: Follower, path: string, told: string) => {
  const answer = await who.page.request.get(`${inject('journeyUrl')}${path}`);
  expect(answer.status(), path).toBe(200);
  expect(await answer.text(), path).toContain(told);
};

export interface Guide {
  /** What it is called in docs/guide/nl. */
  readonly nl: string;
  readonly en: string;
  readonly as?: () => Promise<Inhabitant>;
  /** For each part of the guide the deeds of its steps. */
  readonly parts: readonly (readonly Deed[])[];
}

/** Walks these guides in Dutch and in English, each as a test of its own; the calling file joins the database of the house. */
export function tryGuides(guides: readonly Guide[]): void {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.connect(inject('chromiumAddress'));
  });
  afterAll(() => browser.close());
  const walks = guides.flatMap((guide) =>
    (['nl', 'en'] as const).map((language) => ({ ...guide, language })),
  );
  test.each(walks)(
    'whoever follows the guide of the $en finds every step as it says, in $language',
    async (walk) => {
      const context = await browser.newContext({
        viewport: { width: 360, height: 780 },
        javaScriptEnabled: false,
      });
      try {
        context.setDefaultTimeout(30_000);
        const person = (await walk.as?.()) ?? null;
        if (person) await signIn(context, person);
        const who = new Follower(await context.newPage(), walk.language, person);
        expect(await follow(who, walk[walk.language], walk.parts)).toEqual([]);
      } finally {
        await context.close();
      }
    },
  );
}
