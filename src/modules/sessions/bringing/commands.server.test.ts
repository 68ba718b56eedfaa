import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { layField, theRealField } from '../../initiatives/testing.ts';
import { aPerson } from '../../people/testing.ts';
import { aSession } from '../testing.ts';
import { layToldSessions } from './commands.server.ts';
import { parseToldSessions } from './input.ts';
import type { ToldSession } from './model.ts';

ownDatabase();
let told: ToldSession[];

const lay = (sessions: readonly ToldSession[]) => withViewer(operator, (tx) => layToldSessions(tx, sessions));
const seen = (slug: string) =>
  withViewer(visitor, (tx) =>
    tx.selectFrom('pub.session').selectAll().where('slug', '=', slug).executeTakeFirst(),
  );

beforeAll(async () => {
  const field = await theRealField();
  await layField(field);
  const read = parseToldSessions(
    await readFile('db/field/sessions.json', 'utf8'),
    field.renderings,
    '2026-11-22',
  );
  if (!read.ok) throw new Error(JSON.stringify(read.problems.slice(0, 5)));
  told = read.sessions;
}, 180_000);

test('anyone can read the gatherings of Gelderland as the sources tell them, with where and since when', async () => {
  expect(await lay(told)).toEqual({ ok: true, laid: 38 });
  expect(await seen('make-session-gelderland-11-meedenken')).toMatchObject({
    origin: 'sources',
    state: 'held',
    number: 11,
    municipality: 'GM0202',
    province: 'PV25',
    held_on: '2020-03-05',
    held_precision: 'day',
    confidence: 'high',
    organisers: [
      { slug: 'openembassy' },
      { slug: 'vluchtelingenwerk-oost-nederland' },
      { slug: 'provincie-gelderland' },
    ],
  });
  const gelderland = await withViewer(visitor, (tx) =>
    tx
      .selectFrom('pub.session')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('province', '=', 'PV25')
      .executeTakeFirst(),
  );
  expect(Number(gelderland?.n)).toBe(10);
});

test('a place is only where the list of places has the very name: online, national and five regions are nowhere', async () => {
  const { rows } = await withViewer(visitor, (tx) =>
    sql<{ place: string }>`select distinct place from pub.session where province is null order by 1`.execute(
      tx,
    ),
  );
  expect(rows.map(({ place }) => place)).toEqual([
    'Berlikum',
    'five regions, 40 municipalities',
    'national',
    'north of the country, not named',
    'not named in the source',
    'online',
    'online (break-out rooms)',
    'online or place not found',
    'place not found',
  ]);
});

test('the same telling again doubles nothing, and a correction replaces what stood there', async () => {
  const [first, ...rest] = told;
  if (!first) throw new Error('There is no session to correct.');
  await lay([
    { ...first, title: { nl: 'Maaksessie Betaald werk' }, notes: first.notes.slice(0, 1) },
    ...rest,
  ]);
  const after = await seen(first.slug);
  expect(after?.title).toEqual({ nl: 'Maaksessie Betaald werk' });
  expect(after?.notes).toHaveLength(1);
  await lay(told);
  expect((await seen(first.slug))?.notes).toHaveLength(first.notes.length);
});

test('who is not in the field cannot have invited, and a gathering held here keeps its address', async () => {
  const [first] = told;
  if (!first) throw new Error('There is no session.');
  const facilitator = await aPerson('Noor', [{ role: 'facilitator' }]);
  const held = await aSession({ facilitator });
  const problemsOf = async (session: ToldSession) => {
    const laid = await lay([session]).catch((error: unknown) => error as Error);
    return 'ok' in laid && !laid.ok ? laid.problems.map(({ field, reason }) => [field, reason]) : laid;
  };
  expect(await problemsOf({ ...first, organisers: ['nobody-here'] })).toEqual([
    ['organisers.0', 'unknown_entry'],
  ]);
  expect(await problemsOf({ ...first, slug: held.slug })).toEqual([['id', 'doubled']]);
});
