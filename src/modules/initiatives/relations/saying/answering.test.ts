import { sql } from 'kysely';
import pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { aMember, aPerson } from '#modules/people/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { aField, layField } from '../../testing.ts';
import { assertedBy, speakers, standingOf } from '../model.ts';
import { answerByLetter, endRelation, takeBackVoice, type Answer } from './commands.server.ts';
import { no, relationsOfTest, yes } from './testing.ts';

const database = ownDatabase();
const { admin, idOf, say, answer, between, read, aLetterAbout } = relationsOfTest(database);
let near: string;
let far: string;

beforeAll(async () => {
  const rows = ['taal', 'kook', 'tuin', 'zang', 'fiets', 'dans'].map((id) => ({ id, name: `Huis ${id}` }));
  await layField(
    aField(
      [
        ...rows,
        { id: 'ver', name: 'Ver Weg', municipality: 'Rotterdam', province: 'Zuid-Holland' },
        { id: 'oud', name: 'Oud Huis', status: 'ended', endYear: 2018 },
        { id: 'geheim', name: 'Geheim Huis' },
      ],
      { relations: [{ id: 'read', from: 'dans', type: 'member-of', to: 'fiets', since: '2019' }] },
    ),
  );
  const codes = await admin<{ code: string }>(
    `select code from pub.province where name in ('Gelderland', 'Zuid-Holland') order by name`,
  );
  [near, far] = codes.map(({ code }) => code) as [string, string];
});

const verifier = (called: string, province: string) =>
  aPerson(called, [{ role: 'verifier', scope: { kind: 'province', id: province } }]);

beforeAll(async () => {
  const [taal, kook] = [
    await aMember('Samira', await idOf('taal')),
    await aMember('Bilal', await idOf('kook')),
  ];
  const typed = {
    way: 'refers-to',
    other: 'Huis kook',
    'since-year': '2020',
    words: 'Na de les eten we daar.',
    language: 'nl',
  };
  await say(taal, 'taal', typed);
  await say(kook, 'kook', { way: 'refers-to.back', other: 'Huis taal' });
  await say(await aMember('Ann', await idOf('tuin')), 'tuin', { way: 'partners-with', other: 'Huis zang' });
});

describe('answering', () => {
  test('by letter: confirming and disputing stand beside what the other said, and only the last answer of a side counts', async () => {
    const member = await aMember('Samira', await idOf('taal'));
    await say(member, 'taal', {
      way: 'funded-by',
      other: 'Ver Weg',
      words: 'Sinds het begin.',
      language: 'nl',
    });
    const relation = await between('taal', 'ver');
    const { viewer, addressee } = await aLetterAbout(relation, 'ver');
    const byLetter = (given: Answer) => withViewer(viewer, (tx) => answerByLetter(tx, addressee, given));
    expect(await byLetter({ stance: 'disputes', words: null })).toMatchObject({
      ok: false,
      reason: 'words_needed',
    });
    expect((await byLetter(no)).ok).toBe(true);
    expect(await read(relation)).toMatchObject({
      standing: 'disputed',
      voices: [
        { who: 'from', stance: 'asserts', words: 'Sinds het begin.' },
        { who: 'to', stance: 'disputes', words: 'Wij verwijzen niemand.' },
      ],
    });
    expect((await byLetter(yes)).ok).toBe(true);
    expect(await read(relation)).toMatchObject({ standing: 'confirmed' });
    const before = await admin('select who, stance from core.relation_voice_before where relation_id = $1', [
      relation,
    ]);
    expect(before).toEqual([{ who: 'to', stance: 'disputes' }]);
    const [link] = await admin<{ used: boolean }>(
      'select used_at is not null as used from vault.entry_link where id = $1',
      [addressee.link],
    );
    expect(link).toEqual({ used: true });
  });

  test('a letter speaks for the side it was mailed to and of that relation alone, in the database too', async () => {
    const relation = await between('taal', 'ver');
    const other = await between('taal', 'kook');
    const { viewer, addressee } = await aLetterAbout(relation, 'ver');
    const wrong = [
      { ...addressee, relation: other },
      { ...addressee, initiative: await idOf('kook'), relation: other },
      { ...addressee, initiative: await idOf('taal') },
    ];
    const before = await admin('select * from core.relation_voice order by relation_id, who');
    for (const one of wrong)
      await expect(
        withViewer(viewer, async (tx) => {
          if (!(await answerByLetter(tx, one, no)).ok) throw new Error('refused');
        }),
      ).rejects.toThrow();
    expect(await say(viewer, 'ver', { way: 'hosts', other: 'Huis taal' })).toEqual({ came: 'not_yours' });
    await admin('update vault.entry_link set ended_at = now() where id = $1', [addressee.link]);
    await expect(withViewer(viewer, (tx) => answerByLetter(tx, addressee, no))).rejects.toThrow();
    expect(await admin('select * from core.relation_voice order by relation_id, who')).toEqual(before);
  });

  test('a keeper answers what public sources tell, a verifier beside them, a stranger and the wrong region not', async () => {
    const relation = await between('dans', 'fiets');
    const member = await aMember('Ria', await idOf('dans'));
    for (const stranger of [
      await aPerson('Niemand'),
      await verifier('Bram', far),
      await aMember('X', await idOf('zang')),
    ])
      expect(await answer(stranger, 'dans', relation, no)).toMatchObject({ ok: false, reason: 'not_yours' });
    expect((await answer(member, 'dans', relation, yes)).ok).toBe(true);
    expect(await read(relation)).toMatchObject({ standing: 'asserted', asserted_by: 'from' });
    expect((await answer(await verifier('Els', near), 'dans', relation, no)).ok).toBe(true);
    expect((await read(relation))?.voices.map(({ who, stance }) => `${who} ${stance}`)).toEqual([
      'from confirms',
      'public-sources asserts',
      'verifier disputes',
    ]);
    expect(await read(relation)).toMatchObject({ standing: 'disputed' });
  });

  test('who keeps one side cannot put words in the mouth of the other, not even past the house', async () => {
    const relation = await between('dans', 'fiets');
    const member = await aMember('Ria', await idOf('dans'));
    for (const who of ['to', 'verifier', 'public-sources'])
      await expect(
        withViewer(member, (tx) =>
          sql`insert into core.relation_voice (relation_id, who, stance) values (${relation}, ${who}, 'disputes')
            on conflict (relation_id, who) do update set stance = excluded.stance`.execute(tx),
        ),
      ).rejects.toThrow(/row-level security/);
  });
});

describe('an end, and what is taken back', () => {
  test('one side says that it is over; how it was told before stays known, and a new import does not bring it back', async () => {
    const relation = await between('dans', 'fiets');
    const dans = await idOf('dans');
    const member = await aMember('Ria', dans);
    const end = (year: string) =>
      withViewer(member, (tx) =>
        endRelation(tx, dans, relation, {
          until: { day: `${year}-01-01`, precision: 'year' },
          words: null,
        }),
      );
    expect(await end('2017')).toMatchObject({ ok: false, reason: 'wrong_order' });
    expect((await end('2022')).ok).toBe(true);
    expect(await read(relation)).toMatchObject({ valid: '[2019-01-01,2023-01-01)', until: '2022-01-01' });
    const tellings = await admin(
      'select until::text, told_by, upper_inf(recorded) as held from core.relation where id = $1 order by lower(recorded)',
      [relation],
    );
    expect(tellings).toEqual([
      { until: null, told_by: 'public-sources', held: false },
      { until: '2022-01-01', told_by: 'from', held: true },
    ]);
    const field = aField(
      [
        { id: 'dans', name: 'Huis dans', website: 'https://dans.example.org' },
        { id: 'fiets', name: 'Huis fiets' },
      ],
      { relations: [{ id: 'read', from: 'dans', type: 'member-of', to: 'fiets', since: '2018' }] },
    );
    await layField(field);
    expect(await read(relation)).toMatchObject({ until: '2022-01-01' });
  });

  test('a side takes back its own voice with its words; the other voices stay, and without any the relation is let go', async () => {
    const relation = await between('taal', 'kook');
    const [taal, kook] = [
      await aMember('Samira', await idOf('taal')),
      await aMember('Bilal', await idOf('kook')),
    ];
    const takeBack = async (viewer: Viewer, slug: string) => {
      const entry = await idOf(slug);
      return withViewer(viewer, (tx) => takeBackVoice(tx, entry, relation));
    };
    expect(await takeBack(await aPerson('Niemand'), 'taal')).toMatchObject({ ok: false });
    expect((await takeBack(taal, 'taal')).ok).toBe(true);
    expect(await read(relation)).toMatchObject({
      standing: 'asserted',
      asserted_by: 'to',
      voices: [{ who: 'to' }],
    });
    expect(await admin(`select from core.relation_voice where words = 'Na de les eten we daar.'`)).toEqual(
      [],
    );
    expect((await takeBack(kook, 'kook')).ok).toBe(true);
    expect(await read(relation)).toBeNull();
    expect(
      await admin('select upper_inf(recorded) as held from core.relation where id = $1', [relation]),
    ).toEqual([{ held: false }]);
  });
});

test('standing and speaker are in the database what the rules say, whatever the voices', async () => {
  const relation = await between('tuin', 'zang');
  const stances = ['asserts', 'confirms', 'disputes'] as const;
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  await client.query(`select set_config('app.viewer_kind', 'operator', false)`);
  for (let set = 0; set < 4 ** speakers.length; set++) {
    const voices = speakers.flatMap((who, at) => {
      const stance = stances[(Math.floor(set / 4 ** at) % 4) - 1];
      return stance ? [{ who, stance }] : [];
    });
    await client.query('delete from core.relation_voice where relation_id = $1', [relation]);
    for (const { who, stance } of voices)
      await client.query('insert into core.relation_voice (relation_id, who, stance) values ($1, $2, $3)', [
        relation,
        who,
        stance,
      ]);
    await client.query('select core.lay_relations_open(array[$1]::uuid[])', [relation]);
    const { rows } = await client.query<object>(
      'select standing, asserted_by from pub.relation where id = $1',
      [relation],
    );
    expect(rows, JSON.stringify(voices)).toEqual([
      { standing: standingOf(voices), asserted_by: assertedBy(voices) },
    ]);
  }
  await client.end();
});
