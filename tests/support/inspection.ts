import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import * as probes from './page-probes.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const mostStops = 60;

async function axeOffences(page: Page, only?: readonly string[]): Promise<string[]> {
  const found = await page.evaluate(
    async (rules) => {
      const judge = (globalThis as { axe?: { run(where: Document, how: object): Promise<AxeResults> } }).axe;
      if (!judge) throw new Error('axe was not let in.');
      return judge.run(document, {
        resultTypes: ['violations'],
        ...(rules ? { runOnly: rules } : { rules: { 'target-size': { enabled: true } } }),
      });
    },
    only && [...only],
  );
  return found.violations.map(
    ({ id, help, nodes }) => `axe ${id}: ${help} (${nodes.length}x, ${nodes[0]?.html.slice(0, 160)})`,
  );
}

/** Walks the page with Tab as far as 60 stops, and tells every stop that cannot be seen. */
async function focusOffences(page: Page): Promise<string[]> {
  const stops: { mark: number; stop: NonNullable<ReturnType<typeof probes.lookOfTheFocus>> }[] = [];
  for (let mark = 0; mark < mostStops; mark++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(probes.lookOfTheFocus, mark);
    if (!stop) break;
    stops.push({ mark, stop });
  }
  const rest = await page.evaluate(probes.looksAtRest);
  return [
    ...(stops.length === 0 ? ['nothing on the page can be reached with Tab'] : []),
    ...stops
      .filter(({ mark, stop }) => rest[mark] === stop.look)
      .map(({ stop }) => `the focus on '${stop.name}' cannot be seen`),
    ...stops
      .filter(({ stop }) => stop.hidden)
      .map(({ stop }) => `'${stop.name}' lies under something while it has the focus`),
  ];
}

/** A page by its address, or as it was seen there: what only its reader gets to see, or the answer to what they sent. */
export type Seen = string | { readonly url: string; readonly html: string };

interface Room {
  readonly page: Page;
  /** What is shown at an address in this room instead of what the house would answer now. */
  shown: { readonly url: string; readonly html: string } | null;
}

type Look = { readonly width: number; readonly reducedMotion: 'reduce' | 'no-preference' };

// To open a page takes longer than to look at it, so that what was looked at makes room for the next.
const rooms = new WeakMap<Browser, Map<string, Room[]>>();

async function openRoom(browser: Browser, { width, reducedMotion }: Look): Promise<Room> {
  const context = await browser.newContext({
    viewport: { ...phone, width },
    bypassCSP: true,
    reducedMotion,
  });
  context.setDefaultTimeout(60_000);
  await context.addInitScript(axe);
  const room: Room = { page: await context.newPage(), shown: null };
  await room.page.route('**', (route) => {
    const request = route.request();
    return room.shown && request.isNavigationRequest() && request.url() === room.shown.url
      ? route.fulfill({ body: room.shown.html, contentType: 'text/html; charset=utf-8' })
      : route.continue();
  });
  return room;
}

/** Leaves nothing behind of what was looked at, nor of how. */
async function empty({ page }: Room, { width, reducedMotion }: Look): Promise<void> {
  await Promise.all([
    page.evaluate(() => {
      localStorage.clear();
      sessionStorage.clear();
    }),
    page.context().clearCookies(),
    page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', reducedMotion }),
    page.setViewportSize({ ...phone, width }),
  ]);
}

async function inRoom<Answer>(
  browser: Browser,
  look: Look,
  seen: Seen,
  work: (page: Page) => Promise<Answer>,
): Promise<Answer> {
  const all = rooms.get(browser) ?? new Map<string, Room[]>();
  rooms.set(browser, all);
  const key = JSON.stringify(look);
  const free = all.get(key) ?? [];
  all.set(key, free);
  const room = free.pop() ?? (await openRoom(browser, look));
  try {
    const { url, html = null } = typeof seen === 'string' ? { url: seen } : seen;
    // With another place on the same page the browser would stay where it is.
    const address = url.replace(/#.*$/, '');
    room.shown = html === null ? null : { url: address, html };
    await room.page.goto(address);
    const answer = await work(room.page);
    await empty(room, look);
    free.push(room);
    return answer;
  } catch (error) {
    await room.page.context().close();
    throw error;
  }
}

const phone = { width: 360, height: 780 };
// 400 % of a screen of 1280 x 1024.
const enlarged = { width: 320, height: 256 };
const spacing =
  '* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; line-height: 1.5 !important; } p { margin-block-end: 2em !important; }';

/** What the quickest judge finds that needs script in the page: axe. */
export function glance(browser: Browser, seen: Seen, width: number): Promise<string[]> {
  return inRoom(browser, { width, reducedMotion: 'no-preference' }, seen, (page) => axeOffences(page));
}

async function inTheDark(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'dark' });
  return (await axeOffences(page, ['color-contrast'])).map((each) => `dark: ${each}`);
}

async function inForcedColours(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
  // Focus that follows a key shows as focus from a key does.
  await page.keyboard.press('Tab');
  return (await page.evaluate(probes.stopsWithoutOutline)).map((each) => `forced colours: ${each}`);
}

async function enlargedFourTimes(page: Page): Promise<string[]> {
  await page.emulateMedia({ forcedColors: 'none' });
  await page.setViewportSize(enlarged);
  const sideways = await page.evaluate(probes.sidewaysOffences);
  await page.addStyleTag({ content: spacing });
  return [
    ...sideways,
    ...(await page.evaluate(probes.sidewaysOffences)),
    ...(await page.evaluate(probes.cutOffText)),
  ].map((each) => `enlarged: ${each}`);
}

/**
 * What all judges find on a page at a width; on a phone also in the dark, enlarged four times, with wider letters and in forced
 * colours. The policy on content is bypassed only here, to let the judges in.
 */
export function inspect(browser: Browser, seen: Seen, width: number): Promise<string[]> {
  return inRoom(browser, { width, reducedMotion: 'reduce' }, seen, async (page) => [
    ...(await axeOffences(page)),
    ...(await page.evaluate(probes.headingOffences)),
    ...(await page.evaluate(probes.foreignRuns)),
    ...(await page.evaluate(probes.smallTargets)),
    ...(await page.evaluate(probes.movements)),
    ...(await focusOffences(page)),
    ...(width > phone.width
      ? []
      : [...(await inTheDark(page)), ...(await inForcedColours(page)), ...(await enlargedFourTimes(page))]),
  ]);
}
