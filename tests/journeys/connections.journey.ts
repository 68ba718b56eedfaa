import { expect } from 'vitest';
import { journey } from '../support/journey.ts';

journey(
  'an entry says what it does, where we read it, what happened and who confirmed it',
  async ({ page, say, open, follow }) => {
    await open('/initiatives?q=About+a+Jacket');
    await follow(() => page.locator('li.card h3 a').first().click());
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('About a Jacket');
    for (const part of [
      'initiatives.entry.what',
      'initiatives.entry.history',
      'initiatives.entry.sources',
      'initiatives.entry.relations',
    ] as const) {
      expect(await page.getByRole('heading', { name: say(part) }).count(), part).toBeGreaterThan(0);
    }
    expect(await page.locator('main').textContent()).toContain(say('initiatives.origin.public-sources'));
    expect(await page.locator('main svg').count()).toBeGreaterThan(0);
  },
);

journey(
  'the way from an initiative to the town hall is shown step by step, or honestly none',
  async ({ page, language, say, open, follow }) => {
    await open('/chains');
    await page.getByLabel(say('relations.chain.from')).fill('Takecarebnb');
    await follow(() => page.getByRole('button', { name: say('relations.chain.go') }).click());
    const steps = page.locator('ol.chain').first().locator('> li');
    expect(await steps.count()).toBeGreaterThan(1);
    const hrefs = await steps
      .locator('a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    expect(hrefs.every((href) => href.startsWith(`/${language}/initiatives/`))).toBe(true);
    await open('/chains?from=zzzzqqqq');
    expect(await page.locator('main').textContent()).toContain('zzzzqqqq');
    expect(await page.locator('ol.chain').count()).toBe(0);
  },
);

journey(
  'the network can be read as a drawing and as a table of the same relations',
  async ({ page, language, say, open, follow }) => {
    await open('/network');
    const stones = await page
      .locator('svg a[href]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    expect(stones.length).toBeGreaterThan(50);
    expect(new Set(stones).size).toBe(stones.length);
    const told = await page
      .locator('#relations table a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    expect(told.length).toBeGreaterThan(10);
    expect(told.filter((href) => !stones.includes(href))).toEqual([]);
    await page.getByLabel(say('relations.network.kind')).selectOption('municipality');
    await follow(() => page.getByRole('button', { name: say('relations.network.show') }).click());
    expect(new URL(page.url()).searchParams.get('kind')).toBe('municipality');
    expect(await page.locator('svg a[href]').count()).toBeLessThan(stones.length);
    const first = page.locator('#relations table a').first();
    await follow(() => first.click());
    expect(new URL(page.url()).pathname).toMatch(new RegExp(`^/${language}/initiatives/`));
  },
);

journey('blind spots tell nobody looked from looked and found none', async ({ page, say, open, follow }) => {
  await open('/blind-spots');
  await follow(() => page.locator('main ul a').first().click());
  await page.getByLabel(say('relations.blind.municipality')).selectOption({ index: 1 });
  await follow(() => page.getByRole('button', { name: say('relations.blind.show') }).click());
  const table = page.locator('table.spots');
  expect(await table.locator('tbody tr').count()).toBe(14);
  expect(await table.textContent()).toContain(say('relations.blind.nobody'));
});
