import { expect } from 'vitest';
import { makeLink } from '../../src/modules/initiatives/links/commands.server.ts';
import { aBetweenWord } from '../../src/modules/languages/words/testing.ts';
import { aSession } from '../../src/modules/sessions/testing.ts';
import { promiseStep } from '../../src/modules/tables/connecting/commands.server.ts';
import { goer, keysOf } from '../../src/modules/tables/connecting/testing.ts';
import { aTable } from '../../src/modules/tables/testing.ts';
import { daysLater, today } from '../../src/platform/clock.ts';
import { withViewer } from '../../src/platform/db.server.ts';
import { operator, type Viewer } from '../../src/platform/viewer.ts';
import { houseDatabase } from '../support/house-database.ts';
import { journey, type Walk } from '../support/journey.ts';
import { anInhabitant, signIn } from '../support/person.ts';

houseDatabase();
const onAPhone = { widths: [360], scripts: [false] } as const;
const nijmegen = 'GM0268';
const group = 'refugees-in-netherlands-nijmegen';
const press = ({ page, follow }: Walk, name: string) =>
  follow(() => page.getByRole('button', { name, exact: true }).first().click());
const main = ({ page }: Walk) => page.locator('main').innerText();
const aFacilitator = () => anInhabitant('Noor', [{ role: 'facilitator' }]);
const memberOf = (called: string, id: string) =>
  anInhabitant(called, [{ role: 'member', scope: { kind: 'initiative', id } }]);

/** A development table of Nijmegen at which the province and who gives support sit, and whoever else is named. */
async function aTableOfNijmegen(keeper: Viewer, ...others: readonly string[]) {
  const held = ['provincie-gelderland', 'vluchtelingenwerk-oost-nederland', ...others];
  const keys = await keysOf(...held);
  const table = await aTable({
    keeper,
    name: 'Ontwikkeltafel Nijmegen',
    municipality: nijmegen,
    openTo: 'everyone',
    seats: keys.map((initiative) => ({ initiative })),
  });
  return { ...table, keys };
}

/** The word of a link that was mailed to an initiative. */
const aWordTo = async (initiative: string) => {
  const wish = { initiative, purpose: 'keep', sentTo: 'post@example.org', language: 'ar' } as const;
  return (await withViewer(operator, (tx) => makeLink(tx, wish))).word;
};

/** The first ask of a table is answered by the seat of the province. */
async function promised(keeper: Viewer, table: string, seat: string): Promise<void> {
  const who = goer(keeper);
  const came = await withViewer(who, async (tx) => {
    const { id } = await tx
      .selectFrom('core.connection_ask')
      .select('id')
      .where('table_id', '=', table)
      .executeTakeFirstOrThrow();
    const carrier = { called: 'Wim', mail: 'wim@example.org' };
    const step = { ask: id, seat, what: 'Wij komen samen langs.', byDay: daysLater(today(), 60), carrier };
    const around = {
      language: 'nl',
      home: 'https://house.example',
      title: { nl: 'Stap van een tafel' },
    } as const;
    return promiseStep(tx, who, step, around);
  });
  expect(came.ok).toBe(true);
}

journey(
  'an informal refugee-led group reads that its chair stays empty, asks to be connected, and says itself when it is',
  async (walk) => {
    const { page, say, language, open } = walk;
    const keeper = (await aFacilitator()).viewer;
    const table = await aTableOfNijmegen(keeper);
    await open(`/tables/${table.slug}`);
    for (const empty of ['chairs.refugee-led', 'chairs.informal'] as const)
      expect(await main(walk)).toContain(say(empty));
    expect(await page.locator(`main a[href$="/initiatives/${group}"]`).count()).toBeGreaterThan(0);
    const [id = ''] = await keysOf(group);
    // In Dutch someone with an account asks; in Arabic a group that has none, by the link that was mailed to it.
    const word = language === 'ar' ? await aWordTo(id) : null;
    if (word === null) await signIn(page.context(), await memberOf('Selam', id));
    else await open(`/keep/${word}/connect`);
    const door = word === null ? `/tables/${table.slug}/connect` : `/keep/${word}/connect/${table.slug}`;
    await open(door);
    const words = language === 'ar' ? 'نريد أن نتحدث مع البلدية.' : 'Wij willen met de gemeente praten.';
    await page.getByLabel(say('chairs.connect.words')).fill(words);
    await press(walk, say('chairs.connect.do'));
    expect(await page.getByRole('alert').innerText()).toContain(say('chairs.refused.wish'));
    expect(await page.getByLabel(say('chairs.connect.words')).inputValue()).toBe(words);
    await page.getByRole('radio', { name: say('chairs.connect.wish.formal-system') }).check();
    await press(walk, say('chairs.connect.do'));
    expect(await main(walk)).toContain(say('chairs.ask.waiting'));
    await promised(keeper, table.id, table.seats[0] ?? '');
    await open(door);
    expect(await main(walk)).toContain(say('chairs.ask.promised'));
    await press(walk, say('chairs.connect.connected'));
    expect(await main(walk)).toContain(say('chairs.ask.connected'));
  },
  { ...onAPhone, languages: ['nl', 'ar'] },
);

journey(
  'who keeps a table says who is missing, a seated party promises a step, and a word between policy and life is adopted by both sides',
  async (walk) => {
    const { page, say, open, person } = walk;
    if (!person) throw new Error('Nobody walks.');
    const table = await aTableOfNijmegen(person.viewer, 'yalla-foundation');
    await open(`/desk/tables/${table.id}/chairs`);
    await page.getByLabel(say('chairs.desk.absence.why')).fill('Niemand vroeg het hun.');
    await press(walk, say('chairs.desk.absence.do'));
    expect(await page.getByRole('alert').innerText()).toContain(say('chairs.desk.refused.who'));
    await page.getByLabel(say('chairs.desk.absence.who')).fill('vrouwen uit Eritrea');
    await page.getByLabel(say('chairs.desk.absence.openly')).check();
    await press(walk, say('chairs.desk.absence.do'));
    expect(await main(walk)).toContain('Niemand vroeg het hun.');

    const [asker = ''] = await keysOf(group);
    await withViewer(operator, (tx) =>
      tx
        .insertInto('core.connection_ask')
        .values({
          table_id: table.id,
          initiative: asker,
          called: 'Refugees in Netherlands',
          wish: 'table',
          language: 'en',
          words: 'May we sit with you?',
          reach: null,
          answered_on: null,
          answer: null,
          answer_language: null,
          seat: null,
          promise: null,
        })
        .execute(),
    );
    await open(`/desk/tables/${table.id}/asks`);
    await page.getByText(say('chairs.desk.asks.step'), { exact: true }).click();
    await page.getByLabel(say('chairs.desk.asks.what')).fill('Wij stellen hen voor aan het loket.');
    await page.getByLabel(say('chairs.desk.asks.called')).fill('Wim');
    await press(walk, say('chairs.desk.asks.promise'));
    expect(await main(walk)).toContain(say('chairs.ask.promised'));

    const word = await aBetweenWord(null, { term: `nieuwe buur ${table.slug}`, open: true });
    const session = await aSession({ facilitator: person.viewer, state: 'closed' });
    await withViewer(operator, (tx) =>
      tx
        .insertInto('core.table_meeting')
        .values({
          table_id: table.id,
          session: session.id,
          day: today(),
          about: 'Over woorden',
          language: 'nl',
        })
        .execute(),
    );
    await open(`/desk/tables/${table.id}/words`);
    await page.getByLabel(say('chairs.desk.words.which')).selectOption(word.version ?? '');
    await press(walk, say('chairs.desk.words.lay'));
    await press(walk, say('chairs.desk.words.meeting.do'));
    await press(walk, say('chairs.desk.words.adopt'));
    expect(await page.getByRole('alert').innerText()).toContain(say('chairs.desk.refused.one_side'));
    for (const [called, key, seat] of [
      ['Wim', table.keys[0], 'Provincie Gelderland · Stoel 1'],
      ['Selam', table.keys[2], 'Yalla Foundation · Stoel 3'],
    ] as const) {
      await signIn(page.context(), await memberOf(called, key ?? ''));
      await open(`/desk/tables/${table.id}/words`);
      await press(walk, say('chairs.desk.words.sign', { seat }));
    }
    await signIn(page.context(), person);
    await open(`/desk/tables/${table.id}/words`);
    await press(walk, say('chairs.desk.words.adopt'));
    expect(await main(walk)).toContain(say('chairs.desk.words.adopted', { day: '' }).trim().slice(0, 12));
  },
  { ...onAPhone, languages: ['nl'], as: aFacilitator },
);
