import { sql } from 'kysely';
import { expect } from 'vitest';
import { lookerOf } from '../../src/modules/languages/words/access.ts';
import { openProposal } from '../../src/modules/languages/words/proposing/commands.server.ts';
import { aBetweenWord, aWord } from '../../src/modules/languages/words/testing.ts';
import { aPerson } from '../../src/modules/people/testing.ts';
import { aTelling } from '../../src/modules/stories/testing.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import { operator } from '../../src/platform/viewer.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey } from '../support/journey.ts';
import { anInhabitant } from '../support/person.ts';

houseDatabase();

journey(
  'a newcomer finds what a policy word hides, proposes the word between, and reads it on the page once someone looked',
  async ({ page, say, language, open, follow, person }) => {
    const slug = `regelruimte-${language}`;
    const own = language === 'ar' ? 'نكمل بعضنا' : 'samen verder';
    const meaning = language === 'ar' ? 'ما نقصده معًا.' : 'Wat we samen bedoelen.';
    await aWord(slug, [
      { register: 'policy', term: `regelruimte ${language}`, meaning: 'Ruimte die een regel laat.' },
      { register: 'lived', term: `iemand die meedenkt ${language}` },
    ]);
    await open(`/words?q=${encodeURIComponent(`regelruimte ${language}`)}`);
    expect(await page.getByRole('status').textContent()).toContain(say('words.search.count', { count: 1 }));
    await follow(() => page.getByRole('link', { name: `regelruimte ${language}` }).click());
    expect(await page.locator('main').textContent()).toContain(`iemand die meedenkt ${language}`);
    await follow(() => page.getByRole('link', { name: say('words.pair.link') }).click());
    expect(await page.locator('main').textContent()).toContain(say('words.between.none'));
    await follow(() => page.getByRole('link', { name: say('words.propose.link') }).click());
    await page.getByRole('radio', { name: say('words.propose.kind.between') }).check();
    await page.getByLabel(say('words.propose.term'), { exact: true }).fill(own);
    await page.getByLabel(say('words.propose.meaning')).fill(meaning);
    await page
      .getByLabel(say('words.propose.example'))
      .fill(language === 'ar' ? 'اتصل على 0612345678' : 'Mail amina@example.org');
    const send = () => follow(() => page.getByRole('button', { name: say('words.propose.do') }).click());
    await send();
    expect(await page.getByRole('alert').textContent()).toContain(say('words.problem.contact'));
    expect(await page.getByLabel(say('words.propose.term'), { exact: true }).inputValue()).toBe(own);
    await page.getByLabel(say('words.propose.example')).fill('');
    await send();
    expect(await page.getByRole('status').textContent()).toContain(say('words.propose.done'));
    expect(await page.locator('main').textContent()).toContain(say('words.mine.state.waiting'));
    const editor = await aPerson('Els', [{ role: 'editor' }]);
    const looks = lookerOf(editor);
    const { rows } = await withViewer(operator, (tx) =>
      sql<{ id: string }>`select id from core.word_proposal where person_id = ${person?.viewer.id}`.execute(
        tx,
      ),
    );
    if (looks) await withViewer(editor, (tx) => openProposal(tx, looks, rows[0]?.id ?? '', null));
    await open(`/words/pairs/${slug}`);
    expect(await page.locator('main').textContent()).toContain(own);
    await open('/words/pairs/there-is-no-such-pair', 404);
  },
  { languages: ['nl', 'ar'], widths: [360], scripts: [false], as: () => anInhabitant('Samira') },
);

journey(
  'who looks at words answers who proposed one; marks stand in what a source tells, and never in what someone told',
  async ({ page, say, open, follow }) => {
    const { proposal } = await aBetweenWord(await aPerson('Amina'), {
      term: 'tussenwoord om naar te kijken',
    });
    await open('/desk/words');
    const card = page.locator(`article[aria-labelledby="p-${proposal}"]`);
    await follow(() => card.getByRole('button', { name: say('words.desk.decline') }).click());
    expect(await page.getByRole('alert').first().textContent()).toContain(say('words.desk.problem.answer'));
    await card.getByLabel(say('words.desk.answer')).fill('Dit woord staat er al.');
    await follow(() => card.getByRole('button', { name: say('words.desk.decline') }).click());
    expect(await page.getByRole('status').textContent()).toContain(say('words.desk.done.declined'));
    await open('/initiatives/openembassy');
    const mark = page.locator('main a.marked', { hasText: 'maaksessies' });
    expect(await mark.getAttribute('href')).toBe(say.to('/words/maaksessie'));
    const { slug } = await aTelling({
      teller: await aPerson('Samira'),
      says: ['Ik was statushouder en ging naar een maaksessie.'],
      consents: [{ use: 'read', verdict: 'given', audience: 'public' }],
    });
    await open(`/tellings/${slug}`);
    expect(await page.locator('main').textContent()).toContain('maaksessie');
    expect(await page.locator('main a.marked').count()).toBe(0);
  },
  {
    languages: ['nl'],
    widths: [360],
    scripts: [false],
    brief: true,
    as: () => anInhabitant('Els', [{ role: 'editor' }]),
  },
);
