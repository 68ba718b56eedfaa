import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { byLink, byPhone, house, operator, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../tests/support/database.ts';
import { oneself } from '../people/access.ts';
import { aPerson } from '../people/testing.ts';
import { aSession } from '../sessions/testing.ts';
import { aDilemma, anInsight, aTrajectory, tries, unexpectedAt, type Wall } from './testing.ts';
import { takePart, tellChange, writeNote } from './trajectories/commands.server.ts';

ownDatabase();

const comers = new Map<string, Viewer>();
const key = {
  waits: '',
  open: '',
  card: '',
  openCard: '',
  trajectory: '',
  draft: '',
  session: '',
  other: '',
};
const who = (comer: string): Viewer => comers.get(comer) ?? visitor;
const id = (comer: string): string => who(comer).id ?? '';

beforeAll(async () => {
  const made: [string, Viewer][] = [
    ['teller', await aPerson('Samira')],
    ['stranger', await aPerson('Jan')],
    ['editor', await aPerson('Noor', [{ role: 'editor' }])],
    ['guide', await aPerson('Bas', [{ role: 'facilitator' }])],
    ['other guide', await aPerson('Els', [{ role: 'facilitator' }])],
    ['researcher', await aPerson('Ria', [{ role: 'researcher' }])],
    ['unsure editor', await aPerson('Ad', [{ role: 'editor' }], false)],
    ['partner', await aPerson('Mo', [{ role: 'partner' }])],
    ['admin', await aPerson('Ans', [{ role: 'admin' }, { role: 'privacy-officer' }])],
    ['link', byLink('0193a000-0000-7000-8000-0000000000aa')],
    ['phone', byPhone('0193a000-0000-7000-8000-0000000000ab')],
    ['house', house],
    ['operator', operator],
  ];
  for (const [comer, viewer] of made) comers.set(comer, viewer);
  const teller = who('teller');
  const self = oneself(teller) ?? { person: '' };
  key.waits = (await aDilemma(teller, { waits: true })).id;
  key.open = (await aDilemma(teller)).id;
  key.card = (await anInsight(teller, { waits: true, authors: ['Een ander'] })).id;
  key.openCard = (await anInsight(teller, { authors: ['Een ander'] })).id;
  const { id: trajectory, slug } = await aTrajectory(who('guide'));
  key.trajectory = trajectory;
  key.session = (await aSession({ facilitator: who('guide') })).id;
  key.other = (await aSession({ facilitator: who('guide') })).id;
  key.draft = (await aTrajectory(who('guide'), { draft: true })).id;
  const change = {
    day: '2026-01-01',
    words: 'Wij eten samen.',
    language: 'nl',
    called: null,
    goesAlong: true,
  };
  await withViewer(teller, async (tx) => {
    await takePart(tx, self, slug);
    await writeNote(tx, self, { kind: 'took', words: 'Van mij alleen.', trajectory, day: '2026-01-01' });
    await tellChange(tx, self, trajectory, change, 'learner');
    await sql`insert into core.dilemma_position (dilemma, place, words, language, told_by) values (${key.open}, 'wie wacht', 'Het duurt.', 'nl', ${teller.id})`.execute(
      tx,
    );
  });
  await withViewer(operator, async (tx) => {
    await sql`insert into core.work (key, csl) values ('w1', '{"id": "w1", "title": "T"}')`.execute(tx);
    await sql`insert into core.insight_question (slug, question, language) values ('q', '{"nl": "Wat helpt?"}', 'nl')`.execute(
      tx,
    );
    await sql`insert into core.insight_work select ${key.card}, id from core.work`.execute(tx);
    await sql`insert into core.dilemma_link (dilemma, kind, slug) values (${key.open}, 'word', 'thuis')`.execute(
      tx,
    );
    await sql`insert into core.trajectory_reading (trajectory, kind, slug) values (${key.trajectory}, 'work', 'w1')`.execute(
      tx,
    );
    await sql`insert into core.trajectory_gathering values (${key.trajectory}, ${key.session})`.execute(tx);
  });
});

const machine = 'house, operator';
const people = 'teller, stranger, editor, guide, other guide, researcher, unsure editor, partner, admin';
const lookers = `editor, guide, other guide, ${machine}`;
const keepers = `editor, guide, ${machine}`;
const mine = `teller, ${machine}`;
// Not even the person at the terminal.
const onesOwn = 'teller, house';

// Everyone tells as themselves; who told it reads, mends and takes back; who looks reads and opens.
const told = {
  select: `teller, ${lookers}`,
  insert: `${people}, ${machine}`,
  update: `teller, ${lookers}`,
  delete: mine,
};
const all = (names: string) => ({ select: names, insert: names, update: names, delete: names });
const library = {
  select: `${people}, ${machine}`,
  insert: `researcher, ${lookers}`,
  update: machine,
  delete: machine,
};

const dilemma = (standing: string) =>
  `insert into core.dilemma (slug, level, title, what, language, told_by, standing) values ('s' || gen_random_uuid(), 'internal', '{"nl": "a"}', '{"nl": "b"}', 'nl', $me, '${standing}')`;
const position = (of: string) =>
  `insert into core.dilemma_position (dilemma, place, words, language, told_by) values ('${of}', 'ab', 'ab', 'nl', $me)`;
const trajectory = (by: string) =>
  `insert into core.trajectory (slug, title, purpose, language, from_day, made_by) values ('t' || gen_random_uuid(), 'ab', 'ab', 'nl', '2026-01-01', ${by})`;

const toldWalls = (): Record<string, Wall> => ({
  'core.dilemma that waits': {
    where: `id = '${key.waits}'`,
    set: `standing = 'waiting'`,
    looked: true,
    add: dilemma('waiting'),
    rule: told,
  },
  'core.dilemma that is open': {
    where: `id = '${key.open}'`,
    set: 'called = called',
    looked: true,
    add: dilemma('open'),
    rule: { ...told, insert: machine, update: lookers },
  },
  'core.dilemma_position': {
    where: `told_by = '${id('teller')}'`,
    set: `standing = 'waiting'`,
    looked: true,
    add: position(key.open),
    rule: told,
  },
  'core.dilemma_position on what is not open': {
    where: `dilemma = '${key.waits}'`,
    set: `standing = 'waiting'`,
    add: position(key.waits),
    rule: { ...all(''), insert: machine },
  },
  'core.dilemma_link': {
    where: `slug = 'thuis'`,
    set: 'linked_by = $me',
    add: `insert into core.dilemma_link values ('${key.open}', 'word', 'w' || gen_random_uuid(), $me)`,
    rule: all(lookers),
  },
  'core.work': {
    where: `key = 'w1'`,
    set: 'key = key',
    add: `insert into core.work (key, csl, brought_by) values ('k' || gen_random_uuid(), '{}', $me)`,
    rule: library,
  },
  'core.insight_question': {
    where: `slug = 'q'`,
    set: 'slug = slug',
    add: `insert into core.insight_question (slug, question, language, asked_by) values ('q' || gen_random_uuid(), '{"nl": "?"}', 'nl', $me)`,
    rule: library,
  },
  'core.insight_card that waits': {
    where: `id = '${key.card}'`,
    set: `standing = 'waiting'`,
    looked: true,
    add: `insert into core.insight_card (slug, kind, claim, language, told_by) values ('c' || gen_random_uuid(), 'lived', '{"nl": "a"}', 'nl', $me)`,
    rule: told,
  },
  'core.insight_author of what waits': {
    where: `card = '${key.card}'`,
    set: 'called = called',
    add: `insert into core.insight_author values ('${key.card}', 9, 'Nog een')`,
    rule: { ...all(mine), select: `teller, ${lookers}` },
  },
  'core.insight_author of what is open': {
    where: `card = '${key.openCard}'`,
    set: 'called = called',
    add: `insert into core.insight_author values ('${key.openCard}', 9, 'Nog een')`,
    rule: { ...all(machine), select: `teller, ${lookers}` },
  },
  'core.insight_work of what waits': {
    where: `card = '${key.card}'`,
    set: 'work = work',
    add: `insert into core.insight_work select '${key.openCard}', id from core.work where key = 'w1'`,
    rule: { ...all(mine), select: `teller, ${lookers}`, insert: machine },
  },
});

const trajectoryWalls = (): Record<string, Wall> => ({
  'core.trajectory that is open': {
    where: `id = '${key.trajectory}'`,
    set: 'purpose = purpose',
    add: trajectory('$me'),
    rule: { ...all(keepers), select: `${people}, ${machine}`, insert: lookers },
  },
  'core.trajectory that is a draft': {
    where: `id = '${key.draft}'`,
    set: 'purpose = purpose',
    add: trajectory(`'${id('guide')}'`),
    rule: { ...all(keepers), insert: `guide, ${machine}` },
  },
  'core.trajectory_question': {
    where: `trajectory = '${key.trajectory}' and number = 1`,
    set: 'question = question',
    add: `insert into core.trajectory_question values ('${key.trajectory}', 30, 'Waarom?')`,
    rule: all(keepers),
  },
  'core.trajectory_gathering': {
    where: `trajectory = '${key.trajectory}'`,
    set: 'session = session',
    add: `insert into core.trajectory_gathering values ('${key.trajectory}', '${key.other}')`,
    rule: all(keepers),
  },
  'core.trajectory_reading': {
    where: `slug = 'w1'`,
    set: 'slug = slug',
    add: `insert into core.trajectory_reading values ('${key.trajectory}', 'story', 'een-verhaal')`,
    rule: all(keepers),
  },
  'core.trajectory_change': {
    where: `told_by = '${id('teller')}'`,
    set: `standing = 'waiting'`,
    looked: true,
    add: `insert into core.trajectory_change (trajectory, day, words, language, told_by) values ('${key.trajectory}', '2026-01-01', 'ab', 'nl', $me)`,
    rule: { select: `teller, ${keepers}`, insert: mine, update: `teller, ${keepers}`, delete: mine },
  },
  'core.learner': {
    where: `person_id = '${id('teller')}'`,
    set: 'since = since',
    add: `insert into core.learner values ('${key.draft}', '${id('teller')}')`,
    rule: { ...all(onesOwn), insert: 'house' },
  },
  'core.learning_note': {
    where: `person_id = '${id('teller')}'`,
    set: 'words = words',
    add: `insert into core.learning_note (person_id, kind, words, trajectory) values ('${id('teller')}', 'took', 'ab', '${key.trajectory}')`,
    rule: all(onesOwn),
  },
});

test('what people tell opens to whom it should and to nobody else, in every way and every state', async () => {
  expect(await unexpectedAt(toldWalls(), comers)).toEqual([]);
});

test('a trajectory is kept by its guide, and a path is read by nobody but who walks it', async () => {
  expect(await unexpectedAt(trajectoryWalls(), comers)).toEqual([]);
});

test('the street reads nothing behind the walls, and of who takes part nothing is laid open', async () => {
  const tables = new Set(
    Object.keys({ ...toldWalls(), ...trajectoryWalls() }).map((name) => name.split(' ')[0] ?? ''),
  );
  for (const table of tables) expect(await tries(visitor, `select 1 from ${table}`), table).toBe(false);
  const open = await withViewer(visitor, (tx) => tx.selectFrom('pub.trajectory').selectAll().execute());
  expect(JSON.stringify(open)).not.toContain(id('teller'));
  expect(open.map((each) => each.id)).toEqual([key.trajectory]);
  expect(open[0]?.changes).toEqual([]);
});

test('who looks changes no word, and who told it opens nothing', async () => {
  const change = (comer: string, set: string) =>
    tries(who(comer), `update core.dilemma set ${set} where id = '${key.waits}'`);
  expect(await change('editor', `title = '{"nl": "Anders"}', looked_by = $me`)).toBe(false);
  expect(await change('editor', 'told_by = $me')).toBe(false);
  expect(await change('editor', `standing = 'open', looked_by = $me`)).toBe(true);
  expect(await change('editor', `standing = 'open', looked_by = '${id('guide')}'`)).toBe(false);
  expect(await change('teller', `standing = 'open'`)).toBe(false);
  expect(await change('teller', `title = '{"nl": "Anders"}'`)).toBe(true);
});
