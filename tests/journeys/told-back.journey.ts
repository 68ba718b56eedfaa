import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { asAdmin } from '../../src/modules/initiatives/testing.ts';
import { editorOf } from '../../src/modules/publications/access.ts';
import { tellBack } from '../../src/modules/publications/telling-back/commands.server.ts';
import { hashOf } from '../../src/modules/publications/telling-back/queries.server.ts';
import { anArticle, aParagraph, aPiece, aPublication } from '../../src/modules/publications/testing.ts';
import { aTelling } from '../../src/modules/stories/testing.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey, type Walk } from '../support/journey.ts';
import { anInhabitant } from '../support/person.ts';

const database = houseDatabase();
const words = 'We dronken thee tot het donker werd.';
const given = { verdict: 'given', audience: 'public' } as const;
const main = async ({ page }: Walk) => (await page.locator('main').textContent()) ?? '';
const press = ({ page, say, follow }: Walk, key: Parameters<Walk['say']>[0]) =>
  follow(() => page.getByRole('button', { name: say(key), exact: true }).click());

/** Someone without a mail address whose words are quoted and retold, and an editor who can tell them so. */
async function aUse() {
  const { viewer: by, cookie } = await anInhabitant('Eva', [{ role: 'editor' }]);
  const { viewer: teller } = await anInhabitant('Semhar');
  await asAdmin(database.adminUrl, `update core.person set came_by = 'card' where id = $1`, [teller.id]);
  const consents = (['read', 'quote-report'] as const).map((use) => ({ use, ...given }));
  const telling = await aTelling({ teller, says: [words], consents });
  const publication = await aPublication({ by, title: 'Aan één tafel' });
  const article = await anArticle({ publication: publication.id, title: 'De avonden' });
  const piece = await aPiece({
    publication: publication.id,
    by,
    quote: { telling: telling.id, exact: words },
  });
  await aParagraph({ article: article.id, text: 'In de winter was het huis nooit leeg.' });
  await aParagraph({ article: article.id, piece: piece.id });
  const retold = await aParagraph({
    article: article.id,
    text: 'Zij vertelt van *lange* avonden.',
    draws: [{ piece: piece.id, way: 'paraphrases' }],
  });
  return { by, cookie, publication, piece: piece.id, retold: retold.id };
}

journey(
  'whoever is used comes by a link, looks first, sees their words where they will stand, puts something beside them, and is out in one tap',
  async (walk) => {
    const { page, say, open, language } = walk;
    const { by, publication, piece } = await aUse();
    const editor = editorOf(by, { publication: publication.id, part: 'editor' });
    if (editor) await withViewer(by, (tx) => tellBack(tx, editor, [piece], 'https://huis.example'));
    const word = randomBytes(24).toString('base64url');
    await asAdmin(
      database.adminUrl,
      `update core.told_back set word_hash = $1, word_for = person_id where piece = $2`,
      [hashOf(word), piece],
    );

    await open(`/used/${word}`);
    expect(await main(walk)).toContain(say('used.not-yet'));
    expect(await main(walk)).not.toContain('De avonden');
    await press(walk, 'used.look');
    for (const said of [
      say('used.way.quotes'),
      say('used.way.paraphrases'),
      'De avonden',
      say('used.lasting.print'),
    ])
      expect(await main(walk)).toContain(said);
    const at = new URL(page.url());
    const pdf =
      language === 'nl' ? await page.request.get(`${at.origin}${at.pathname}/page.pdf?piece=${piece}`) : null;
    expect(pdf?.headers()['content-type'] ?? 'application/pdf').toBe('application/pdf');

    await page.locator('input[name=answer][value=remark]').check();
    await press(walk, 'used.send');
    expect(await main(walk)).toContain(say('used.problem.no-words'));
    await page.locator('textarea[name=words]').fill('Voor mij was het anders.');
    await page.locator('select[name=language]').selectOption('nl');
    await page.locator('input[name=stance][value=differs]').check();
    await press(walk, 'used.send');
    expect(await main(walk)).toContain(say('used.done.remark'));
    expect(await main(walk)).toContain('Voor mij was het anders.');

    await page.locator('input[name=answer][value=out]').check();
    await press(walk, 'used.send');
    expect(await main(walk)).toContain(say('used.done.out'));
    await open(`/used/${word}`, 404);
    await open('/used');
  },
  { widths: [360], scripts: [false] },
);

journey(
  'an editor asks whose words are used, prints a sheet for who has no mail, and puts words of their own beside a paragraph and takes them away',
  async (walk) => {
    const { page, say, open, person } = walk;
    const { by, publication, retold } = await aUse();
    await asAdmin(
      database.adminUrl,
      `update core.publication_person set person_id = $1 where person_id = $2`,
      [person?.viewer.id, by.id],
    );
    await open(`/desk/publications/${publication.slug}/told-back`);
    expect(await main(walk)).toContain(say('used.desk.stand.to-ask'));
    await press(walk, 'used.desk.ask');
    expect(await main(walk)).toContain(say('used.desk.asked', { told: 1, byHand: 1 }));
    await walk.follow(() => page.getByRole('link', { name: say('used.desk.sheet'), exact: true }).click());
    expect(await main(walk)).toContain(say('used.sheet.safe'));
    await open(`/together/${publication.slug}/margin/${retold}`);
    await page.locator('textarea[name=words]').fill('Zo weet ik het niet meer.');
    await press(walk, 'used.margin.do');
    expect(await main(walk)).toContain('Zo weet ik het niet meer.');
    await press(walk, 'used.margin.away');
    expect(await main(walk)).toContain(say('used.margin.none'));
  },
  {
    languages: ['nl'],
    widths: [360],
    scripts: [false],
    brief: true,
    as: () => anInhabitant('Bo', [{ role: 'editor' }]),
  },
);
