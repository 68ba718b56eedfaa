import { expect, test } from 'vitest';
import { parseWorks } from '../../learning/citing/input.ts';
import { bibtexOf } from '../../learning/citing/queries.server.ts';
import { publicationKinds } from '../model.ts';
import { aListedEdition } from '../reading/testing.ts';
import { citable, citedIn, editionAsWork } from './model.ts';

const origin = 'https://stones.example';

test.each(publicationKinds)(
  'a %s and each of its articles are read back from BibTeX and from CSL-JSON as they were cited; BibTeX alone says no language',
  (kind) => {
    const works = citable(origin, aListedEdition({ kind, issue: kind === 'magazine' ? 3 : null }));
    expect(works).toHaveLength(3);
    expect(parseWorks(JSON.stringify(works), 2026)).toEqual({ ok: true, works });
    const bare = works.map(({ language: _, ...work }) => work);
    expect(parseWorks(bibtexOf(works), 2026)).toEqual({ ok: true, works: bare });
  },
);

test('an edition is cited by who signs it, at the address of that edition and no other', () => {
  const work = editionAsWork(origin, aListedEdition({ kind: 'magazine', number: 2 }));
  expect(work).toMatchObject({
    author: [{ family: 'Noor' }, { family: 'Anna de Vries' }, { family: 'سميرة' }],
    URL: `${origin}/publications/stenen-in-het-water/2`,
  });
});

test('a note says where in a work its words stand, and where the work is found', () => {
  const words = { and: 'en', noDate: 'z.d.', editors: 'red.' };
  const work = { id: 'x', type: 'book', title: 'Wie klopt er?', author: [{ family: 'Jansen', given: 'An' }] };
  const said = (at: string, more = {}) =>
    citedIn({ ...work, ...more }, at, words).map((inline) => ('text' in inline ? inline.text : ''));
  expect(said('p. 3').join('')).toBe('Jansen, A. (z.d.). Wie klopt er? p. 3.');
  expect(said('', { DOI: '10.1000/a' }).join('')).toBe(
    'Jansen, A. (z.d.). Wie klopt er? https://doi.org/10.1000/a',
  );
});
