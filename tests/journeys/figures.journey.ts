import pg from 'pg';
import { expect } from 'vitest';
import { layerOf } from '../../src/modules/publications/access.ts';
import { takeFigure } from '../../src/modules/publications/figures/commands.server.ts';
import { aPublication } from '../../src/modules/publications/testing.ts';
import { aPerson } from '../../src/modules/people/testing.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey } from '../support/journey.ts';
import { aPicture } from '../support/media-files.ts';
import { anInhabitant } from '../support/person.ts';

const house = houseDatabase();
const phone = { widths: [360], scripts: [false] } as const;

journey(
  'a reader finds what was published before, each with its facts, and a picture of the field with its question and its table',
  async ({ page, say, language, open, follow }) => {
    await open('/publications');
    await follow(() =>
      page.locator('main a[href$="/records/samenwerken-vanuit-relationele-autonomie"]').click(),
    );
    const told = (await page.locator('main').textContent()) ?? '';
    for (const fact of ['9789083126517', 'Halleh Ghorashi', '2023', say('figures.records.source')])
      expect(told).toContain(fact);
    const bib = await page.request.get(`${page.url()}/cite.bib`);
    expect(await bib.text()).toContain('{samenwerken-vanuit-relationele-autonomie,');

    const editor = await aPerson('Noor', [{ role: 'editor' }]);
    const book = await aPublication({ by: editor, language });
    const layer = layerOf(editor, { publication: book.id, part: 'editor' });
    if (!layer) throw new Error('There is no proof.');
    const taken = await withViewer(editor, (tx) =>
      takeFigure(tx, layer, { kind: 'field', on: '2019-03-01', province: null }, say),
    );
    if (!taken.ok) throw new Error(taken.reason);
    const { slug, id } = taken.value;
    await open(`/publications/figures/${slug}`, 404);
    // How it gets out is the way of an edition, and tried there.
    const admin = new pg.Client({ connectionString: house.adminUrl });
    await admin.connect();
    await admin.query(
      `insert into pub.figure select id, slug, kind, asked, address, taken_on, language, title, alt, facts, drawing, hash from core.figure where id = $1`,
      [id],
    );
    await admin.end();
    await open(`/publications/figures/${slug}`);
    const image = page.locator('main img');
    expect(await image.getAttribute('alt')).toContain('Amsterdam (');
    expect(await image.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBeGreaterThan(900);
    await page.getByText(say('figures.page.facts')).click();
    expect(await page.locator('main table tbody tr').count()).toBeGreaterThan(40);
    const drawing = await page.request.get(
      `${new URL(page.url()).origin}/publications/figures/${slug}/drawing.svg`,
    );
    expect(drawing.headers()['content-security-policy']).toContain('sandbox');
    await follow(() => page.getByRole('link', { name: say('figures.page.ask-again') }).click());
    expect(new URL(page.url()).searchParams.get('asOf')).toBe('2019-03-01');
  },
  { ...phone, languages: ['nl', 'ar'] },
);

journey(
  'who edits takes a picture of the field, brings a photo only with words for who cannot see it, and keeps the library',
  async ({ page, say, open, follow, person }) => {
    if (!person) throw new Error('Nobody walks.');
    const book = await aPublication({ by: person.viewer });
    const press = (name: string) => follow(() => page.getByRole('button', { name, exact: true }).click());
    const desk = `/desk/publications/${book.slug}`;
    await open(`${desk}/figures`);
    await follow(() => page.getByRole('link', { name: say('figures.kind.trajectory'), exact: true }).click());
    await page
      .getByLabel(say('figures.desk.ask.initiative'))
      .fill('https://example.org/nl/initiatives/takecarebnb');
    await press(say('figures.desk.see'));
    expect(await page.locator('.card img').evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(420);
    await press(say('figures.desk.take'));
    expect(await page.getByRole('status').textContent()).toContain(say('figures.desk.done'));
    expect(await page.locator('main').textContent()).toContain('Takecarebnb');

    await open(`${desk}/pictures`);
    const photo = { name: 'DSC.jpg', mimeType: 'image/jpeg', buffer: await aPicture().jpeg().toBuffer() };
    await page.getByLabel(say('media.photo.file')).setInputFiles(photo);
    await page.getByLabel(say('figures.desk.pictures.alt')).fill('x');
    await press(say('figures.desk.pictures.bring'));
    expect(await page.getByRole('alert').textContent()).toContain(say('figures.desk.pictures.no-alt'));
    await page.getByLabel(say('media.photo.file')).setInputFiles(photo);
    await page.getByLabel(say('figures.desk.pictures.alt')).fill('Een lange tafel met borden.');
    await press(say('figures.desk.pictures.bring'));
    expect(await page.locator('main li img').getAttribute('alt')).toBe('Een lange tafel met borden.');

    await open('/desk/records');
    const words = page.getByLabel(say('figures.desk.records.text'));
    const source = page.getByLabel(say('figures.desk.records.source')).first();
    const title = `Kustlijn ${book.slug}`;
    await words.fill(`title,author,year,isbn\n${title},"Jansen, Ria",2021,978-0-306-40615-8`);
    await source.fill('Onze boekenplank');
    await press(say('figures.desk.records.do'));
    expect(await page.getByRole('alert').textContent()).toContain('ISBN');
    await page
      .getByLabel(say('figures.desk.records.text'))
      .fill(`title,author,year,isbn\n${title},"Jansen, Ria",2021,978-0-306-40615-7`);
    await press(say('figures.desk.records.do'));
    expect(await page.getByRole('status').textContent()).toContain('1');
    await follow(() => page.getByRole('link', { name: title }).last().click());
    await page.getByLabel(say('figures.desk.records.issued')).fill('2022');
    await press(say('figures.desk.records.keep'));
    expect(await page.getByLabel(say('figures.desk.records.issued')).inputValue()).toBe('2022');
    await press(say('figures.desk.records.remove'));
    expect(await page.locator('main').textContent()).not.toContain(title);
  },
  { ...phone, languages: ['nl'], brief: true, as: () => anInhabitant('Noor', [{ role: 'editor' }]) },
);
