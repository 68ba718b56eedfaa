import { sql } from 'kysely';
import { expect } from 'vitest';
import { tellerOf, translatorOf, type Teller, type Translator } from '../../src/modules/stories/access.ts';
import { speakerOf, type Speaker } from '../../src/modules/consent/access.ts';
import { carryQuotes, makeQuote } from '../../src/modules/stories/quotes/commands.server.ts';
import { saveRendering } from '../../src/modules/stories/renderings/commands.server.ts';
import { sourceOf } from '../../src/modules/stories/renderings/queries.server.ts';
import { releasedAnew } from '../../src/modules/stories/renderings/testing.ts';
import { aTelling } from '../../src/modules/stories/testing.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import { operator, visitor } from '../../src/platform/viewer.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey, type Walk } from '../support/journey.ts';
import { anInhabitant, signIn, type Inhabitant } from '../support/person.ts';

houseDatabase();
const onAPhone = { widths: [360], scripts: [false] } as const;
const words = ['كنا نجلس معا كل مساء.', 'ثم ذهبنا إلى البلدية.'];
const given = (use: 'read' | 'translate-people' | 'quote-report') =>
  ({ use, verdict: 'given', audience: 'public' }) as const;

async function goOnAs({ page }: Walk, who?: Inhabitant): Promise<void> {
  await page.context().clearCookies();
  if (who) await signIn(page.context(), who);
}
const main = ({ page }: Walk) => page.locator('main').innerText();
const press = ({ page, say, follow }: Walk, key: Parameters<Walk['say']>[0]) =>
  follow(() => page.getByRole('button', { name: say(key), exact: true }).click());

/** Someone of an initiative of the field. */
async function aMemberHere(called: string): Promise<Inhabitant> {
  const { rows } = await withViewer(operator, (tx) =>
    sql<{ id: string }>`select id from core.initiative limit 1`.execute(tx),
  );
  return anInhabitant(called, [{ role: 'member', scope: { kind: 'initiative', id: rows[0]?.id ?? '' } }]);
}

const anArabicTelling = (teller: Inhabitant) =>
  aTelling({
    teller: teller.viewer,
    language: 'ar',
    title: 'كل مساء',
    says: words,
    consents: [given('read'), given('translate-people'), given('quote-report')],
  });

/** The teller releases other words in the first part, seen and consented to. */
async function changesTheirWords(teller: Inhabitant, telling: string): Promise<void> {
  await releasedAnew(telling, teller.viewer, 'كنا نلتقي معا كل صباح.');
  await withViewer(teller.viewer, (tx) => carryQuotes(tx, tellerOf(teller.viewer) as Teller, telling));
}

/** On the desk, which speaks Dutch and English; readers of other languages are met on the other pages. */
async function rendersOnTheDesk(walk: Walk, telling: string, dutch: readonly string[]): Promise<void> {
  const { page, say, open, follow } = walk;
  await open('/desk/renderings?into=nl&from=ar');
  await follow(() => page.getByRole('link', { name: 'كل مساء' }).first().click());
  await open(`/desk/renderings/${telling}/nl`);
  // The word of the field stands beside its block.
  expect(await main(walk)).toContain('gemeente');
  const fields = page.locator('textarea[name^="block-"]');
  expect(await fields.first().getAttribute('dir')).toBe('ltr');
  await fields.nth(0).fill(dutch[0] ?? '');
  await press(walk, 'renderings.desk.save.draft');
  expect(await page.getByRole('status').textContent()).toBe(say('renderings.desk.saved.draft'));
  await fields.nth(1).fill(dutch[1] ?? '');
  await page.getByLabel(say('renderings.desk.sign.name'), { exact: true }).check();
  await page.getByLabel(say('renderings.desk.sign.name.words')).fill('Bahar B.');
  await press(walk, 'renderings.desk.save.done');
  expect(await page.getByRole('status').textContent()).toBe(say('renderings.desk.saved.done'));
}

const renders = ({ viewer }: Inhabitant, telling: string, dutch: readonly string[]) =>
  withViewer(viewer, async (tx) => {
    const source = await sourceOf(tx, telling);
    const blocks = source.map(({ block, hash }, at) => ({
      block,
      text: dutch[at] ?? '',
      seen: hash,
      through: true,
    }));
    return saveRendering(
      tx,
      translatorOf(viewer) as Translator,
      { telling, language: 'nl' },
      { blocks, signedAs: 'Bahar B.' },
      'done',
    );
  });

const onTheStreet = (telling: string) =>
  withViewer(visitor, (tx) =>
    sql<{
      text: string;
      stale: boolean;
      standing: string;
    }>`select b.text, b.stale, r.standing from pub.rendering r join pub.rendering_block b on b.rendering = r.id
      join pub.telling_block t on t.telling = r.telling and t.block = b.block where r.telling = ${telling} order by t.place`.execute(
      tx,
    ),
  ).then(({ rows }) => rows);

journey(
  'a member puts an Arabic telling into Dutch, its teller checks it, a visitor reads it, and it is stale when the words change',
  async (walk) => {
    const { page, say, open, follow, language, person } = walk;
    const [teller, stranger] = [await anInhabitant('Noor'), await anInhabitant('Vreemde')];
    const { id, slug } = await anArabicTelling(teller);
    const dutch = ['We zaten elke avond samen.', 'Toen gingen we naar de gemeente.'];
    if (language === 'nl') await rendersOnTheDesk(walk, id, dutch);
    else await renders(person as Inhabitant, id, dutch);

    await goOnAs(walk, teller);
    await open(`/me/tellings/${id}/renderings`);
    expect(await main(walk)).toContain(say('renderings.standing.done'));
    await follow(() => page.getByRole('link', { name: say('renderings.mine.open') }).click());
    const check = new URL(page.url()).pathname.slice(3);
    expect(await main(walk)).toContain(dutch[0]);
    await page.getByLabel(say('renderings.check.right.yes')).check();
    await page.getByLabel(say('renderings.check.words')).fill('شكرا');
    await press(walk, 'renderings.check.do');
    expect(await page.getByRole('status').textContent()).toBe(say('renderings.check.done'));
    expect((await onTheStreet(id)).map(({ text, standing }) => [text, standing])).toEqual(
      dutch.map((text) => [text, 'checked-by-teller']),
    );

    // Who may not tell it does not learn that there is anything.
    await goOnAs(walk, stranger);
    for (const way of [
      check,
      `/me/tellings/${id}/renderings`,
      `/me/tellings/${id}/proposals`,
      `/me/tellings/${id}/quotes`,
    ])
      await open(way, 404);
    await goOnAs(walk);
    await open(check, 404);
    await open(`/tellings/${slug}?language=nl`);
    expect(await page.locator('main').textContent()).toContain(dutch[0]);

    await changesTheirWords(teller, id);
    expect((await onTheStreet(id)).map(({ stale }) => stale)).toEqual([true, false]);
    await goOnAs(walk, teller);
    await open(check);
    expect(await main(walk)).toContain(say('renderings.state.stale'));
  },
  { ...onAPhone, as: () => aMemberHere('Bahar') },
);

journey(
  'an editor proposes other words, the teller sees both and says yes, and what is open stays until they consent anew',
  async (walk) => {
    const { page, say, open, follow, language } = walk;
    const editor = await anInhabitant('Eva', [{ role: 'editor' }]);
    const teller = walk.person as Inhabitant;
    const { id, slug } = await anArabicTelling(teller);
    if (language === 'nl') {
      await goOnAs(walk, editor);
      await open('/desk/tellings');
      await open(`/desk/tellings/${id}`);
      await page.locator('textarea[name^="block-"]').first().fill('كنا نجلس معا كل ليلة.');
      await page.getByLabel(say('renderings.desk.edit.why')).fill('Zo zei je het eerst.');
      await press(walk, 'renderings.desk.edit.do');
      expect(await page.getByRole('status').textContent()).toBe(say('renderings.desk.edit.done'));
    } else {
      await withViewer(editor.viewer, (tx) =>
        sql`insert into core.telling_proposal (telling, version, doc, why, brought_by)
          select telling, number, jsonb_set(doc, '{content,0,content,0,text}', to_jsonb('كنا نجلس معا كل ليلة.'::text)), 'Zo zei je het eerst.', ${editor.viewer.id} from core.telling_version where telling = ${id}`.execute(
          tx,
        ),
      );
    }
    await goOnAs(walk, teller);
    await open(`/me/tellings/${id}/proposals`);
    await follow(() => page.locator(`main a[href*="/proposals/"]`).click());
    expect(await main(walk)).toContain('كنا نجلس معا كل ليلة.');
    expect(await main(walk)).toContain(words[0]);
    await press(walk, 'renderings.proposals.yes');
    expect(new URL(page.url()).pathname).toBe(`/${language}/tell/${id}/see`);
    expect(await page.locator('main').textContent()).toContain('كل ليلة');
    await goOnAs(walk);
    await open(`/tellings/${slug}`);
    expect(await page.locator('main').textContent()).toContain(words[0]);
    expect(await page.locator('main').textContent()).not.toContain('كل ليلة');
  },
  { ...onAPhone, as: () => anInhabitant('Noor') },
);

journey(
  'the teller is asked where quoted words changed, and shows the words that may be quoted now',
  async (walk) => {
    const { page, say, open } = walk;
    const teller = walk.person as Inhabitant;
    const reader = await anInhabitant('Wie leest');
    const { id, doc } = await anArabicTelling(teller);
    await withViewer(reader.viewer, (tx) =>
      makeQuote(tx, speakerOf(reader.viewer) as Speaker, {
        telling: id,
        block: doc.content[0]?.attrs.id ?? '',
        start: 0,
        end: 11,
      }),
    );
    await open(`/me/tellings/${id}/quotes`);
    expect(await main(walk)).toContain(say('renderings.quotes.held'));
    await changesTheirWords(teller, id);
    await open(`/me/tellings/${id}/quotes`);
    expect(await main(walk)).toContain(say('renderings.quotes.asked'));
    await press(walk, 'renderings.quotes.here');
    expect(await page.getByRole('alert').textContent()).toContain(
      say('renderings.quotes.problem.quote_not_there'),
    );
    await page.getByLabel(say('renderings.quotes.words')).fill('كنا نلتقي معا');
    await press(walk, 'renderings.quotes.here');
    expect(await main(walk)).toContain(say('renderings.quotes.held'));
  },
  { ...onAPhone, as: () => anInhabitant('Noor') },
);
