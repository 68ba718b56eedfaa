import { expect } from 'vitest';
import { linkNamed } from '../../src/modules/initiatives/links/queries.server.ts';
import { asAdmin } from '../../src/modules/initiatives/testing.ts';
import { lay } from '../../src/modules/initiatives/keeping/testing.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey } from '../support/journey.ts';

const database = houseDatabase();
const phone = { widths: [360], scripts: [false] } as const;
let people = 0;
const anAddress = () => `post-${Date.now()}-${++people}@brug.example`;

/** The way that was mailed last to an address, as the letter waits in the post of a house that cannot mail. */
async function mailedWay(address: string, name: 'add-link' | 'keep-link'): Promise<string> {
  const waiting = () =>
    asAdmin<{ url: string }>(
      database.adminUrl,
      `select words #>> '{buttons,0,url}' as url from vault.letter where to_address = $1 and name = $2 order by posted_at desc limit 1`,
      [address, name],
    );
  await expect.poll(async () => (await waiting()).length, { timeout: 30_000 }).toBe(1);
  const [letter] = await waiting();
  return new URL(letter?.url ?? '').pathname;
}

journey(
  'an initiative without an account comes on the list by a link, keeps itself, and leaves the map',
  async ({ page, language, say, open, follow }) => {
    const mail = anAddress();
    const name = language === 'ar' ? 'مقهى الجسر' : 'Taalcafé de Brug';
    const submit = (key: Parameters<typeof say>[0]) =>
      follow(() => page.getByRole('button', { name: say(key), exact: true }).click());
    const path = (way: string) => way.replace(`/${language}`, '');
    await open('/initiatives');
    await follow(() => page.getByRole('link', { name: say('keeping.list.add') }).click());

    await page.getByLabel(say('keeping.q.name')).fill(name);
    await page.getByLabel(say('keeping.q.place')).fill('Lewarden');
    await submit('keeping.add.do.mail');
    expect(await page.locator('#problems').textContent()).toMatch(/Leeuwarden|ليوواردن/);
    expect(await page.locator('#problems').evaluate((box) => box === document.activeElement)).toBe(true);
    expect(await page.getByLabel(say('keeping.q.name')).inputValue()).toBe(name);

    await page.getByLabel(say('keeping.q.place')).fill('Leeuwarden');
    await submit('keeping.add.save');
    const draft = new URL(page.url()).pathname;
    await open('/');
    await open(path(draft));
    expect(await page.getByLabel(say('keeping.q.name')).inputValue()).toBe(name);

    await page.getByLabel(say('keeping.q.mail')).fill(mail);
    await submit('keeping.add.do.mail');
    expect(await page.locator('main').textContent()).toContain(mail);
    const way = await mailedWay(mail, 'add-link');
    await open(path(way));
    expect(await page.locator('main').textContent()).toContain('Leeuwarden');
    await submit('keeping.lay.do');
    expect(await page.getByRole('status').textContent()).toContain(say('keeping.laid.title'));

    const link = await linkNamed(way.split('/').at(-1) ?? '', 'add');
    const id = link?.initiative ?? '';
    const [row] = await asAdmin<{ slug: string }>(
      database.adminUrl,
      'select slug from core.initiative where id = $1',
      [id],
    );
    const entry = `/initiatives/${row?.slug}`;
    await open(entry, 404);
    await lay(id);
    await open(entry);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(name);

    await follow(() => page.getByRole('link', { name: say('keeping.entry.yours.do') }).click());
    await submit('keeping.by-mail.do');
    const keep = path(await mailedWay(mail, 'keep-link'));
    await open(keep);
    await page
      .getByLabel(say('keeping.q.text'))
      .fill(language === 'ar' ? 'نشرب الشاي معا' : 'Wij drinken samen thee.');
    await page.getByRole('checkbox', { name: say('initiatives.phase.landing') }).check();
    await submit('keeping.keep.do');
    expect(await page.getByRole('status').textContent()).toContain(say('keeping.saved.title'));
    await open(entry);
    expect(await page.locator('.lead').textContent()).toMatch(/thee|الشاي/);

    await open(keep);
    await submit('keeping.keep.right.do');
    await follow(() => page.getByRole('link', { name: say('keeping.withdraw.link') }).click());
    await submit('keeping.withdraw.do');
    await open(entry, 404);
    await open(`/initiatives?q=${encodeURIComponent(name)}`);
    expect(await page.locator('main').textContent()).not.toContain(name);
    await open(keep);
    await submit('keeping.back.do');
    expect(await page.getByRole('status').textContent()).toContain(say('keeping.back.done'));
  },
  phone,
);

journey(
  'who comes with a word that opens nothing is told what to do, whatever the word was',
  async ({ page, say, open }) => {
    for (const path of ['/keep/nonsense', `/keep/${'A'.repeat(43)}`]) {
      await open(path, 404);
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
        say('keeping.word.gone.title'),
      );
    }
    await open('/initiatives/add/k7f2-9xqd-aaaa-bbbb', 404);
    const texts: string[] = [];
    for (const slug of ['takecarebnb', 'never-was-here']) {
      await open(`/initiatives/${slug}/keep-by-mail`);
      texts.push((await page.locator('main').textContent()) ?? '');
    }
    expect(texts[0]).toBe(texts[1]);
  },
  phone,
);
