import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import { journey } from '../support/journey.ts';

/** Presses Tab until a link inside the drawing has the focus; answers where it leads. */
async function tabIntoDrawing(page: Page, wanted: RegExp): Promise<string> {
  for (let stop = 0; stop < 80; stop++) {
    await page.keyboard.press('Tab');
    const href = await page.evaluate(() => {
      const here = document.activeElement;
      return here?.closest('svg') ? (here.getAttribute('href') ?? here.getAttribute('xlink:href')) : null;
    });
    if (href && wanted.test(href)) return href;
  }
  throw new Error(`No link like ${wanted.source} in the drawing was reached with Tab.`);
}

const shown = (page: Page) =>
  page
    .locator('main a[href*="/initiatives/"]')
    .evaluateAll((links) => [
      ...new Set(links.map((link) => new URL((link as HTMLAnchorElement).href, location.href).pathname)),
    ]);

journey(
  'the map is travelled by keyboard, from the country into a province and back',
  async ({ page, language, say, open, follow }) => {
    await open('/map');
    expect(await page.locator('main svg').count()).toBeGreaterThan(0);
    const province = await tabIntoDrawing(page, /province=/);
    await follow(() => page.keyboard.press('Enter'));
    expect(page.url()).toContain(province);
    expect(await shown(page)).not.toEqual([]);
    await follow(() =>
      page
        .getByRole('link', { name: say('initiatives.map.back') })
        .first()
        .click(),
    );
    expect(new URL(page.url()).pathname).toBe(`/${language}/map`);
  },
);

journey(
  'the shoreline shows what happened between two days, and one day by itself',
  async ({ page, say, open, follow }) => {
    await open('/shoreline');
    await page.locator('summary', { hasText: say('initiatives.shoreline.compare') }).click();
    await page.getByLabel(say('initiatives.shoreline.from'), { exact: true }).fill('2014-06-01');
    await page.getByLabel(say('initiatives.shoreline.until'), { exact: true }).fill('2024-06-01');
    await follow(() => page.getByRole('button', { name: say('initiatives.shoreline.compare') }).click());
    const asked = new URL(page.url()).searchParams;
    expect([asked.get('from'), asked.get('until')]).toEqual(['2014-06-01', '2024-06-01']);
    expect((await shown(page)).length).toBeGreaterThan(10);
    await open('/shoreline?day=2016-01-01');
    expect(await page.locator('main svg').count()).toBeGreaterThan(0);
    expect(await page.locator('main table').count()).toBeGreaterThan(0);
  },
);
