import pg from 'pg';
import { SaxesParser } from 'saxes';
import { beforeAll, expect, test } from 'vitest';
import { daysLater, today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { catalogueOnDisk } from '#platform/i18n/catalogue-on-disk.ts';
import { speaker, type Speech } from '#platform/i18n/speech.ts';
import { visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aField, layField } from '../../initiatives/testing.ts';
import { aPerson } from '../../people/testing.ts';
import { aConsultation, aPoint, handOver } from '../../pools/consulting/testing.ts';
import { openAdvices } from '../../pools/following/queries.server.ts';
import { landscape, picture } from '../../sessions/landscape/landscape.ts';
import { aRoomOfVotes } from '../../sessions/landscape/testing.ts';
import { layerOf, type Layer } from '../access.ts';
import { workIn } from '../beginning/queries.server.ts';
import { figureKinds, type BookBlock } from '../model.ts';
import { setBook } from '../setting/jobs.server.ts';
import { aBookToSet, anArticleToSet } from '../setting/testing.ts';
import { aPublication } from '../testing.ts';
import { layFigure, takeFigure } from './commands.server.ts';
import { askAgain, parseAsk } from './input.ts';
import type { FigureAsk } from './model.ts';
import { figuresLaid, figureTaken, seen } from './queries.server.ts';

const given = ownDatabase();
const says: Record<string, Speech> = {};
let editor: Viewer;
let book: { id: string; slug: string };
let advice = '';

const hostile = 'Kook & <script>alert(1)</script> "‮تسم" ]]> #let x = 1';

/** An agenda and a session as they lie open, with a promise and a landscape; how they come there is tried in their own rooms. */
async function layOpen() {
  const admin = new pg.Client({ connectionString: given.adminUrl });
  await admin.connect();
  const { votes } = aRoomOfVotes({ people: 60, statements: 12, groups: [30, 30], apart: 5, seed: 7 });
  const key = (at: number | string) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
  const shown = JSON.stringify(picture(landscape(votes))).replace(
    /"s(\d+)"/g,
    (_, at: string) => `"${key(at)}"`,
  );
  await admin.query(
    `insert into pub.session (id, slug, origin, kind, title, purpose, language, themes, state, attendance, organisers, notes, picture, smallest)
      values ('0195e000-0000-7000-8000-000000000001', 'maaksessie-werk', 'room', 'make-session', '{"nl":"Maaksessie Werk"}', '{}', 'nl', '{}', 'held', '{}', '[]', '[]', $1, 5)`,
    [shown],
  );
  for (let at = 0; at < 12; at++)
    await admin.query(
      `insert into pub.session_statement (id, session, number, form, language, text, renderings)
        values ($1, '0195e000-0000-7000-8000-000000000001', $2, 'statement', 'nl', 'CANARY-said', '[]')`,
      [key(at), at + 1],
    );
  await admin.query(`insert into pub.agenda (id, slug, session, origin, kind, title, language, themes, drawn_on, until_day, check_ins, waiting)
    values ('0195e000-0000-7000-8000-000000000002', 'agenda-werk', '0195e000-0000-7000-8000-000000000001', 'room', 'make-session', '{"nl":"Maaksessie Werk"}', 'nl', '{}', '2026-01-15', '2027-01-15', '{3,6,12}', 0)`);
  await admin.query(
    `insert into pub.promise (id, agenda, number, what, language, who_kind, carriers, unnamed, themes, statements, state, stones, news, help_asked)
      values ('0195e000-0000-7000-8000-000000000003', '0195e000-0000-7000-8000-000000000002', 1, $1, 'nl', 'person', '[]', 1, '{}', '{}', 'underway', $2, '[]', '[]')`,
    [
      JSON.stringify({ nl: hostile }),
      JSON.stringify([
        {
          number: 1,
          due_on: '2026-04-15',
          state: 'answered',
          asked_on: '2026-04-15',
          answered_on: '2026-04-16',
          answer: 'on-its-way',
        },
        {
          number: 2,
          due_on: '2026-07-15',
          state: 'silent',
          asked_on: '2026-07-15',
          answered_on: null,
          answer: null,
        },
        { number: 3, due_on: '2027-01-15', state: 'coming', asked_on: null, answered_on: null, answer: null },
      ]),
    ],
  );
  await admin.end();
}

beforeAll(async () => {
  const catalogue = await catalogueOnDisk('messages');
  for (const language of ['nl', 'ar', 'fa', 'ti', 'uk'] as const)
    says[language] = speaker(language, catalogue);
  await layField(
    aField(
      [
        { id: 'taalcafe', name: hostile, lat: 51.98, lon: 5.9, ledBy: 'refugee-led', refugeeLed: true },
        { id: 'gemeente-arnhem', name: 'Gemeente Arnhem', kind: 'municipality', lat: 51.98, lon: 5.91 },
        { id: 'los', name: 'Los' },
      ],
      {
        events: [
          { organisation: 'taalcafe', date: '2016-03', kind: 'founded' },
          { organisation: 'taalcafe', date: '2019', kind: 'crisis' },
        ],
        relations: [{ from: 'taalcafe', type: 'funded-by', to: 'gemeente-arnhem', since: '2018' }],
      },
    ),
  );
  await layOpen();
  editor = await aPerson('Noor', [{ role: 'editor' }]);
  book = await aPublication({ by: editor });
  const made = await aConsultation('2026-03-01');
  await aPoint(made, 'Vraag het eerst aan ons.');
  await handOver(made, '2026-03-20');
  const [open] = await withViewer(visitor, openAdvices);
  advice = open?.slug ?? '';
}, 120_000);

const layer = async (who: Viewer) => {
  const proof = layerOf(
    who,
    await withViewer(who, async (tx) => {
      const work = await workIn(tx, book.slug);
      return work && { publication: work.id, part: work.part };
    }),
  );
  if (!proof) throw new Error('There is no proof.');
  return proof;
};
const asks = (): FigureAsk[] => [
  { kind: 'field', on: today(), province: null },
  { kind: 'shoreline', from: '2015-01-01', until: today() },
  { kind: 'chain', from: 'taalcafe', to: null, on: today() },
  { kind: 'trajectory', initiative: 'taalcafe' },
  { kind: 'landscape', session: 'maaksessie-werk' },
  { kind: 'promises', agenda: 'agenda-werk' },
  { kind: 'silence', advice },
];
const say = (language: string): Speech => {
  const speech = says[language];
  if (!speech) throw new Error('Nobody speaks.');
  return speech;
};

/** Every element and attribute of a drawing; throws when it is no XML. */
function readDrawing(drawing: string): { names: Set<string>; attributes: Set<string>; text: string } {
  const parser = new SaxesParser();
  const [names, attributes] = [new Set<string>(), new Set<string>()];
  let text = '';
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    names.add(tag.name);
    for (const name of Object.keys(tag.attributes)) attributes.add(name);
  });
  parser.on('text', (told) => (text += told));
  parser.write(drawing).close();
  return { names, attributes, text };
}

test('each kind of figure is seen by a visitor, says in words and facts what it shows, and holds nothing from outside', async () => {
  expect(
    asks()
      .map(({ kind }) => kind)
      .sort(),
  ).toEqual([...figureKinds].sort());
  for (const ask of asks())
    for (const language of ['nl', 'ar', 'uk']) {
      const it = await withViewer(visitor, (tx) => seen(tx, ask, say(language), daysLater(today(), 30)));
      if (!it) throw new Error(`${ask.kind} shows nothing.`);
      const { names, attributes, text } = readDrawing(it.drawing);
      expect(
        [...names].every((name) => /^(svg|title|rect|g|path|ellipse|circle|text|tspan|clipPath)$/.test(name)),
        [...names].join(),
      ).toBe(true);
      expect([...attributes].filter((name) => /^(style|class|href|on|xlink)/.test(name))).toEqual([]);
      expect(it.drawing).not.toMatch(/url\((?!#)|CANARY-said/);
      expect(text).not.toContain('\u202e');
      expect(it.drawing.length).toBeLessThan(120_000);
      expect(it.title.length).toBeLessThanOrEqual(200);
      expect(it.alt.length).toBeGreaterThan(30);
      expect(it.facts.rows).not.toEqual([]);
      for (const row of it.facts.rows) expect(row).toHaveLength(it.facts.columns.length);
      expect(JSON.stringify(it.facts)).not.toContain('CANARY-said');
    }
});

const lay = (proof: Layer, ask: FigureAsk) =>
  withViewer(editor, (tx) => layFigure(tx, proof, { ask, say: say('nl'), why: '' }));

test('a figure that was taken stays as it was, under a word of its own, with the fingerprint of what it holds', async () => {
  const proof = await layer(editor);
  const taken = await lay(proof, { kind: 'trajectory', initiative: 'taalcafe' });
  if (!taken.ok) throw new Error(taken.reason);
  const kept = await withViewer(editor, (tx) => figureTaken(tx, { slug: taken.value.slug }));
  expect(kept).toMatchObject({
    kind: 'trajectory',
    takenOn: today(),
    address: '/initiatives/taalcafe',
    language: 'nl',
  });
  expect(await withViewer(editor, (tx) => figuresLaid(tx, book.id))).toHaveLength(1);
  await layField(aField([{ id: 'taalcafe', name: 'Anders' }]));
  expect(await withViewer(editor, (tx) => figureTaken(tx, { id: taken.value.id }))).toEqual(kept);
  expect(kept?.hash).toMatch(/^[0-9a-f]{64}$/);
  await expect(
    withViewer(editor, (tx) =>
      tx.updateTable('core.figure').set({ title: 'Mooier' }).where('id', '=', taken.value.id).execute(),
    ),
  ).rejects.toThrow();
  expect(await withViewer(visitor, (tx) => tx.selectFrom('pub.figure').select('slug').execute())).toEqual([]);
});

test('what no visitor may see is in no figure, also when someone takes it who may', async () => {
  const proof = await layer(editor);
  const refused = (ask: FigureAsk) =>
    withViewer(editor, (tx) => takeFigure(tx, proof, ask, say('nl'))).then((answer) =>
      answer.ok ? 'taken' : answer.reason,
    );
  for (const ask of [
    { kind: 'trajectory', initiative: 'nobody' },
    { kind: 'landscape', session: 'nobody' },
    { kind: 'promises', agenda: 'nobody' },
    { kind: 'silence', advice: 'nobody' },
    { kind: 'chain', from: 'los', to: null, on: today() },
    { kind: 'field', on: '1999-01-01', province: 'PV20' },
  ] as const)
    expect(await refused(ask), ask.kind).toBe('figures.desk.refused.nothing');
  const samira = await aPerson('Samira');
  await expect(
    withViewer(samira, (tx) =>
      takeFigure(tx, proof, { kind: 'field', on: today(), province: null }, say('nl')),
    ),
  ).rejects.toThrow(/row-level security/);
});

test('a figure that cannot be laid is not kept', async () => {
  const proof = await layer(editor);
  const turn = (day: string | null) =>
    withViewer(editor, (tx) =>
      tx.updateTable('core.publication').set({ ended_on: day }).where('id', '=', book.id).execute(),
    );
  const kept = () => withViewer(editor, (tx) => tx.selectFrom('core.figure').select('id').execute());
  const before = await kept();
  await turn(today());
  expect(await lay(proof, { kind: 'field', on: today(), province: null })).toMatchObject({
    reason: 'together.refused.publication_ended',
  });
  expect(await kept()).toEqual(before);
});

test('a question comes back out of its own address, and one that cannot be asked says why', () => {
  for (const ask of asks()) {
    const read = parseAsk(askAgain(ask), today());
    expect(read.ok && read.value).toEqual(ask);
  }
  const why = (words: Record<string, string>) => {
    const read = parseAsk(new URLSearchParams(words), '2026-11-22');
    return read.ok ? read.value : read.reason;
  };
  expect(why({})).toBe('figures.desk.refused.kind');
  expect(why({ kind: 'field', on: '2030-01-01' })).toBe('figures.desk.refused.day');
  expect(why({ kind: 'shoreline', from: '2020-01-01', until: '2019-01-01' })).toBe(
    'figures.desk.refused.order',
  );
  expect(why({ kind: 'silence', advice: '../' })).toBe('figures.desk.refused.name');
  expect(
    why({ kind: 'trajectory', initiative: 'https://house.example/nl/initiatives/taalcafe?day=2020#list' }),
  ).toEqual({
    kind: 'trajectory',
    initiative: 'taalcafe',
  });
});

test('the same question on the same day is drawn the same, byte for byte', async () => {
  const drawn = (ask: FigureAsk) => withViewer(visitor, (tx) => seen(tx, ask, say('nl'), today()));
  for (const ask of asks()) expect((await drawn(ask))?.drawing).toBe((await drawn(ask))?.drawing);
});

test('every figure can be printed for all to read, also where its words run from right to left or are written in Ethiopic', async () => {
  const blocks: BookBlock[] = [];
  for (const language of Object.keys(says))
    for (const ask of asks()) {
      const it = await withViewer(visitor, (tx) => seen(tx, ask, say(language), today()));
      if (!it) throw new Error(`${ask.kind} shows nothing.`);
      const figure = {
        ...it,
        kind: ask.kind,
        language,
        slug: `${ask.kind}-${language}`,
        takenOn: today(),
        address: '/',
      };
      blocks.push({ id: figure.slug, language, restsOn: [], margin: [], type: 'figure', figure });
    }
  const book = aBookToSet({ kind: 'magazine', articles: [anArticleToSet('nl', 'Getekend', blocks)] });
  for (const standard of ['ua-1', 'a-2a'] as const) {
    const set = await setBook(book, standard);
    expect(set.ok ? 'set' : JSON.stringify(set), standard).toBe('set');
  }
});
