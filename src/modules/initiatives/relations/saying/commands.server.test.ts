import { beforeAll, describe, expect, test } from 'vitest';
import { aMember, aPerson } from '#modules/people/testing.ts';
import { byLink, visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { aField, layField } from '../../testing.ts';
import { relationsOfTest } from './testing.ts';

const database = ownDatabase();
const { admin, idOf, say, between, read } = relationsOfTest(database);
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

describe('saying a relation', () => {
  test('a member says it, and the street reads that one side says so, in their own words', async () => {
    const member = await aMember('Samira', await idOf('taal'));
    const typed = {
      way: 'refers-to',
      other: 'Huis kook',
      'since-year': '2020',
      words: 'Na de les eten we daar.',
      language: 'nl',
    };
    expect(await say(member, 'taal', typed)).toEqual({ came: 'said' });
    expect(await read(await between('taal', 'kook'))).toEqual({
      standing: 'asserted',
      asserted_by: 'from',
      valid: '[2020-01-01,)',
      until: null,
      voices: [{ who: 'from', stance: 'asserts', words: 'Na de les eten we daar.', language: 'nl' }],
    });
  });

  test('the same said by the other side joins it: both sides say so', async () => {
    const cook = await aMember('Bilal', await idOf('kook'));
    expect(await say(cook, 'kook', { way: 'refers-to.back', other: 'Huis taal' })).toEqual({
      came: 'joined',
    });
    expect(await read(await between('taal', 'kook'))).toMatchObject({
      standing: 'confirmed',
      asserted_by: 'from',
    });
    expect(
      await admin('select from core.relation where from_id = $1 and to_id = $2', [
        await idOf('taal'),
        await idOf('kook'),
      ]),
    ).toHaveLength(1);
  });

  test('working together is one relation, whoever of both says it first', async () => {
    const [tuin, zang] = [await aMember('Ann', await idOf('tuin')), await aMember('Zoë', await idOf('zang'))];
    expect(await say(tuin, 'tuin', { way: 'partners-with', other: 'Huis zang' })).toEqual({ came: 'said' });
    expect(await say(zang, 'zang', { way: 'partners-with', other: 'Huis tuin' })).toEqual({ came: 'joined' });
    expect(await between('zang', 'tuin')).toBe('');
    expect(await read(await between('tuin', 'zang'))).toMatchObject({ standing: 'confirmed' });
  });

  test('a verifier of the region writes it down in their own name', async () => {
    expect(await say(await verifier('Els', near), 'fiets', { way: 'hosts', other: 'Huis zang' })).toEqual({
      came: 'said',
    });
    expect(await read(await between('fiets', 'zang'))).toMatchObject({
      standing: 'asserted',
      asserted_by: 'verifier',
    });
  });

  test('strangers, verifiers of elsewhere and links to another are refused', async () => {
    const typed = { way: 'hosts', other: 'Huis taal' };
    const strangers = [
      await aPerson('Niemand'),
      await verifier('Bram', far),
      await aMember('Buurvrouw', await idOf('zang')),
      byLink(null),
    ];
    for (const stranger of strangers)
      expect(await say(stranger, 'tuin', typed)).toEqual({ came: 'not_yours' });
    await expect(say(visitor, 'tuin', typed)).rejects.toThrow();
    expect(await between('tuin', 'taal')).toBe('');
  });

  test.each([
    ['a name nobody knows', { other: 'Zzzzqqq' }, 'unknown_entry'],
    ['a day to come', { other: 'Huis kook', 'since-year': '2090' }, 'day_ahead'],
    [
      'an end before its beginning',
      { other: 'Huis kook', 'since-year': '2020', 'until-year': '2018' },
      'wrong_order',
    ],
    [
      'a time in which they were not both there',
      { other: 'Oud Huis', 'since-year': '2021' },
      'not_both_there',
    ],
  ])('%s comes back with its reason', async (_, typed, reason) => {
    const member = await aMember('Ann', await idOf('tuin'));
    expect(await say(member, 'tuin', { way: 'advises', ...typed })).toMatchObject({
      came: 'back',
      problem: { reason },
    });
  });

  test('a name that may be meant in several ways is asked, and one that may not be known is not found', async () => {
    await admin(`update core.initiative set visibility = 'hidden' where slug = 'geheim'`);
    await admin(`delete from pub.initiative where slug = 'geheim'`);
    const member = await aMember('Ann', await idOf('tuin'));
    expect(await say(member, 'tuin', { way: 'advises', other: 'Geheim Huis' })).not.toMatchObject({
      came: 'said',
    });
    const asked = await say(member, 'tuin', { way: 'advises', other: 'Huis' });
    expect(asked).toMatchObject({ came: 'back', problem: null });
    expect('found' in asked && asked.found.map(({ slug }) => slug)).not.toContain('geheim');
    expect(await say(member, 'tuin', { way: 'advises', other: 'Huis', which: 'geheim' })).toMatchObject({
      problem: { reason: 'unknown_entry' },
    });
    expect(await say(member, 'tuin', { way: 'advises', other: 'Huis', which: 'taal' })).toEqual({
      came: 'said',
    });
  });
});
