import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { withViewer } from '#platform/db.server.ts';
import { operator, visitor } from '#platform/viewer.ts';
import { countWords, forgetTexts, indexTexts } from './commands.server.ts';
import type { SearchText, SearchWish } from './model.ts';
import { findTexts } from './queries.server.ts';
import { aText } from './testing.ts';

ownDatabase();

beforeEach(async () => {
  await withViewer(operator, (tx) => sql`delete from pub.search_text`.execute(tx));
  await withViewer(operator, countWords);
});

const index = (...texts: SearchText[]) =>
  withViewer(operator, async (tx) => {
    await indexTexts(tx, texts);
    await countWords(tx);
  });
const find = (words: string, more: Partial<SearchWish> = {}) =>
  withViewer(visitor, (tx) => findTexts(tx, { words, limit: 20, offset: 0, ...more }));
const idsOf = async (words: string, more: Partial<SearchWish> = {}) =>
  (await find(words, more)).hits.map((hit) => hit.subjectId);

describe('a newcomer finds', () => {
  test('the taalcafé without typing its accent, and learns that it was the same word', async () => {
    await index(aText({ subjectId: 'cafe', text: 'Elke week een taalcafé in de bibliotheek' }));
    const { hits } = await find('taalcafe');
    expect(hits.map((hit) => hit.subjectId)).toEqual(['cafe']);
    expect(hits[0]?.why).toEqual([{ asked: 'taalcafe', found: 'taalcafe', how: 'word' }]);
  });

  test('another form of a word, a part of a compound and a beginning, each explained', async () => {
    await index(
      aText({ subjectId: 'form', text: 'Samen met vrijwilligers en buren' }),
      aText({ subjectId: 'part', text: 'Wij bieden kinderopvang' }),
    );
    expect((await find('vrijwilliger')).hits[0]?.why[0]).toMatchObject({
      found: 'vrijwilligers',
      how: 'form',
    });
    expect((await find('opvang')).hits[0]?.why[0]).toMatchObject({ found: 'kinderopvang', how: 'part' });
    expect((await find('vrijwil')).hits[0]?.why[0]).toMatchObject({
      found: 'vrijwilligers',
      how: 'beginning',
    });
  });

  test.each([
    ['ar', 'دروس في المدرسة الجديدة', 'مدرسه'],
    ['ar', 'دروس في مدرسة جديدة', 'بالمدرسة'],
    ['ar', 'أهلا بكم في إدارة الهجرة', 'اداره'],
    ['fa', 'کلاس زبان برای پناهندگان', 'پناهنده'],
    ['fa', 'کتاب‌های رایگان', 'كتاب'],
    ['uk', 'Допомога біженцям та їхнім родинам', 'біженці'],
    ['uk', 'Зв’язок із громадою', "зв'язки"],
    ['tr', 'Kadınlar için IŞIK kursu', 'ışık'],
    ['ti', 'ሓገዝ ንስደተኛታት', 'ስደተኛ'],
    ['ti', 'ናይ ፀሓይ ማእከል', 'ጸሃይ'],
    ['fr', 'Accueil des réfugiés', 'refugie'],
    ['nl', 'Hulp bij het vinden van een huis', 'huizen'],
    ['de', 'Kinderbetreuung in der Nähe', 'Betreuung'],
  ] as const)('in %s "%s" by "%s"', async (language, text, asked) => {
    await index(
      aText({ subjectId: 'right', language, text }),
      aText({ subjectId: 'other', language, text: 'xyz' }),
    );
    expect(await idsOf(asked)).toEqual(['right']);
  });

  test.each(['COB', 'CO', 'OCA', 'XCOA', 'CXA'])('the COA by "%s"', async (asked) => {
    await index(
      aText({ subjectId: 'coa', title: 'Centraal Orgaan', names: ['COA'], text: 'opvang' }),
      aText({ subjectId: 'other', text: 'co in een andere tekst over opvang' }),
    );
    expect((await idsOf(asked)).slice(0, 2)).toContain('coa');
  });

  test('a misspelt name, and is told how it is spelt', async () => {
    await index(aText({ subjectId: 'bnb', title: 'Takecarebnb', text: 'logeren' }));
    const answer = await find('takecarebmb');
    expect(answer.hits[0]?.why[0]).toMatchObject({ found: 'Takecarebnb', how: 'spelling' });
    expect(answer.didYouMean).toBe('Takecarebnb');
  });

  test('the text that has all words before those that have one of them', async () => {
    await index(
      aText({ subjectId: 'one', text: 'taal taal taal in Ede' }),
      aText({ subjectId: 'both', text: 'taal voor vrouwen in Ede' }),
      aText({ subjectId: 'rest', text: 'sport in Ede' }),
    );
    expect(await idsOf('taal vrouwen')).toEqual(['both', 'one']);
  });

  test('a subject once, in the language that answers best', async () => {
    await index(
      aText({ subjectId: 'a', language: 'nl', text: 'hulp bij werk' }),
      aText({ subjectId: 'a', language: 'en', text: 'help with work' }),
    );
    const { hits, total } = await find('help work');
    expect(hits.map((hit) => [hit.subjectId, hit.language])).toEqual([['a', 'en']]);
    expect(total).toBe(1);
  });
});

describe('what narrows goes together', () => {
  const arnhem = { lat: 51.98, lon: 5.91 };
  const groningen = { lat: 53.22, lon: 6.57 };
  beforeEach(() =>
    index(
      aText({ subjectId: 'a', text: 'taal', facets: ['theme:language', 'phase:landing'], point: arnhem }),
      aText({ subjectId: 'b', text: 'taal', facets: ['theme:work', 'phase:landing'], point: groningen }),
      aText({
        subjectId: 'c',
        subjectKind: 'telling',
        text: 'taal',
        days: { from: '2016-01-01', until: '2016-12-31' },
      }),
    ),
  );

  test('facets: one of each list', async () => {
    expect(await idsOf('taal', { facets: [['theme:language', 'theme:work'], ['phase:landing']] })).toEqual([
      'a',
      'b',
    ]);
    expect(await idsOf('taal', { facets: [['theme:work'], ['phase:landing']] })).toEqual(['b']);
    expect(await idsOf('taal', { facets: [['theme:none']] })).toEqual([]);
  });

  test('kind and nearness; a text without a place is near nothing', async () => {
    expect(await idsOf('taal', { kinds: ['telling'] })).toEqual(['c']);
    expect(await idsOf('taal', { near: { ...arnhem, withinKm: 30 } })).toEqual(['a']);
    expect(await idsOf('taal', { near: { ...arnhem, withinKm: 3_000 } })).toEqual(['a', 'b']);
  });

  test('day: both ends count, an open end is open', async () => {
    expect(await idsOf('taal', { onDay: '2016-12-31', kinds: ['telling'] })).toEqual(['c']);
    expect(await idsOf('taal', { onDay: '2017-01-01' })).toEqual(['a', 'b']);
  });

  test('pages follow each other without a gap', async () => {
    const one = await idsOf('taal', { limit: 2 });
    const two = await idsOf('taal', { limit: 2, offset: 2 });
    expect([...one, ...two].sort()).toEqual(['a', 'b', 'c']);
  });
});

describe('a change is seen at once', () => {
  test('a changed text is found by its new words only, without a recount', async () => {
    await index(aText({ subjectId: 'a', text: 'zwemmen' }));
    await withViewer(operator, (tx) => indexTexts(tx, [aText({ subjectId: 'a', text: 'schaken' })]));
    expect(await idsOf('zwemmen')).toEqual([]);
    expect(await idsOf('schaken')).toEqual(['a']);
  });

  test('a withdrawn text is gone, and its words leave the database with the recount', async () => {
    await index(
      aText({ subjectId: 'a', title: 'Kanariepiet', text: 'kanarievogel' }),
      aText({ subjectId: 'b' }),
    );
    await withViewer(operator, (tx) => forgetTexts(tx, 'initiative', ['a']));
    expect(await find('kanarievogel')).toEqual({ hits: [], total: 0, atLeast: false });
    expect(await idsOf('Kanariepiet')).toEqual([]);
    await withViewer(operator, countWords);
    const left = await withViewer(operator, (tx) =>
      sql`select word from pub.search_word where word like 'kanarie%' union all select stem from pub.search_stem where stem like 'kanarie%'
        union all select name from pub.search_name where name like 'kanarie%'`.execute(tx),
    );
    expect(left.rows).toEqual([]);
  });

  test('a transaction that fails leaves nothing', async () => {
    const failing = withViewer(operator, async (tx) => {
      await indexTexts(tx, [aText({ subjectId: 'a', text: 'zeilboot' })]);
      throw new Error('the import broke');
    });
    await expect(failing).rejects.toThrow('the import broke');
    expect(await idsOf('zeilboot')).toEqual([]);
  });

  test('two writers of the same subjects neither lock up nor leave doubles', async () => {
    const subjects = Array.from({ length: 40 }, (_, at) => `s${at}`);
    const write = (order: string[], word: string) =>
      withViewer(operator, (tx) =>
        indexTexts(
          tx,
          order.map((subjectId) => aText({ subjectId, text: word })),
        ),
      );
    await Promise.all([
      write(subjects, 'wandelen'),
      write(subjects.toReversed(), 'fietsen'),
      write(subjects, 'wandelen fietsen'),
    ]);
    await Promise.all([withViewer(operator, countWords), write(subjects, 'fietsen')]);
    const { total } = await find('fietsen', { limit: 100 });
    expect(total).toBe(40);
    expect((await find('s7')).hits.filter((hit) => hit.subjectId === 's7')).toHaveLength(1);
  });
});

test.each([
  ['nothing', ''],
  ['only punctuation', '?!… ,,, \u2014'],
  ['SQL', `'; drop table pub.search_text; --`],
  ['array signs', '{"a",\\b}'],
  ['NUL', 'a\0b'],
  ['a lone surrogate', '\ud800 taal \udc00'],
  ['ten thousand letters', 'a'.repeat(10_000)],
  ['ten thousand words', 'woord '.repeat(10_000)],
  ['marks only', '\u0301\u0301'],
  ['emoji', '👩‍👩‍👧 🏳️'],
])('%s gets an honest answer, never an error', async (_, words) => {
  await index(aText({ subjectId: 'zeven', text: 'iets heel anders' }));
  await expect(find(words)).resolves.toMatchObject({ hits: [], total: 0 });
});

test('strange texts can be brought in and found', async () => {
  await index(
    aText({
      subjectId: 'a',
      title: 'a\0b',
      names: ['\ud800', '', '"{}\\'],
      text: 'x'.repeat(300_000) + ' taal\0les',
    }),
  );
  expect(await idsOf('ab')).toEqual(['a']);
});
