import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { loadPlaces } from '../places/commands.server.ts';
import { tableOf, wholeOf } from './exchange/model.ts';
import { regionCalled, regionList, regionPage } from './queries.server.ts';

ownDatabase();

interface Told {
  readonly slug: string;
  readonly themes: readonly string[];
  readonly province?: string;
  readonly municipality?: string;
  readonly on?: string;
  readonly agreed?: readonly string[];
}

/** A gathering as public sources tell it, with what was agreed there, laid open as the house does. */
const tell = ({ slug, themes, province, municipality, on, agreed = [] }: Told) =>
  withViewer(operator, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      insert into core.session (slug, origin, kind, title, language, themes, province, municipality, held_on, held_precision, state)
      values (${slug}, 'sources', 'make-session', ${JSON.stringify({ nl: slug })}::jsonb, 'nl', ${[...themes]}::text[], ${province ?? null},
        ${municipality ?? null}, ${on ?? null}, ${on ? 'day' : null}, 'shared') returning id`.execute(tx);
    const id = rows[0]?.id ?? '';
    await sql`select core.lay_session_open(${id})`.execute(tx);
    if (agreed.length === 0) return;
    const agenda = await sql<{
      id: string;
    }>`insert into core.agenda (session, slug, origin, open_to) values (${id}, ${slug}, 'sources', 'everyone') returning id`.execute(
      tx,
    );
    for (const what of agreed)
      await sql`insert into core.promise (session, agenda, what, language, who_kind, state, made_on)
        values (${id}, ${agenda.rows[0]?.id}, ${JSON.stringify({ nl: what })}::jsonb, 'nl', 'institution', 'not-known', '2020-03-05')`.execute(
        tx,
      );
    await sql`select core.lay_agenda_open(${agenda.rows[0]?.id})`.execute(tx);
  });

/** A room that was held here, with an issue it named, as its minutes are shared. */
const hold = (slug: string, roles: Readonly<Record<string, number>>, raisedBy: readonly string[]) =>
  withViewer(operator, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      insert into core.session (slug, kind, title, language, themes, municipality, held_on, held_precision, state, closed_at, shared_at, attendance)
      values (${slug}, 'make-session', '{"nl":"Kamer"}', 'nl', '{work}', 'GM0202', '2026-10-01', 'day', 'shared', now(), now(), ${JSON.stringify(roles)}::jsonb)
      returning id`.execute(tx);
    const id = rows[0]?.id ?? '';
    const issue = await sql<{
      id: string;
    }>`insert into core.issue (session, number, title, language, themes) values (${id}, 1, '{"nl":"De bus"}', 'nl', '{housing}') returning id`.execute(
      tx,
    );
    for (const [at, role] of raisedBy.entries())
      await sql`insert into core.statement (session, number, step, form, language, text, as_role, issue)
        values (${id}, ${at + 1}, 1, 'statement', 'nl', 'Er rijdt geen bus.', ${role}, ${issue.rows[0]?.id})`.execute(
        tx,
      );
    await sql`select core.lay_session_open(${id})`.execute(tx);
  });

const known = (slug: string) => withViewer(visitor, (tx) => regionCalled(tx, slug));
const page = (slug: string, periods: Parameters<typeof regionPage>[2] = null) =>
  withViewer(visitor, (tx) => regionPage(tx, slug, periods, 'nl'));

beforeAll(async () => {
  await withViewer(operator, (tx) => loadPlaces(tx));
  await tell({ slug: 'werk', themes: ['work', 'language'], province: 'PV25' });
  await tell({
    slug: 'zorg',
    themes: ['health'],
    province: 'PV25',
    municipality: 'GM0202',
    on: '2019-02-01',
  });
  await tell({
    slug: 'meedenken',
    themes: ['work'],
    municipality: 'GM0202',
    on: '2020-03-05',
    agreed: ['Een', 'Twee'],
  });
  await tell({
    slug: 'maaksessies-series',
    themes: ['work', 'culture'],
    province: 'PV25',
    on: '2018-01-01',
    agreed: ['Samen'],
  });
  await tell({ slug: 'elders', themes: ['work'], province: 'PV26' });
  await tell({ slug: 'ermelo', themes: ['rights'], municipality: 'GM0233', on: '2021-01-01' });
  await tell({ slug: 'hattem', themes: ['rights'], municipality: 'GM0244', on: '2022-01-01' });
});

test('a province tells what is alive there, also of a gathering that only names its municipality', async () => {
  const alive = (await known('gelderland'))?.alive ?? [];
  const of = (theme: string) => alive.find((each) => each.theme === theme);
  expect(of('work')?.gatherings.map(({ slug }) => slug)).toEqual(['meedenken', 'werk']);
  expect(of('work')?.standing['not-known']).toBe(2);
  expect(of('work')?.takenUp).toBe('not-known');
  expect(of('health')?.takenUp).toBe('untold');
  expect(of('rights')?.gatherings).toHaveLength(2);
});

test('a row of a whole series counts as no gathering and is still told', async () => {
  const told = await page('gelderland');
  expect(told?.alive.some(({ theme }) => theme === 'culture')).toBe(false);
  expect(told?.series.map(({ slug }) => slug)).toEqual(['maaksessies-series']);
  expect(told?.ofSeries).toHaveLength(1);
  expect(told?.alive.find(({ theme }) => theme === 'work')?.pledges).toHaveLength(2);
});

test('a municipality tells its own, and smaller ones are seen together', async () => {
  expect((await known('gelderland-arnhem'))?.gatherings.map(({ slug }) => slug).sort()).toEqual([
    'meedenken',
    'zorg',
  ]);
  expect((await known('gelderland-small'))?.gatherings.map(({ slug }) => slug).sort()).toEqual([
    'ermelo',
    'hattem',
  ]);
  const around = (await page('gelderland'))?.around ?? [];
  expect(around.find(({ slug }) => slug === 'gelderland-small')?.gatherings).toBe(2);
  expect(around.find(({ slug }) => slug === 'gelderland-arnhem')?.gatherings).toBe(2);
  expect((await page('gelderland'))?.placeless).toBe(1);
  expect(await known('atlantis')).toBeNull();
});

test('who raised an issue is told only of a role that was there with five or more', async () => {
  await hold('kamer-arnhem', { newcomer: 6, official: 4 }, ['newcomer', 'newcomer', 'official']);
  const housing = (await known('gelderland-arnhem'))?.alive.find(({ theme }) => theme === 'housing');
  expect(housing?.by).toEqual({ newcomer: 1, initiative: 0, official: 0, other: 0 });
  expect(housing?.issues.map(({ issue }) => issue.title)).toEqual([{ nl: 'De bus' }]);
  // What it was called together for is not what its room raised.
  expect(
    (await known('gelderland-arnhem'))?.alive.find(({ theme }) => theme === 'work')?.gatherings,
  ).toHaveLength(1);
});

test('what moved, what was let go with its reason and what nobody took up are told from the open agenda', async () => {
  await hold('kamer-ede', { newcomer: 6 }, ['newcomer']);
  await withViewer(operator, async (tx) => {
    const { rows } = await sql<{ id: string; issue: string }>`
      update core.session s set municipality = 'GM0228' from core.issue i where i.session = s.id and s.slug = 'kamer-ede' returning s.id, i.id as issue`.execute(
      tx,
    );
    const room = rows[0];
    const other = await sql<{
      id: string;
    }>`insert into core.issue (session, number, title, language, themes) values (${room?.id}, 2, '{"nl":"Rust"}', 'nl', '{stability}') returning id`.execute(
      tx,
    );
    const third =
      await sql`insert into core.issue (session, number, title, language, themes) values (${room?.id}, 3, '{"nl":"Fiets"}', 'nl', '{leisure}') returning id`.execute(
        tx,
      );
    expect(third.rows).toHaveLength(1);
    const agenda = await sql<{
      id: string;
    }>`insert into core.agenda (session, slug, drawn_on, drawn_precision, until_day, open_to)
      values (${room?.id}, 'kamer-ede', '2026-10-01', 'day', '2027-10-01', 'everyone') returning id`.execute(
      tx,
    );
    for (const [issue, state, why] of [
      [room?.issue, 'done', null],
      [other.rows[0]?.id, 'let-go', '{"nl":"De subsidie stopte."}'],
    ])
      await sql`insert into core.promise (session, agenda, what, language, who_kind, state, made_on, by_day, confirmed_on, issue, why)
        values (${room?.id}, ${agenda.rows[0]?.id}, '{"nl":"Iets"}', 'nl', 'together', ${state}, '2026-10-01', '2027-01-01', '2026-10-02', ${issue}, ${why}::jsonb)`.execute(
        tx,
      );
    await sql`select core.lay_session_open(${room?.id})`.execute(tx);
    await sql`select core.lay_agenda_open(${agenda.rows[0]?.id})`.execute(tx);
  });
  const alive = (await known('gelderland-ede'))?.alive ?? [];
  const of = (theme: string) => alive.find((each) => each.theme === theme);
  expect(of('housing')?.takenUp).toBe('carried');
  expect(of('housing')?.standing.done).toBe(1);
  expect(of('stability')?.takenUp).toBe('let-go');
  expect(of('stability')?.pledges[0]?.why).toEqual({ nl: 'De subsidie stopte.' });
  expect(of('leisure')?.takenUp).toBe('nobody');
});

test('two periods stand side by side, and a gathering without a day in neither', async () => {
  const told = await page('gelderland', [
    { from: 2018, to: 2019 },
    { from: 2020, to: 2026 },
  ]);
  expect(told?.compared.find(({ theme }) => theme === 'health')?.raised).toEqual([1, 0]);
  expect(told?.compared.find(({ theme }) => theme === 'work')?.raised).toEqual([0, 1]);
  expect(told?.undated).toBe(1);
  expect(told?.years[0]).toBe(2019);
});

test('stories are told of a whole province only, never of a municipality', async () => {
  await withViewer(operator, (tx) =>
    sql`select core.lay_told('[]', '[{"province":"PV25","theme":"work","year":2026,"at_least":5}]', '2026-10-01')`.execute(
      tx,
    ),
  );
  expect((await known('gelderland'))?.told).toEqual([{ theme: 'work', year: 2026, atLeast: 5 }]);
  expect((await known('gelderland-arnhem'))?.told).toEqual([]);
});

test('the list of provinces counts what their pages count', async () => {
  const list = await withViewer(visitor, (tx) => regionList(tx, 'nl'));
  expect(list).toHaveLength(12);
  for (const { slug, gatherings, promises } of list) {
    const told = await known(slug);
    expect(gatherings, slug).toBe(told?.gatherings.filter(({ series }) => !series).length);
    expect(promises, slug).toBe(told?.pledges.length);
  }
});

test('what programs and spreadsheets get is what the page tells, and no words anyone said', async () => {
  const told = await known('gelderland');
  if (!told) throw new Error('There is no Gelderland.');
  const whole = JSON.stringify(wholeOf(told));
  expect(whole).not.toContain('Er rijdt geen bus');
  expect(whole).not.toContain('Twee');
  const [head, ...rows] = tableOf(told);
  expect(rows.map(([theme]) => theme)).toEqual(told.alive.map(({ theme }) => theme));
  for (const row of rows) expect(row).toHaveLength(head?.length ?? 0);
  expect(rows.find(([theme]) => theme === 'work')?.at(-1)).toBe('2026: 5');
});
