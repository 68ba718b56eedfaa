import { expect, inject } from 'vitest';
import { languages } from '../../src/platform/i18n/languages.ts';
import { journey } from '../support/journey.ts';

journey(
  'the switch of language stays on the page and keeps the question',
  async ({ page, language, open, follow }) => {
    const other = language === 'nl' ? 'ar' : 'nl';
    await open('/initiatives?q=fiets&near=Arnhem');
    await page.locator('header summary').click();
    const link = page.locator(`header a[hreflang="${other}"]`);
    expect(await link.getAttribute('lang')).toBe(other);
    await link.click();
    await page.waitForLoadState('load');
    const { pathname, searchParams } = new URL(page.url());
    expect([pathname, searchParams.get('q'), searchParams.get('near')]).toEqual([
      `/${other}/initiatives`,
      'fiets',
      'Arnhem',
    ]);
    expect(await page.locator('html').getAttribute('dir')).toBe(other === 'ar' ? 'rtl' : 'ltr');
    await follow(() => page.goBack());
  },
);

journey('a page that is not there says so kindly and shows ways on', async ({ page, say, open, follow }) => {
  await open('/initiatives/there-is-no-such-initiative', 404);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(say('platform.error.404.title'));
  await follow(() => page.getByRole('link', { name: say('platform.error.find') }).click());
  expect(await page.locator('li.card').count()).toBeGreaterThan(3);
});

journey(
  'whoever must leave quickly is gone in one step, and nothing of the visit stays behind',
  async ({ page, language, say, open }) => {
    await open('/privacy');
    const leave = page.getByRole('link', { name: say('platform.leave') });
    const box = await leave.boundingBox();
    expect(box?.y ?? 1_000).toBeLessThan(200);
    expect(await leave.getAttribute('href')).toBe(`/${language}/leave`);
    // Nothing leaves this machine in a test: the answer is read, not followed.
    const answer = await page
      .context()
      .request.get(`${inject('journeyUrl')}/${language}/leave`, { maxRedirects: 0 });
    expect(answer.status()).toBe(303);
    expect(answer.headers()['clear-site-data']).toContain('"storage"');
    expect(answer.headers()['cache-control']).toContain('no-store');
    expect(answer.headers()['referrer-policy']).toBe('no-referrer');
    expect(new URL(answer.headers().location ?? '', page.url()).hostname).not.toBe('127.0.0.1');
  },
  { scripts: [false] },
);

journey(
  'every public page speaks the reader’s language and reads well on a phone',
  async ({ page, language, open }) => {
    const pages = [
      '/',
      '/initiatives',
      '/map',
      '/shoreline',
      '/network',
      '/chains',
      '/blind-spots',
      '/languages',
      '/about',
      '/privacy',
      '/accessibility',
    ];
    const titles = new Set<string>();
    for (const path of pages) {
      await open(path);
      titles.add(await page.title());
      expect(await page.locator('a.skip').getAttribute('href'), path).toBe('#content');
      // Script is a kindness here, never a condition: a small file of our own, and nothing written into the page.
      expect(await page.locator('script:not([src^="/"])').count(), path).toBe(0);
      expect(await page.locator(`header nav a[lang="${language}"]`).getAttribute('aria-current'), path).toBe(
        'true',
      );
    }
    expect(titles.size).toBe(pages.length);
  },
  { languages, widths: [360], scripts: [false], brief: true },
);
