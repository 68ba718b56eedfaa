import { beforeAll, describe, expect, test } from 'vitest';
import { aMember, aPerson } from '#modules/people/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aField, layField } from '../testing.ts';
import { takeBackTurn } from './commands.server.ts';
import { aLinkTo, fieldOf, year } from './testing.ts';

const database = ownDatabase();
const { admin, idOf, tell, read, periods } = fieldOf(database);
let near: string;
const verifier = (called: string, province: string) =>
  aPerson(called, [{ role: 'verifier', scope: { kind: 'province', id: province } }]);

beforeAll(async () => {
  await layField(aField([{ id: 'dubbel', name: 'Dubbel Huis' }]));
  const [code] = await admin<{ code: string }>(`select code from pub.province where name = 'Gelderland'`);
  near = code?.code ?? '';
});

describe('a split', () => {
  test('keeps both lives and brings new ones that wait, lie in the same town and hide as much as the old one', async () => {
    await layField(
      aField([
        { id: 'dubbel', name: 'Dubbel Huis' },
        { id: 'zolder', name: 'De Zolder' },
      ]),
    );
    const entry = await idOf('dubbel');
    await admin(`insert into core.entry_field values ($1, 'place', 'hidden', 'safety')`, [entry]);
    await admin(
      `update vault.initiative_place set precision = 'exact', lat = 51.9812, lon = 5.9112 where initiative_id = $1`,
      [entry],
    );
    const link = await aLinkTo(entry);
    const typed = {
      ...year('2020'),
      'when-month': '5',
      'other-0': 'Noordkant',
      'other-1': 'De Zolder',
      goesOn: 'no',
    };
    const asked = await tell(link, 'dubbel', 'split', typed);
    expect(asked).toMatchObject({
      came: 'back',
      choices: [{ field: 'other-1', found: [{ slug: 'zolder', town: 'Arnhem' }] }],
    });
    expect(await tell(link, 'dubbel', 'split', { ...typed, 'which-1': 'zolder' })).toEqual({ came: 'laid' });

    expect((await periods('dubbel')).map(({ state, valid }) => `${state} ${valid}`)).toEqual([
      'active [2016-01-01,2020-06-01)',
      'ended [2020-06-01,)',
    ]);
    const [born] = await admin<Record<string, unknown>>(
      `select i.standing, i.added_by, l.precision, l.town, l.lat <> 51.9812 as coarser, f.reason, p.name, p.valid::text, p.led_by, p.themes
       from core.initiative i join vault.initiative_place l on l.initiative_id = i.id join core.entry_field f on f.initiative_id = i.id
       join core.initiative_period p on p.initiative_id = i.id where i.slug like 'noordkant-%'`,
    );
    expect(born).toEqual({
      standing: 'proposed',
      added_by: link.id,
      precision: 'town',
      town: 'GM0202-arnhem',
      coarser: true,
      reason: 'safety',
      name: 'Noordkant',
      valid: '[2020-05-01,)',
      led_by: 'not-said',
      themes: ['language'],
    });
    const ties = await admin<{ from: string; valid: string; told_by: string; who: string }>(
      `select regexp_replace(a.slug, '-[0-9a-f]{4}$', '') as "from", r.valid::text, r.told_by, v.who from core.relation r join core.initiative a on a.id = r.from_id
       join core.relation_voice v on v.relation_id = r.id where r.to_id = $1 and r.type = 'grew-out-of' order by 1`,
      [entry],
    );
    expect(ties).toEqual([
      { from: 'noordkant', valid: '[2020-05-01,)', told_by: 'to', who: 'to' },
      { from: 'zolder', valid: '[2020-05-01,)', told_by: 'to', who: 'to' },
    ]);
    expect(await admin(`select from pub.initiative where slug like 'noordkant-%'`)).toEqual([]);
    expect(
      await admin(`select from pub.relation where type = 'grew-out-of' and asserted_by = 'to'`),
    ).toHaveLength(1);
  });

  test('told anew on another day moves its end and its relations along, and what was held stays known', async () => {
    const entry = await idOf('dubbel');
    const member = await aMember('Nadia', entry);
    const [split] = await admin<{ fact: string }>(
      `select fact from core.life_event where initiative_id = $1 and kind = 'split'`,
      [entry],
    );
    const fact = split?.fact ?? '';
    expect(
      await tell(member, 'dubbel', 'split', { ...year('2021'), words: 'In de zomer.' }, { fact }),
    ).toEqual({ came: 'laid' });
    expect((await periods('dubbel')).map(({ valid }) => valid)).toEqual([
      '[2016-01-01,2022-01-01)',
      '[2022-01-01,)',
    ]);
    const tellings = await admin<{ kind: string; day: string; held: boolean }>(
      `select kind, day::text, upper_inf(recorded) as held from core.life_event where initiative_id = $1 and said_by = 'own' order by kind, lower(recorded)`,
      [entry],
    );
    expect(tellings).toEqual([
      { kind: 'ended', day: '2020-05-01', held: false },
      { kind: 'ended', day: '2021-01-01', held: true },
      { kind: 'split', day: '2020-05-01', held: false },
      { kind: 'split', day: '2021-01-01', held: true },
    ]);
    const since = await admin<{ since: string; held: boolean }>(
      `select since::text, upper_inf(recorded) as held from core.relation where to_id = $1 and type = 'grew-out-of' order by key, lower(recorded)`,
      [entry],
    );
    expect(since).toEqual(
      Array.from({ length: 2 }, () => [
        { since: '2020-05-01', held: false },
        { since: '2021-01-01', held: true },
      ]).flat(),
    );
    const before = await admin<{ valid: string }>(
      `select valid::text from core.initiative_period_before where initiative_id = $1 and lower(valid) = '2016-01-01'`,
      [entry],
    );
    expect(before.map(({ valid }) => valid)).toContain('[2016-01-01,2020-06-01)');
  });

  test('taken back leaves the life as if it had not happened, and the telling as one that was held', async () => {
    const entry = await idOf('dubbel');
    const member = await aMember('Nadia', entry);
    const [split] = await admin<{ fact: string }>(
      `select fact from core.life_event where initiative_id = $1 and kind = 'split' and upper_inf(recorded)`,
      [entry],
    );
    const stranger = await aPerson('Niemand');
    const back = (viewer: Viewer) => withViewer(viewer, (tx) => takeBackTurn(tx, entry, split?.fact ?? ''));
    expect(await back(stranger)).toMatchObject({ ok: false, reason: 'not_yours' });
    expect(await back(await verifier('Els', near))).toMatchObject({ ok: false, reason: 'not_yours' });
    expect(await back(member)).toEqual({ ok: true, value: { came: 'laid' } });
    expect((await periods('dubbel')).map(({ state }) => state)).toEqual(['active']);
    expect(
      await admin(
        `select from core.relation where to_id = $1 and type = 'grew-out-of' and upper_inf(recorded)`,
        [entry],
      ),
    ).toEqual([]);
    expect(
      await admin(`select from core.life_event where initiative_id = $1 and kind = 'split'`, [entry]),
    ).toHaveLength(2);
  });
});

describe('a merger', () => {
  test('into one that is there ends the one that tells it on that day, and both stories stay', async () => {
    await layField(
      aField([
        { id: 'klein', name: 'Klein Huis' },
        { id: 'groot', name: 'Groot Huis' },
      ]),
    );
    const member = await aMember('Omar', await idOf('klein'));
    const typed = { ...year('2022'), 'other-0': 'Groot Huis', 'which-0': 'groot', into: 'them' };
    expect(await tell(member, 'klein', 'merged', typed)).toEqual({ came: 'laid' });
    expect((await periods('klein')).map(({ valid }) => valid)).toEqual([
      '[2016-01-01,2023-01-01)',
      '[2023-01-01,)',
    ]);
    expect((await periods('groot')).map(({ state }) => state)).toEqual(['active']);
    expect((await read('groot')).map(({ kind }) => kind)).toEqual(['founded']);
    expect(
      await admin(
        `select r.type, r.valid::text, r.standing, r.asserted_by from pub.relation r join pub.initiative i on i.id = r.to_id where i.slug = 'groot'`,
      ),
    ).toEqual([
      { type: 'merged-into', valid: '[2022-01-01,2023-01-01)', standing: 'asserted', asserted_by: 'from' },
    ]);
  });

  test('under a new name brings the new one forth, out of all who went into it', async () => {
    await layField(
      aField([
        { id: 'een', name: 'Huis Een' },
        { id: 'twee', name: 'Huis Twee' },
      ]),
    );
    const member = await aMember('Omar', await idOf('een'));
    const typed = {
      'when-year': '2023',
      'when-month': '9',
      'when-day': '1',
      'other-0': 'Huis Twee',
      'which-0': 'twee',
      into: 'new',
      name: 'Huis Samen',
    };
    expect(await tell(member, 'een', 'merged', typed)).toEqual({ came: 'laid' });
    const ties = await admin(
      `select a.slug as "from", r.valid::text, r.told_by from core.relation r join core.initiative a on a.id = r.from_id join core.initiative b on b.id = r.to_id
       where b.slug like 'huis-samen-%' order by 1`,
    );
    expect(ties).toEqual([
      { from: 'een', valid: '[2023-09-01,2023-09-02)', told_by: 'from' },
      { from: 'twee', valid: '[2023-09-01,)', told_by: 'to' },
    ]);
  });
});
