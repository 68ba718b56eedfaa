import { randomUUID } from 'node:crypto';
import { get } from 'node:http';
import { expect } from 'vitest';
import { asAdmin } from '../../src/modules/initiatives/testing.ts';
import { anOpenEdition, type LaidEdition } from '../../src/modules/publications/reading/testing.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey } from '../support/journey.ts';

const database = houseDatabase();
const phone = { widths: [360], scripts: [false], languages: ['nl', 'ar'] } as const;

const words = {
  said: 'البيت يبدأ من الباب.',
  rendered: 'Thuis begint bij de deur.',
  margin: 'Niet elke deur gaat open.',
  retold: 'Wie vraagt, heeft al half opengedaan.',
};
const door = (slug: string, more: Partial<LaidEdition> = {}): LaidEdition => ({
  slug,
  title: 'Stenen in het water',
  opening: 'Gemaakt door veertien mensen.',
  articles: [
    {
      slug: 'de-deur',
      title: 'De deur',
      byline: ['Noor'],
      blocks: [
        {
          text: `${words.retold}[^Een noot in woorden.]`,
          margin: [{ words: words.margin, language: 'nl', stance: 'differs', called: 'Karim' }],
        },
        {
          quotes: {
            words: words.said,
            language: 'ar',
            called: 'سميرة',
            renderings: [{ language: 'nl', words: words.rendered, by: 'Yonas' }],
          },
        },
      ],
    },
    { slug: 'risala', kind: 'letter', language: 'ar', title: 'رسالة', blocks: [{ text: 'جارتي العزيزة.' }] },
  ],
  ...more,
});

/** How many bytes a page is on its way, packed as a phone asks for it. */
const weightOf = (address: string): Promise<number> =>
  new Promise((tell, fail) => {
    get(address, { headers: { 'accept-encoding': 'br' } }, (answer) => {
      let bytes = 0;
      answer.on('data', (part: Buffer) => (bytes += part.length));
      answer.on('end', () => tell(answer.statusCode === 200 ? bytes : Number.POSITIVE_INFINITY));
    }).on('error', fail);
  });

journey(
  'a reader finds what came out, reads each voice whole with who sees it otherwise beside it, sees that something was taken out, and cites it',
  async ({ page, say, language, open, follow }) => {
    const slug = `stenen-${language}-${randomUUID().slice(0, 8)}`;
    const read = async () => (await page.locator('main').textContent()) ?? '';
    await anOpenEdition(database.adminUrl, door(slug));
    const edition = await anOpenEdition(
      database.adminUrl,
      door(slug, { number: 2, changed: 'Een brief kwam erbij.' }),
    );
    await asAdmin(
      database.adminUrl,
      `insert into pub.erratum (id, edition, article, at, kind, printed)
       select gen_random_uuid(), $1, article, '2026-11-20', 'voice-left', true from pub.edition_article where edition = $1 and slug = 'de-deur'`,
      [edition],
    );
    await open('/publications');
    await follow(() => page.locator(`main a[href$="/publications/${slug}"]`).click());
    for (const text of ['Stenen in het water', 'De deur', 'رسالة', say('publications.file.soon')])
      expect(await read()).toContain(text);
    await follow(() => page.getByRole('link', { name: say('publications.read'), exact: true }).click());
    const whole = await read();
    for (const text of Object.values(words)) expect(whole).toContain(text);
    for (const text of [
      say('publications.margin.differs'),
      say('publications.erratum.voice-left', { count: 1 }),
      say('publications.erratum.printed'),
      'Een noot in woorden.',
    ])
      expect(whole).toContain(text);
    const quoted = page.locator('blockquote', { hasText: words.said });
    expect([await quoted.getAttribute('lang'), await quoted.getAttribute('dir')]).toEqual(['ar', 'rtl']);
    const linked = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? '');
    expect(linked).toMatchObject({ '@type': 'PublicationIssue', version: '2', inLanguage: 'nl' });
    const home = new URL(page.url()).origin;
    const bib = await (await page.request.get(`${home}/publications/${slug}/2/cite.bib`)).text();
    expect(bib).toContain(`/publications/${slug}/2}`);
    const file = await page.request.get(`${home}/publications/${slug}/2/book.epub`);
    expect([file.status(), file.headers()['cache-control']]).toEqual([202, 'no-store']);
    await asAdmin(
      database.adminUrl,
      `insert into pub.edition_file (edition, kind, bytes, sha256, pages, made_at) values ($1, 'reading.pdf', '%PDF-', sha256('%PDF-'), 2, now())`,
      [edition],
    );
    const pdf = await page.request.get(`${home}/publications/${slug}/2/reading.pdf`);
    expect([pdf.status(), pdf.headers()['content-type'], await pdf.text()]).toEqual([
      200,
      'application/pdf',
      '%PDF-',
    ]);
    const feed = await (await page.request.get(`${home}/data/v1/publications.atom?lang=${language}`)).text();
    expect(feed).toContain(`/${language}/publications/${slug}/2#errata`);
    for (const text of Object.values(words)) expect(feed).not.toContain(text);
    await open(`/publications/${slug}/2/part/risala`);
    await open(`/publications/${slug}/changes`);
    expect(await read()).toContain(say('publications.changes.kind.came'));
    await open(`/publications/${slug}/3`, 404);
    await open(`/publications/${slug}/2/part/is-er-niet`, 404);
  },
  phone,
);

journey(
  'a long report weighs no more than 20 kB a page, however long its parts are',
  async ({ page, open }) => {
    const slug = `lang-${randomUUID().slice(0, 8)}`;
    // Words that no packing makes small.
    const text = () => Array.from({ length: 90 }, () => Math.random().toString(36).slice(2, 9)).join(' ');
    await anOpenEdition(database.adminUrl, {
      slug,
      kind: 'report',
      title: 'Een lang rapport',
      articles: Array.from({ length: 12 }, (_, at) => ({
        slug: `deel-${at + 1}`,
        kind: 'chapter',
        title: `Deel ${at + 1}`,
        blocks: Array.from({ length: at === 1 ? 60 : 8 }, () => ({ text: text() })),
      })),
    });
    await open(`/publications/${slug}/1`);
    await open(`/publications/${slug}/1/part/deel-2`);
    const home = new URL(page.url()).origin;
    for (const path of ['', '/part/deel-1', '/part/deel-2', '/part/deel-2?page=2'])
      expect(await weightOf(`${home}/nl/publications/${slug}/1${path}`), path).toBeLessThan(20_000);
  },
  { ...phone, languages: ['nl'], brief: true },
);
