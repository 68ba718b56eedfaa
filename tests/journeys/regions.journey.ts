import { expect } from 'vitest';
import { themes } from '../../src/modules/initiatives/model.ts';
import { journey } from '../support/journey.ts';

const phone = { widths: [360], scripts: [false] } as const;

journey(
  'someone of the province reads what is alive in Gelderland, lays two periods side by side and takes it along',
  async ({ page, language, say, open, follow }) => {
    await open('/regions');
    await follow(() => page.locator(`main a[href="/${language}/regions/gelderland"]`).click());
    const cards = page.locator('article.card');
    expect(await cards.count()).toBeGreaterThan(4);
    // Sources do not tell of every theme what came of it; then the page may not say that nobody did anything.
    const main = (await page.locator('main').textContent()) ?? '';
    expect(main).toContain(say('insights.taken.untold'));
    expect(main).toContain(say('insights.stories.few'));
    await page.locator('select[name=from]').selectOption('2020');
    await follow(() => page.getByRole('button', { name: say('insights.periods.show') }).click());
    expect(await page.locator('table caption').textContent()).toBe(say('insights.periods.caption'));
    const data = (path: string) => page.request.get(new URL(`/data/v1/regions/${path}`, page.url()).href);
    const [json, csv] = [await data('gelderland'), await data('gelderland/themes.csv')];
    const whole = (await json.json()) as { themes: { theme: string; gatherings: string[] }[] };
    expect(whole.themes).toHaveLength(await cards.count());
    expect((await csv.text()).trim().split('\r\n')).toHaveLength(whole.themes.length + 1);
    expect(whole.themes.every(({ theme }) => themes.some((one) => one === theme))).toBe(true);
    expect((await data('atlantis')).status()).toBe(404);
    expect((await data('gelderland?from=2020')).status()).toBe(400);
  },
  { ...phone, languages: ['nl'] },
);

journey(
  'a small municipality is read by itself and together with its like',
  async ({ page, say, open, follow }) => {
    await open('/regions/gelderland-hattem');
    expect(await page.locator('main').textContent()).toContain(say('insights.empty'));
    await follow(() => page.getByRole('link', { name: say('insights.small') }).click());
    expect(new URL(page.url()).pathname).toMatch(/gelderland-small$/);
    await open('/regions/atlantis', 404);
  },
  { ...phone, languages: ['ar'], brief: true },
);
