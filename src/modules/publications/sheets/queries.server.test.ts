import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { catalogue } from '#platform/i18n/catalogue.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { today } from '#platform/clock.ts';
import { operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { openAgendaTo } from '../../agendas/commands/draw-up.server.ts';
import type { ReadPromise } from '../../agendas/reading/model.ts';
import { openAgenda } from '../../agendas/reading/queries.server.ts';
import { anAgenda, said } from '../../agendas/testing.ts';
import { layField, theRealField } from '../../initiatives/testing.ts';
import { aWord } from '../../languages/words/testing.ts';
import { aPerson } from '../../people/testing.ts';
import { facilitatorOf } from '../../sessions/access.ts';
import { aTelling } from '../../stories/testing.ts';
import { agendaSheet } from './agenda/model.ts';
import { cardSheet } from './card/model.ts';
import { allowedOnPaper, printSheet } from './jobs.server.ts';
import type { Desk, Laid } from './model.ts';
import { openTelling, sheetOfAgenda, sheetOfChains, sheetOfEntry, sheetOfWords } from './queries.server.ts';

ownDatabase();
let noor: Viewer;
beforeAll(async () => {
  await layField(await theRealField());
  noor = await aPerson('Noor', [{ role: 'facilitator' }]);
});

const deskIn = (language: Language): Desk => ({
  say: speaker(language, catalogue),
  today: today(),
  address: `https://steppingstones.example/${language}/initiatives/takecarebnb`,
});
const asVisitor = <Value>(ask: Parameters<typeof withViewer<Value>>[1]) => withViewer(visitor, ask);
const printedAs = async (template: 'page' | 'wall' | 'card', sheet: Laid | null) =>
  sheet && (await printSheet(template, sheet));

test.each(['nl', 'ar', 'ti', 'uk', 'fa'] as const)(
  'an entry, its ways and the words can be had on paper in %s',
  async (language) => {
    const desk = deskIn(language);
    await aWord(`statushouder-${language}`, [
      { register: 'policy', term: 'statushouder' },
      { register: 'lived', term: 'جار جديد', language: 'ar' },
      { register: 'lived', term: 'ሓድሽ ጎረቤት', language: 'ti' },
    ]);
    const entry = await asVisitor((tx) => sheetOfEntry(tx, desk, 'takecarebnb'));
    expect(entry).toMatchObject({ language, title: { text: 'Takecarebnb', language: 'nl' } });
    const ways = await asVisitor((tx) =>
      sheetOfChains(tx, desk, { from: 'takecarebnb', to: '', day: desk.today }),
    );
    const words = await asVisitor((tx) => sheetOfWords(tx, desk, { q: '', register: null }));
    for (const sheet of [entry, ways, words])
      expect(await printedAs('page', sheet)).toMatchObject({
        ok: true,
        value: { pages: expect.any(Number) },
      });
  },
);

test('an agenda hangs on the wall with each promise, who carries it and how it stands', async () => {
  const leads = facilitatorOf(noor);
  if (!leads) throw new Error('Nobody leads.');
  const { agenda, slug } = await anAgenda(noor, '2026-11-24', [said({}, '2027-06-01')]);
  const desk = deskIn('ar');
  expect(await asVisitor((tx) => sheetOfAgenda(tx, desk, slug))).toBeNull();
  await withViewer(leads, (tx) => openAgendaTo(tx, leads, agenda, 'everyone'));
  expect(await asVisitor((tx) => sheetOfAgenda(tx, desk, slug))).toMatchObject({
    blocks: [{ type: 'text', words: desk.say('agendas.none') }],
  });
  const open = await asVisitor((tx) => openAgenda(tx, slug));
  const sheet = agendaSheet(desk, { ...(open ?? expect.fail('It is open.')), told: [keptPromise] });
  expect(sheet.blocks).toEqual([
    {
      type: 'steps',
      steps: [
        {
          name: { text: 'Wij openen de keuken op dinsdag.', language: 'nl' },
          text: expect.stringContaining('Samira'),
          mark: desk.say('agendas.state.underway'),
        },
      ],
    },
    { type: 'heading', level: 2, words: desk.say('agendas.help.asked') },
    { type: 'text', words: { text: 'Wie heeft een pan?', language: 'nl' } },
  ]);
  expect(await printedAs('wall', sheet)).toMatchObject({ ok: true, value: { pages: 1 } });
});

const keptPromise: ReadPromise = {
  id: 'p',
  number: 1,
  what: { nl: 'Wij openen de keuken op dinsdag.' },
  whoKind: 'person',
  carriers: [{ name: 'Samira', slug: null }],
  unnamed: 1,
  toWhom: null,
  byDay: '2027-06-01',
  issueTitle: null,
  state: 'underway',
  pausedUntil: null,
  why: null,
  silentSince: null,
  stones: [],
  news: [],
  helpAsked: [{ id: 'h', language: 'nl', text: 'Wie heeft een pan?' }],
};

const lineage = async (telling: string) => {
  const { rows } = await withViewer(operator, (tx) =>
    sql<{ over: boolean }>`select ended_at is not null as over from core.lineage
      where item = ${telling} and kind = 'export' and use = 'print' order by made_at`.execute(tx),
  );
  return rows.map(({ over }) => over);
};

test('a telling hangs on a wall only while its teller allows paper for everyone, and it is noted what was made of it', async () => {
  const given = { verdict: 'given', audience: 'public' } as const;
  const says = ['Ik kwam in de winter.', 'Toen was er soep, en iemand die mijn naam wist.'];
  const readHere = { ...given, use: 'read' as const, nameForm: 'first' as const };
  const shy = await aTelling({ teller: noor, title: 'Soep', says, consents: [readHere] });
  expect(await allowedOnPaper(shy.slug)).toBeNull();
  expect(await lineage(shy.id)).toEqual([]);
  const told = await aTelling({
    ...{ teller: noor, title: 'Soep', says, otherName: 'Zwaan', roleThen: 'newcomer' },
    consents: [readHere, { ...given, use: 'print', nameForm: 'other', languages: ['nl'] }],
  });
  const allowed = await allowedOnPaper(told.slug);
  expect(allowed).toEqual({ called: 'Zwaan', languages: ['nl'] });
  await allowedOnPaper(told.slug);
  expect(await lineage(told.id)).toEqual([false]);
  // That a card was made is known to the house alone, and nobody makes one around the question.
  const cards = (tx: Tx) => sql`select from core.story_card`.execute(tx);
  expect(await withViewer(noor, cards)).toMatchObject({ rows: [] });
  await expect(asVisitor(cards)).rejects.toThrow(/permission denied/);
  const around = (tx: Tx) => sql`insert into core.story_card (telling) values (${shy.id})`.execute(tx);
  await expect(withViewer(noor, around)).rejects.toThrow(/row-level security/);
  const voice = await asVisitor((tx) => openTelling(tx, told.slug, 'uk'));
  if (!voice || !allowed) throw new Error('It may not be had.');
  const card = cardSheet(deskIn('uk'), voice, allowed);
  expect(card.blocks).toEqual([
    { type: 'voice', words: says.join('\n\n'), language: 'nl', called: 'Zwaan', renderings: [] },
  ]);
  expect(await printSheet('card', card)).toMatchObject({ ok: true, value: { pages: 1 } });
  await withViewer(operator, (tx) =>
    sql`insert into core.consent (item, use, verdict, audience, shown_in, how, said_by)
      values (${told.id}, 'print', 'taken-back', 'public', 'nl', 'screen', ${noor.id})`.execute(tx),
  );
  expect(await allowedOnPaper(told.slug)).toBeNull();
  expect(await lineage(told.id)).toEqual([true]);
});

test('nobody can let the press work all day: the same sheet is set once, and of many different ones some are asked to come back', async () => {
  const sheetFor = (title: string): Laid => ({
    ...{ language: 'nl', kind: 'Proef', title, subtitle: null, opening: null, blocks: [] },
    ...{ address: 'https://steppingstones.example/nl', foot: [], day: '2026-11-22' },
  });
  const same = await Promise.all(Array.from({ length: 40 }, () => printSheet('page', sheetFor('Eender'))));
  expect(new Set(same.map((one) => one.ok && one.value.pdf)).size).toBe(1);
  const many = await Promise.all(
    Array.from({ length: 40 }, (_, at) => printSheet('page', sheetFor(`Anders ${at}`))),
  );
  expect(many.filter((one) => one.ok)).toHaveLength(6);
  expect(many.filter((one) => !one.ok && one.reason === 'print_busy')).toHaveLength(34);
});
