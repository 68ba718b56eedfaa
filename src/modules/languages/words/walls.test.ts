import { sql, type RawBuilder } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { house, operator, visitor, type Viewer } from '#platform/viewer.ts';
import { aBetweenWord, aStranger, aWord } from './testing.ts';

ownDatabase();

type Comer =
  | 'visitor'
  | 'stranger'
  | 'proposer'
  | 'facilitator'
  | 'facilitator without second factor'
  | 'editor'
  | 'admin'
  | 'verifier'
  | 'house'
  | 'operator';
let comers: Record<Comer, Viewer>;
let word: { id: string; versions: string[] };
let waiting: string;
let opened: string;

class Undone extends Error {
  readonly rows: number;
  constructor(rows: number) {
    super('undone');
    this.rows = rows;
  }
}

/** How many rows a try touched, or 'refused'; nothing of it stays. */
async function tried(viewer: Viewer, query: RawBuilder<unknown>): Promise<number | 'refused'> {
  const attempt = async (tx: Tx) => {
    const { rows, numAffectedRows } = await query.execute(tx);
    throw new Undone(Number(numAffectedRows ?? rows.length));
  };
  return withViewer(viewer, attempt).catch((error: unknown) => {
    if (error instanceof Undone) return error.rows;
    if (/permission denied|read-only|row-level security|may not|not change/.test(String(error)))
      return 'refused';
    throw error;
  });
}

beforeAll(async () => {
  const staff = (...roles: string[]) => aStranger(roles);
  comers = {
    visitor,
    house,
    operator,
    stranger: await aStranger(),
    proposer: await aStranger(),
    facilitator: await staff('facilitator'),
    'facilitator without second factor': await aStranger(['facilitator'], false),
    editor: await staff('editor'),
    admin: await staff('admin', 'privacy-officer'),
    verifier: await staff('verifier', 'researcher', 'partner'),
  };
  word = await aWord('statushouder', [
    { register: 'policy', term: 'statushouder' },
    { register: 'lived', term: 'nieuwe buur' },
  ]);
  waiting = (await aBetweenWord(comers.proposer, { term: 'stadsgenoot', word: word.id })).proposal;
  opened = (await aBetweenWord(comers.proposer, { term: 'kustgenoot', word: word.id, open: true })).proposal;
  await withViewer(operator, async (tx) => {
    const version = word.versions[0] ?? '';
    await sql`insert into core.word_dispute (version, language, text, said_on) values (${version}, 'nl', 'Ik ben geen houder.', core.today())`.execute(
      tx,
    );
    await sql`insert into core.word_adoption (version, by_name, on_day) values (${version}, 'Tafel', core.today())`.execute(
      tx,
    );
  });
});

const everyone: readonly Comer[] = [
  'visitor',
  'stranger',
  'proposer',
  'facilitator',
  'facilitator without second factor',
  'editor',
  'admin',
  'verifier',
  'house',
  'operator',
];
const inside: readonly Comer[] = ['house', 'operator'];

test.each([
  [
    'core.word',
    sql`insert into core.word (slug) values ('new')`,
    sql`update core.word set came_on = came_on`,
  ],
  [
    'core.word_version',
    sql`insert into core.word_version (word, register, language, term) select id, 'lived', 'nl', 'x' from core.word limit 1`,
    sql`update core.word_version set says = 'iedereen'`,
  ],
  [
    'core.word_dispute',
    sql`insert into core.word_dispute (version, language, text, said_on) select id, 'nl', 'x', core.today() from core.word_version limit 1`,
    sql`update core.word_dispute set text = 'x'`,
  ],
  [
    'core.word_adoption',
    sql`insert into core.word_adoption (version, by_name, on_day) select id, 'x', core.today() from core.word_version limit 1`,
    sql`update core.word_adoption set by_name = 'x'`,
  ],
])(
  '%s is the house’s: nobody else reads, writes or takes away, for the street has its own copy',
  async (table, insert, update) => {
    for (const comer of everyone) {
      const isInside = inside.includes(comer);
      const rows = [
        await tried(comers[comer], sql`select from ${sql.table(table)}`),
        await tried(comers[comer], insert),
        await tried(comers[comer], update),
        await tried(comers[comer], sql`delete from ${sql.table(table)}`),
      ];
      if (isInside) for (const each of rows) expect(each, `${comer} ${table}`).toBeGreaterThan(0);
      else for (const each of rows) expect(['refused', 0], `${comer} ${table}`).toContain(each);
    }
  },
);

test('a proposal is read by who made it and by who looks at words, with their second factor; by nobody else', async () => {
  const readers: readonly Comer[] = ['proposer', 'facilitator', 'editor', 'house', 'operator'];
  for (const comer of everyone)
    expect(await tried(comers[comer], sql`select from core.word_proposal`), comer).toBe(
      comer === 'visitor' ? 'refused' : readers.includes(comer) ? 2 : 0,
    );
});

test('one proposes in one’s own name and no further: not for somebody else, and never past the look', async () => {
  const propose = (as: string | null, state: string) =>
    sql`insert into core.word_proposal (kind, word, language, term, meaning, person_id, state, looked_on)
      values ('between', ${word.id}, 'nl', 'x', 'y', ${as}, ${state}, case when ${state} <> 'waiting' then core.today() end)`;
  for (const comer of everyone) {
    const isInside = inside.includes(comer);
    const own = comers[comer].id;
    const expected = comer === 'visitor' ? 'refused' : 1;
    expect(await tried(comers[comer], propose(own, 'waiting')), comer).toBe(expected);
    expect(await tried(comers[comer], propose(own, 'open')), comer).toBe(isInside ? 1 : 'refused');
    const other = comer === 'stranger' ? comers.editor.id : comers.stranger.id;
    expect(await tried(comers[comer], propose(other, 'waiting')), comer).toBe(isInside ? 1 : 'refused');
  }
});

test('only who looks at words declines, never their own, and nobody changes the words of a proposal or what was looked at', async () => {
  const decline = (who: Viewer, id: string) =>
    sql`update core.word_proposal set state = 'declined', looked_by = ${who.id}, looked_on = core.today(), looked_why = 'nee' where id = ${id}`;
  for (const comer of everyone) {
    const may = ['facilitator', 'editor', ...inside].includes(comer);
    const shut = comer === 'visitor' ? 'refused' : 0;
    expect(await tried(comers[comer], decline(comers[comer], waiting)), comer).toBe(may ? 1 : shut);
    expect(await tried(comers[comer], decline(comers[comer], opened)), comer).toBe(
      inside.includes(comer) ? 'refused' : shut,
    );
    expect(['refused', 0], comer).toContain(
      await tried(
        comers[comer === 'house' || comer === 'operator' ? 'editor' : comer],
        sql`update core.word_proposal set term = 'anders' where id = ${waiting}`,
      ),
    );
    expect(await tried(comers[comer], sql`delete from core.word_proposal where id = ${waiting}`), comer).toBe(
      inside.includes(comer) ? 1 : shut,
    );
  }
  const own = await aBetweenWord(comers.editor, { term: 'eigen', word: word.id });
  expect(await tried(comers.editor, decline(comers.editor, own.proposal))).toBe(0);
  expect(await tried(comers.facilitator, decline(comers.facilitator, own.proposal))).toBe(1);
});

test('a word is let in by who looks at words and did not propose it, and by no one else', async () => {
  const open = (id: string) =>
    sql`select from (select core.open_word_proposal(${id}::uuid, 'new-one', null) as slug) o where slug is not null`;
  for (const comer of everyone) {
    const may = ['facilitator', 'editor', ...inside].includes(comer);
    expect(await tried(comers[comer], open(waiting)), comer).toBe(
      comer === 'visitor' ? 'refused' : may ? 1 : 0,
    );
    if (comer !== 'visitor') expect(await tried(comers[comer], open(opened)), comer).toBe(0);
  }
  const own = await aBetweenWord(comers.editor, { term: 'eigener', word: word.id });
  expect(await tried(comers.editor, open(own.proposal))).toBe(0);
});

test('nobody of the house adopts a word by themselves: only the room of tables does, once both sides signed', async () => {
  for (const comer of everyone)
    for (const call of [
      sql`select core.adopt_word(${opened}::uuid, 'Tafel', null, core.today())`,
      sql`select core.retell_adoption(${opened}::uuid, 'Tafel', null)`,
      sql`select core.lay_word_rows(${word.id}::uuid)`,
    ])
      expect(await tried(comers[comer], call), comer).toBe('refused');
});

test('a word is laid open by who looks at words; the street is written by nobody', async () => {
  for (const comer of everyone) {
    const may = ['facilitator', 'editor', ...inside].includes(comer);
    const laid = await withViewer(comers[comer], (tx) =>
      sql`select core.lay_word_open(${word.id}::uuid)`.execute(tx),
    ).then(
      () => true,
      () => false,
    );
    expect(laid, comer).toBe(may);
    for (const table of ['pub.word', 'pub.word_version']) {
      expect(await tried(comers[comer], sql`select from ${sql.table(table)}`), comer).toBeGreaterThan(0);
      expect(await tried(comers[comer], sql`delete from ${sql.table(table)}`), comer).toBe('refused');
    }
  }
});

test('only who proposed a word takes it back', async () => {
  const back = sql`select from (select core.take_word_back(${opened}::uuid) as gone) b where gone`;
  for (const comer of everyone)
    expect(await tried(comers[comer], back), comer).toBe(
      comer === 'visitor' ? 'refused' : ['proposer', ...inside].includes(comer) ? 1 : 0,
    );
});
