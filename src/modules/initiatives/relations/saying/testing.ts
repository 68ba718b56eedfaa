import { withViewer } from '#platform/db.server.ts';
import { house, type Viewer } from '#platform/viewer.ts';
import { makeLink } from '../../links/commands.server.ts';
import { linkNamed } from '../../links/queries.server.ts';
import { asAdmin } from '../../testing.ts';
import { addresseeOf, type Addressee } from './access.ts';
import { answerRelation, sayRelation, type Answer } from './commands.server.ts';
import { parseRelation, type Typed } from './input.ts';

interface OpenRelation {
  readonly standing: string;
  readonly asserted_by: string;
  readonly valid: string;
  readonly until: string | null;
}

interface OpenVoice {
  readonly who: string;
  readonly stance: string;
  readonly words: string | null;
  readonly language: string | null;
}

export const yes: Answer = { stance: 'confirms', words: null };
export const no: Answer = { stance: 'disputes', words: { language: 'nl', text: 'Wij verwijzen niemand.' } };

/** What tests of relations do and look at in the database of their file. */
export function relationsOfTest(database: { readonly adminUrl: string }) {
  const admin = <Row extends object>(text: string, values: unknown[] = []) =>
    asAdmin<Row>(database.adminUrl, text, values);
  const idOf = async (slug: string) =>
    (await admin<{ id: string }>('select id from core.initiative where slug = $1', [slug]))[0]?.id ?? '';
  return {
    admin,
    idOf,
    /** Says what was typed; answers what came of it. */
    async say(viewer: Viewer, slug: string, typed: Typed) {
      const { asked, problems } = parseRelation(typed);
      if (!asked) return { came: 'unread', problems };
      const entry = await idOf(slug);
      const said = await withViewer(viewer, (tx) =>
        sayRelation(tx, entry, asked, 'https://steppingstones.example'),
      );
      return said.ok ? said.value : { came: said.reason };
    },
    async answer(viewer: Viewer, slug: string, relation: string, given: Answer) {
      const entry = await idOf(slug);
      return withViewer(viewer, (tx) => answerRelation(tx, entry, relation, given));
    },
    /** The key of the relation that goes out from the one to the other, as it is held now. */
    async between(from: string, to: string) {
      const [row] = await admin<{ id: string }>(
        'select id from core.relation where from_id = $1 and to_id = $2 and upper_inf(recorded)',
        [await idOf(from), await idOf(to)],
      );
      return row?.id ?? '';
    },
    /** What a visitor reads of a relation. */
    async read(relation: string) {
      const [row] = await admin<OpenRelation>(
        'select standing, asserted_by, valid::text, until::text from pub.relation where id = $1',
        [relation],
      );
      const voices = await admin<OpenVoice>(
        'select who, stance, words, language from pub.relation_voice where relation_id = $1 order by who',
        [relation],
      );
      return row ? { ...row, voices } : null;
    },
    /** Someone of `to` who came by a letter about a relation. */
    async aLetterAbout(relation: string, to: string): Promise<{ viewer: Viewer; addressee: Addressee }> {
      const initiative = await idOf(to);
      const wish = { initiative, purpose: 'relation', about: relation, language: 'nl' } as const;
      const { word } = await withViewer(house, (tx) => makeLink(tx, { ...wish, sentTo: 'post@example.org' }));
      const link = await linkNamed(word, 'relation');
      const addressee = link && addresseeOf(link);
      if (!link || !addressee) throw new Error('The letter opens nothing.');
      return { viewer: link.viewer, addressee };
    },
  };
}
