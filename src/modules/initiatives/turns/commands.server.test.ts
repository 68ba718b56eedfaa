import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { aMember, aPerson } from '#modules/people/testing.ts';
import { withViewer } from '#platform/db.server.ts';
import { byLink, house, visitor, type Viewer } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { makeLink } from '../links/commands.server.ts';
import { aField, asAdmin, layField } from '../testing.ts';
import { applyProposal, takeBackTurn, tellTurn } from './commands.server.ts';
import { parseTurn, type Typed } from './input.ts';
import { turnKinds, type TurnKind } from './model.ts';

const database = ownDatabase();
const admin = <Row extends object>(text: string, values: unknown[] = []) =>
  asAdmin<Row>(database.adminUrl, text, values);

const way = { language: 'nl', home: 'https://steppingstones.example' } as const;
const deeds = turnKinds.filter((kind) => kind !== 'changed');
const tellers = ['lid', 'link', 'toetser'] as const;
let near: string;
let far: string;

const idOf = async (slug: string) =>
  (await admin<{ id: string }>('select id from core.initiative where slug = $1', [slug]))[0]?.id ?? '';

beforeAll(async () => {
  await layField(
    aField(
      [
        ...deeds.flatMap((kind) =>
          tellers.map((who) => ({ id: `${who}-${kind}`, name: `Huis ${who} ${kind}` })),
        ),
        { id: 'wijk', name: 'Wijkhuis' },
        { id: 'ver', name: 'Ver Weg', municipality: 'Rotterdam', province: 'Zuid-Holland' },
        { id: 'oud', name: 'Oud Huis', status: 'ended', endYear: 2019 },
        { id: 'buur', name: 'De Buren' },
      ],
      { relations: [{ id: 'late', from: 'wijk', type: 'refers-to', to: 'buur', since: '2022' }] },
    ),
  );
  const codes = await admin<{ code: string }>(
    `select code from pub.province where name in ('Gelderland', 'Zuid-Holland') order by name`,
  );
  [near, far] = codes.map(({ code }) => code) as [string, string];
});

const verifier = (called: string, province: string) =>
  aPerson(called, [{ role: 'verifier', scope: { kind: 'province', id: province } }]);

async function aLinkTo(entry: string): Promise<Viewer> {
  const { id } = await withViewer(house, (tx) =>
    makeLink(tx, { initiative: entry, purpose: 'keep', sentTo: 'post@example.org', language: 'nl' }),
  );
  return byLink(id);
}

/** Tells what was typed; answers what came of it, with the problems when it came back. */
async function tell(
  viewer: Viewer,
  slug: string,
  kind: TurnKind,
  typed: Typed,
  more: { fact?: string; insteadOf?: string } = {},
) {
  const { asked, problems } = parseTurn(kind, typed, more.fact !== undefined);
  if (!asked) return { came: 'unread', problems };
  const entry = await idOf(slug);
  const told = await withViewer(viewer, (tx) => tellTurn(tx, entry, asked, { ...way, ...more }));
  return told.ok ? told.value : { came: told.reason };
}

const year = (of: string): Typed => ({ 'when-year': of });

/** What a visitor can read of the life of an entry, oldest first. */
const read = (slug: string) =>
  admin<{ kind: string; day: string | null; said_by: string; corrected: boolean; differs: boolean }>(
    `select e.kind, e.day::text, e.said_by, e.corrected, e.instead_of is not null as differs from pub.life_event e
     join pub.initiative i on i.id = e.initiative_id where i.slug = $1 order by e.day nulls first, e.recorded_at, e.kind`,
    [slug],
  );
const periodsRead = (slug: string) =>
  admin<{ state: string; name: string; valid: string; town: string | null; formality: number | null }>(
    `select p.state, p.name, p.valid::text, p.town, p.formality from pub.initiative_period p join pub.initiative i on i.id = p.initiative_id
     where i.slug = $1 order by p.valid`,
    [slug],
  );

/** For each turn what is typed in its form, on an entry that is at work since 2016. */
const typedFor: Readonly<Record<TurnKind, Typed>> = {
  founded: year('2015'),
  moved: { ...year('2021'), place: 'Nijmegen' },
  renamed: { ...year('2021'), name: 'Een andere naam' },
  grew: { ...year('2021'), scope: 'region' },
  formalised: { ...year('2021'), formality: '3' },
  paused: year('2020'),
  revived: year('2022'),
  ended: year('2023'),
  split: { ...year('2021'), 'other-0': 'Zuiderhuis', 'which-0': 'new', goesOn: 'yes' },
  merged: { ...year('2021'), 'other-0': 'De Buren', 'which-0': 'buur', into: 'us' },
  contract: year('2021'),
  award: year('2021'),
  crisis: year('2021'),
  changed: { words: 'Het begon eerder, aan een keukentafel.' },
};

describe('every turn', () => {
  const viewers = {
    lid: async (entry: string) => aMember('Samira', entry),
    link: aLinkTo,
    toetser: async () => verifier('Els', near),
  };
  const cases = deeds.flatMap((kind) => tellers.map((who) => [kind, who] as const));

  test.each(cases)(
    '%s: stands at once, told by a %s, and the street reads who says so',
    async (kind, who) => {
      const slug = `${who}-${kind}`;
      const entry = await idOf(slug);
      const viewer = await viewers[who](entry);
      if (kind === 'revived') await tell(viewer, slug, 'paused', typedFor.paused);
      const typed = {
        ...typedFor[kind],
        words: 'Zo ging het.',
        language: 'nl',
        source: 'https://example.org/bericht',
      };
      expect(await tell(viewer, slug, kind, typed)).toEqual({ came: 'laid' });
      const voice = who === 'toetser' ? 'verifier' : 'own';
      expect((await read(slug)).filter((one) => one.kind === kind && one.said_by === voice)).toHaveLength(1);
      const [row] = await admin<object>(
        `select e.words, e.sources, t.text as open from core.life_event e join pub.life_event_text t on t.fact = e.fact
       where e.initiative_id = $1 and e.said_by = $2 and e.kind = $3`,
        [entry, voice, kind],
      );
      expect(row).toEqual({
        words: 'Zo ging het.',
        open: 'Zo ging het.',
        sources: ['https://example.org/bericht'],
      });
    },
  );

  test.each(deeds)(
    '%s: is refused to a stranger, to a verifier of another region, without a second factor, and by a link to another',
    async (kind) => {
      const before = await read('ver');
      const strangers = [
        await aPerson('Niemand'),
        await verifier('Bram', near),
        await aPerson('Zonder', [{ role: 'verifier', scope: { kind: 'province', id: far } }], false),
        await aMember('Buurvrouw', await idOf('wijk')),
        await aLinkTo(await idOf('wijk')),
        byLink(null),
      ];
      for (const stranger of strangers)
        expect(await tell(stranger, 'ver', kind, typedFor[kind])).toEqual({ came: 'not_yours' });
      await expect(tell(visitor, 'ver', kind, typedFor[kind])).rejects.toThrow();
      expect(await read('ver')).toEqual(before);
    },
  );
});

describe('on an entry that a verifier checked', () => {
  let member: Viewer;
  let entry: string;
  beforeAll(async () => {
    await layField(aField([{ id: 'vast', name: 'Vast Huis' }]));
    entry = await idOf('vast');
    await admin(
      `update core.initiative set checked_on = '2026-01-01', checked_through = 'call' where id = $1`,
      [entry],
    );
    member = await aMember('Tesfay', entry);
  });
  const waiting = () =>
    admin<{ id: string; kind: 'event' | 'split' | 'merge'; words: Record<string, unknown> }>(
      `select id, kind, words from core.proposal where initiative_id = $1 and standing = 'waiting' order by brought_at`,
      [entry],
    );

  test.each(['award', 'grew', 'paused'] as const)('%s stands at once', async (kind) => {
    expect(
      await tell(member, 'vast', kind, {
        ...typedFor[kind],
        'when-year': kind === 'paused' ? '2018' : '2017',
      }),
    ).toEqual({ came: 'laid' });
  });

  test.each(['renamed', 'moved', 'ended', 'split', 'merged'] as const)(
    '%s waits for a verifier, and nothing changes before one looked',
    async (kind) => {
      const before = [await read('vast'), await periodsRead('vast')];
      expect(await tell(member, 'vast', kind, typedFor[kind])).toEqual({ came: 'waits' });
      expect([await read('vast'), await periodsRead('vast')]).toEqual(before);
      const proposals = await waiting();
      expect(proposals.at(-1)).toMatchObject({ words: { turn: kind, day: expect.any(String) } });
    },
  );

  test('who keeps it cannot lay their own, not even as a verifier; a verifier of the region lays each in their name', async () => {
    const proposals = await waiting();
    const lay = (viewer: Viewer, { id, kind, words }: (typeof proposals)[number]) =>
      withViewer(viewer, (tx) => applyProposal(tx, { id, initiative: entry, kind, words, saidBy: 'own' }));
    const own = await aPerson('Zij zelf', [
      { role: 'member', scope: { kind: 'initiative', id: entry } },
      { role: 'verifier', scope: { kind: 'province', id: near } },
    ]);
    const elsewhere = await verifier('Bram', far);
    for (const viewer of [own, elsewhere, member])
      for (const proposal of proposals) await expect(lay(viewer, proposal)).rejects.toThrow('may not watch');
    const there = await verifier('Els', near);
    const [renamed, moved, ended, split, merged] = proposals;
    for (const proposal of [renamed, moved, split, merged, ended])
      expect(proposal && (await lay(there, proposal)).ok).toBe(true);
    const told = await read('vast');
    for (const kind of ['renamed', 'moved', 'ended', 'split', 'merged'])
      expect(
        told.filter((one) => one.kind === kind).map(({ said_by }) => said_by),
        kind,
      ).toEqual(['own']);
    const last = (await periodsRead('vast')).at(-1);
    expect(last).toMatchObject({ state: 'ended', name: 'Een andere naam', town: 'Nijmegen' });
  });

  test('a proposal that no longer fits, or says nothing, is refused with a reason and lays nothing', async () => {
    const there = await verifier('Els', near);
    const before = await read('vast');
    const apply = (words: Record<string, unknown>) =>
      withViewer(there, (tx) =>
        applyProposal(tx, { id: entry, initiative: entry, kind: 'event', words, saidBy: 'own' }),
      );
    expect(await apply({ turn: 'ended', day: '2025-01-01', precision: 'year' })).toMatchObject({
      reason: 'turns.problem.not_there_then',
    });
    expect(await apply({ turn: 'nonsense' })).toMatchObject({ reason: 'turns.problem.unreadable' });
    expect(await apply({ turn: 'ended', day: '2023-01-01', precision: 'year', fact: entry })).toMatchObject({
      reason: 'turns.problem.gone',
    });
    expect(await read('vast')).toEqual(before);
  });
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

    expect((await periodsRead('dubbel')).map(({ state, valid }) => `${state} ${valid}`)).toEqual([
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
    expect((await periodsRead('dubbel')).map(({ valid }) => valid)).toEqual([
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
    expect((await periodsRead('dubbel')).map(({ state }) => state)).toEqual(['active']);
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
    expect((await periodsRead('klein')).map(({ valid }) => valid)).toEqual([
      '[2016-01-01,2023-01-01)',
      '[2023-01-01,)',
    ]);
    expect((await periodsRead('groot')).map(({ state }) => state)).toEqual(['active']);
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

describe('what others told', () => {
  test('is not theirs to tell anew, only to tell differently: both are shown and their own counts', async () => {
    const entry = await idOf('oud');
    const member = await aMember('Hagos', entry);
    const events = await admin<{ fact: string; kind: string }>(
      `select fact, kind from core.life_event where initiative_id = $1 and upper_inf(recorded)`,
      [entry],
    );
    const ended = events.find(({ kind }) => kind === 'ended')?.fact ?? '';
    expect(await tell(member, 'oud', 'ended', year('2023'), { fact: ended })).toEqual({ came: 'not_yours' });
    expect(await withViewer(member, (tx) => takeBackTurn(tx, entry, ended))).toMatchObject({
      reason: 'not_yours',
    });
    expect((await periodsRead('oud')).at(-1)).toMatchObject({ state: 'ended', valid: '[2020-01-01,)' });
    expect(
      await tell(member, 'oud', 'changed', { words: 'Wij zijn nooit gestopt.' }, { insteadOf: ended }),
    ).toEqual({ came: 'laid' });
    expect((await periodsRead('oud')).map(({ state }) => state)).toEqual(['active']);
    expect(await read('oud')).toEqual([
      { kind: 'changed', day: null, said_by: 'own', corrected: false, differs: true },
      { kind: 'founded', day: '2016-01-01', said_by: 'public-sources', corrected: false, differs: false },
      { kind: 'ended', day: '2019-01-01', said_by: 'public-sources', corrected: false, differs: false },
    ]);
  });

  test('comes back in a new import beside what they told, and does not undo it', async () => {
    await layField(aField([{ id: 'oud', name: 'Oud Huis', status: 'ended', endYear: 2018 }]));
    expect((await periodsRead('oud')).map(({ state }) => state)).toEqual(['active']);
  });
});

test('a turn that a relation does not fit is asked again, and with a yes that relation is let go', async () => {
  const entry = await idOf('wijk');
  const member = await aMember('Noor', entry);
  const asked = await tell(member, 'wijk', 'ended', year('2020'));
  expect(asked).toMatchObject({ came: 'back', outside: ['De Buren'] });
  expect(await tell(member, 'wijk', 'ended', { ...year('2020'), anyway: 'yes' })).toEqual({ came: 'laid' });
  expect(await admin(`select upper_inf(recorded) as held from core.relation where key = 'late'`)).toEqual([
    { held: false },
  ]);
  expect(await admin(`select from pub.relation where key = 'late'`)).toEqual([]);
});

test('two who tell of one entry at the same moment tell one after the other', async () => {
  await layField(aField([{ id: 'druk', name: 'Druk Huis' }]));
  const member = await aMember('Ida', await idOf('druk'));
  const all = await Promise.all(
    Array.from({ length: 6 }, () => tell(member, 'druk', 'paused', year('2019'))),
  );
  expect(all.filter(({ came }) => came === 'laid')).toHaveLength(1);
  expect(all.filter(({ came }) => came === 'back')).toHaveLength(5);
});

test('whatever is told, told anew and taken back, no telling is ever lost or altered in the database', async () => {
  await layField(aField([{ id: 'lang', name: 'Lang Leven' }]));
  const entry = await idOf('lang');
  const member = await aMember('Roza', entry);
  const held = () =>
    admin<{ row: string; open: boolean }>(
      `select (to_jsonb(e) - 'recorded')::text || lower(e.recorded) as row, upper_inf(e.recorded) as open from core.life_event e where initiative_id = $1`,
      [entry],
    );
  let told = 0;
  const anyDeed = fc.record({
    deed: fc.constantFrom('tell', 'tell', 'again', 'back'),
    kind: fc.constantFrom(
      ...deeds.filter((kind) => kind !== 'split' && kind !== 'merged'),
      'revived' as const,
    ),
    when: fc.integer({ min: 2014, max: 2025 }),
    month: fc.integer({ min: 1, max: 12 }),
    which: fc.nat(20),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(anyDeed, { minLength: 3, maxLength: 6 }), async (steps) => {
      for (const { deed, kind, when, month, which } of steps) {
        const before = await held();
        const mine = await admin<{ fact: string; kind: TurnKind }>(
          `select fact, kind from core.life_event where initiative_id = $1 and said_by = 'own' and upper_inf(recorded) order by fact`,
          [entry],
        );
        const one = mine[which % Math.max(1, mine.length)];
        const typed = {
          ...typedFor[one && deed === 'again' ? one.kind : kind],
          'when-year': String(when),
          'when-month': String(month),
        };
        if (deed === 'back' && one) await withViewer(member, (tx) => takeBackTurn(tx, entry, one.fact));
        else if (deed === 'again' && one) await tell(member, 'lang', one.kind, typed, { fact: one.fact });
        else if ((await tell(member, 'lang', kind, { ...typed, name: `Naam ${when}` })).came === 'laid')
          told++;
        const after = await held();
        const rows = new Map(after.map(({ row, open }) => [row, open]));
        for (const { row, open } of before) {
          expect(rows.has(row)).toBe(true);
          // What is no longer held does not come back by itself.
          if (!open) expect(rows.get(row)).toBe(false);
        }
      }
    }),
    { numRuns: 12 },
  );
  expect(told).toBeGreaterThan(5);
  const overlaps = await admin(
    `select from core.initiative_period a join core.initiative_period b on a.initiative_id = b.initiative_id and a.valid && b.valid and a.ctid <> b.ctid`,
  );
  expect(overlaps).toEqual([]);
});
