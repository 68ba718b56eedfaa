import { expect } from 'vitest';
import { journey } from '../support/journey.ts';

const numbersIn = (text: string) =>
  Number(/[\d.,]+(?=\s*(?:km|كم|كيلومتر))/u.exec(text)?.[0].replace(',', '.') ?? NaN);

journey(
  'a newcomer finds initiatives near Arnhem and opens the nearest',
  async ({ page, language, say, open, follow }) => {
    await open('/');
    await page
      .getByRole('textbox', { name: say('initiatives.find.near'), exact: true })
      .fill(language === 'ar' ? 'أرنهيم' : 'Arnhem');
    await follow(() => page.getByRole('button', { name: say('initiatives.find.do') }).click());
    expect(new URL(page.url()).pathname).toBe(`/${language}/initiatives`);
    expect(await page.locator('#found').textContent()).toContain('25');
    const distances = (await page.locator('#found ~ ul > li, section li.card').allTextContents())
      .map(numbersIn)
      .filter((km) => !Number.isNaN(km));
    expect(distances.length).toBeGreaterThan(3);
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
    const first = page.locator('li.card h3 a').first();
    const name = (await first.textContent())?.trim() ?? '';
    await follow(() => first.click());
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(name);
  },
);

journey(
  'who misspells a place is understood, or asked what was meant',
  async ({ page, say, open, follow }) => {
    // The question waits behind the answer, so its field may be folded away.
    const near = page.getByLabel(say('initiatives.find.near'), { exact: true });
    await open('/initiatives?near=Arnhme');
    expect(await near.inputValue()).toBe('Arnhme');
    expect(await page.locator('li.card').count()).toBeGreaterThan(3);
    await open('/initiatives?near=Lewarden');
    expect(await near.inputValue()).toBe('Lewarden');
    expect(await page.locator('main').textContent()).toContain(say('initiatives.find.didyoumean'));
    await follow(() => page.locator('.note a').first().click());
    expect(await page.locator('li.card').count()).toBeGreaterThan(1);
  },
);

journey(
  'a search goes by keyboard alone, from the address to the first answer',
  async ({ page, language, say, open, follow }) => {
    await open('/initiatives');
    const words = page.getByRole('searchbox', { name: say('initiatives.find.q'), exact: true });
    for (
      let stop = 0;
      stop < 40 && !(await words.evaluate((field) => field === document.activeElement));
      stop++
    )
      await page.keyboard.press('Tab');
    await page.keyboard.type('taalcafe');
    await follow(() => page.keyboard.press('Enter'));
    expect(new URL(page.url()).searchParams.get('q')).toBe('taalcafe');
    const first = page.locator('li.card h3 a').first();
    const address = await first.getAttribute('href');
    for (
      let stop = 0;
      stop < 60 && !(await first.evaluate((link) => link === document.activeElement));
      stop++
    )
      await page.keyboard.press('Tab');
    await follow(() => page.keyboard.press('Enter'));
    expect(page.url()).toContain(address ?? 'an address');
    expect(new URL(page.url()).pathname.startsWith(`/${language}/initiatives/`)).toBe(true);
  },
);

journey(
  'what cannot be understood is said, kept, and does not stop the search',
  async ({ page, say, open }) => {
    await open('/initiatives?q=fiets&asOf=2024-02-31&phase=arrival&page=999&colour=blue');
    const told = page.getByRole('alert');
    expect(await told.locator('li').count()).toBe(2);
    expect(await told.textContent()).toContain('2024-02-31');
    expect(
      await page.getByRole('searchbox', { name: say('initiatives.find.q'), exact: true }).inputValue(),
    ).toBe('fiets');
    expect(await page.locator('input[name=phase][value=arrival]').isChecked()).toBe(true);
  },
  { widths: [360] },
);

journey(
  'who looks back at a day sees the field of that day, in the list and on each entry',
  async ({ page, say, open, follow }) => {
    await open('/initiatives?asOf=2014-06-01');
    const then = await page.locator('#found').textContent();
    expect(await page.getByLabel(say('initiatives.find.asOf')).inputValue()).toBe('2014-06-01');
    await open('/initiatives');
    expect(await page.locator('#found').textContent()).not.toBe(then);
    await open('/initiatives?asOf=2014-06-01');
    await follow(() => page.locator('li.card h3 a').first().click());
    expect(new URL(page.url()).searchParams.get('asOf')).toBe('2014-06-01');
  },
  { widths: [360], scripts: [false] },
);
