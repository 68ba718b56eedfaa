import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { speakerOf, type Speaker } from '../../src/modules/consent/access.ts';
import { takeBack } from '../../src/modules/consent/commands.server.ts';
import { aPerson } from '../../src/modules/people/testing.ts';
import { sawHow } from '../../src/modules/publications/releasing/testing.ts';
import { aParagraph, aPiece, aPublication, anArticle } from '../../src/modules/publications/testing.ts';
import { aTelling } from '../../src/modules/stories/testing.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey } from '../support/journey.ts';
import { anInhabitant } from '../support/person.ts';

houseDatabase();

journey(
  'an editor sees what stands in the way, sends an edition out, and within a minute of a voice taken back nothing that goes out holds it',
  async ({ page, say, open, follow, person }) => {
    const editor = person?.viewer;
    if (!editor) throw new Error('Nobody walks.');
    const noor = await aPerson('Noor');
    const words = `Stroopwafelgeur ${randomUUID().slice(0, 8)} in de gang.`;
    const consents = (['read', 'quote-report'] as const).map((use) => ({
      use,
      verdict: 'given' as const,
      audience: 'public' as const,
    }));
    const telling = await aTelling({ teller: noor, says: [words], consents });
    const { id: publication, slug } = await aPublication({ by: editor, title: 'Wat de gang vertelt' });
    const { id: article } = await anArticle({
      publication,
      title: 'Binnenkomen',
      standing: 'ready',
      byline: ['Noor'],
    });
    const piece = await aPiece({ publication, by: editor, telling: telling.id });
    await aParagraph({ article, text: 'Zo komt iemand binnen.' });
    await aParagraph({ article, piece: piece.id });
    const desk = `/desk/publications/${slug}/release`;

    await open(desk);
    expect(await page.locator('main').innerText()).toContain(say('releasing.desk.reason.voice_not_shown'));
    expect(
      await page.getByRole('button', { name: say('releasing.desk.release', { number: 1 }) }).count(),
    ).toBe(0);
    const home = new URL(page.url()).origin;
    const proof = await page.request.get(`${home}/nl/desk/publications/${slug}/proof.pdf`);
    expect([
      proof.status(),
      proof.headers()['content-type'],
      (await proof.body()).subarray(0, 5).toString(),
    ]).toEqual([200, 'application/pdf', '%PDF-']);

    await sawHow(piece.id, noor);
    await open(desk);
    await page.getByLabel(say('releasing.desk.printed')).check();
    await follow(() =>
      page.getByRole('button', { name: say('releasing.desk.release', { number: 1 }) }).click(),
    );
    expect(await page.locator('main').innerText()).toContain(say('releasing.desk.done', { number: 1 }));

    const files = ['reading.pdf', 'archive.pdf', 'book.epub'];
    const standing = () =>
      Promise.all(
        files.map(async (file) =>
          (await page.request.get(`${home}/publications/${slug}/1/${file}`)).status(),
        ),
      );
    await expect.poll(standing, { timeout: 45_000 }).toEqual([200, 200, 200]);
    const places = [
      ...['', '/part/binnenkomen'].map((part) => `/nl/publications/${slug}/1${part}`),
      ...[`/publications/${slug}`, `/publications/${slug}/changes`],
      ...['publications', 'publications.atom', 'publications.json', 'publications.jsonld'].map(
        (data) => `/data/v1/${data}`,
      ),
    ];
    const whole = async () =>
      (
        await Promise.all(places.map(async (place) => (await page.request.get(`${home}${place}`)).text()))
      ).join('\n');
    expect(await whole()).toContain(words);

    const began = performance.now();
    await withViewer(noor, (tx) =>
      takeBack(tx, speakerOf(noor) as Speaker, { item: telling.id, language: 'nl', how: 'screen' }),
    );
    // The web and the files are without it before anything is made anew.
    expect(await whole()).not.toContain(words);
    const bytes = async () =>
      Promise.all(
        files.map(async (file) => (await page.request.get(`${home}/publications/${slug}/1/${file}`)).body()),
      );
    for (const body of await bytes()) expect(body.includes(words)).toBe(false);
    await expect.poll(standing, { timeout: 60_000 }).toEqual([200, 200, 200]);
    expect(performance.now() - began).toBeLessThan(60_000);
    await open(`/publications/${slug}/1`);
    expect(await page.locator('main').innerText()).toContain(say('publications.erratum.printed'));
    await open(desk);
    expect(await page.locator('main').innerText()).toContain(say('releasing.desk.errata', { count: 1 }));
  },
  {
    languages: ['nl'],
    widths: [360],
    scripts: [false],
    as: () => anInhabitant('Redacteur', [{ role: 'editor' }]),
  },
);
