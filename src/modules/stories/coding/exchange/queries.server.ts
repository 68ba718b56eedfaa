import { sql } from 'kysely';
import type { Tx } from '#platform/db.server.ts';
import { lastingKey } from '#platform/ids.ts';
import type { Codebook, Code } from '../model.ts';
import {
  blocksToCode,
  codableTellings,
  codesOf,
  memosOf,
  passagesOf,
  type CodableTelling,
  type KeptPassage,
} from '../queries.server.ts';
import {
  layOut,
  positionOf,
  type LaidOut,
  type Project,
  type Selection,
  type TravellingCode,
} from './model.ts';

const key = (...words: readonly string[]) => lastingKey('qda', ...words);

/** The codes of a codebook as they travel, from the top down. */
export function travelling(
  codes: readonly Code[],
  notes: ReadonlyMap<string, readonly string[]> = new Map(),
) {
  const below = (parent: string | null): TravellingCode[] =>
    codes
      .filter((code) => code.parent === parent)
      .sort((one, other) => one.place - other.place)
      .map(({ id, guid, name, isCodable, colour, definition }) => ({
        ...{ guid, name, isCodable, colour, description: definition },
        notes: notes.get(id) ?? [],
        children: below(id),
      }));
  return below(null);
}

/** A project ready to be written, and the tellings that are in it. */
export interface ReadyToGo {
  readonly project: Project;
  readonly tellings: readonly string[];
}

/**
 * A codebook with every telling that may be coded today, its passages that still stand, and memos. Each voice is a case
 * without a name; its language, role then, themes and phases are variables; a rendering is a text of its own, linked to its
 * original. The description of a text says by the number of which consent it is there.
 */
export async function projectOf(tx: Tx, codebook: Codebook): Promise<ReadyToGo> {
  const tellings = await codableTellings(tx);
  const blocks = await blocksToCode(
    tx,
    tellings.map(({ id }) => id),
  );
  const [codes, passages] = [await codesOf(tx, codebook.id), await passagesOf(tx, codebook.id)];
  const guids = new Map(codes.map(({ id, guid }) => [id, guid]));
  const memos = [
    ...(await memosOf(tx, codebook.id, null)),
    ...(await Promise.all(tellings.map(({ id }) => memosOf(tx, codebook.id, id)))).flat(),
  ];
  const notesOn = (of: (memo: (typeof memos)[number]) => string | null) => {
    const found = new Map<string, string[]>();
    for (const memo of memos) {
      const about = of(memo);
      if (about !== null) found.set(about, [...(found.get(about) ?? []), memo.id]);
    }
    return found;
  };
  const onPassages = notesOn(({ passage }) => passage);
  const onTellings = notesOn(({ passage, telling }) => (passage === null ? telling : null));
  const renderings = await renderingsOf(
    tx,
    tellings.map(({ id }) => id),
  );
  const sources = tellings.map((telling) => {
    const laid = layOut(blocks.filter((block) => block.telling === telling.id));
    const own = passages.filter((passage) => passage.telling === telling.id);
    return {
      guid: telling.id,
      name: telling.title || telling.slug,
      description: `Consent ${telling.consent}`,
      text: laid.text,
      notes: onTellings.get(telling.id) ?? [],
      selections: selectionsOf(codebook.id, laid, own, guids, onPassages),
    };
  });
  const users = new Map(passages.map(({ coder, coderName }) => [coder, coderName ?? '']));
  return {
    tellings: tellings.map(({ id }) => id),
    project: {
      name: codebook.name,
      users: [...users].map(([coder, name]) => ({ guid: userKey(codebook.id, coder), name })),
      codes: travelling(
        codes,
        notesOn(({ code }) => code),
      ),
      variables: variables.map((name) => ({ guid: key('variable', name), name })),
      cases: tellings.map(caseOf),
      sources: [...sources, ...renderings.map(({ source }) => source)],
      notes: memos.map(({ id, text }) => ({ guid: id, name: '', text, user: null })),
      links: renderings.map(({ source, of }) => ({
        guid: key('rendering', source.guid),
        name: 'translation',
        from: source.guid,
        to: of,
      })),
    },
  };
}

/** The key of a coder in the files of one codebook: it tells nothing elsewhere. */
export const userKey = (codebook: string, coder: string): string => key('user', codebook, coder);

const variables = ['language', 'role', 'themes', 'phases'] as const;

function caseOf({ id, language, roleThen, themes, phases }: CodableTelling, at: number) {
  const said = { language, role: roleThen ?? '', themes: themes.join(' '), phases: phases.join(' ') };
  const values = variables.map((name) => ({ variable: key('variable', name), text: said[name] }));
  return {
    guid: key('voice', id),
    name: `Voice ${at + 1}`,
    sources: [id],
    values: values.filter(({ text }) => text !== ''),
  };
}

/** Passages at the same place are one selection with several codings. */
function selectionsOf(
  codebook: string,
  laid: LaidOut,
  passages: readonly KeptPassage[],
  guids: ReadonlyMap<string, string>,
  notes: ReadonlyMap<string, readonly string[]>,
): Selection[] {
  const places = new Map<string, KeptPassage[]>();
  for (const passage of passages) {
    const place = `${passage.block} ${passage.start} ${passage.end}`;
    places.set(place, [...(places.get(place) ?? []), passage]);
  }
  return [...places].flatMap(([place, here]) => {
    const [first] = here;
    const start = first ? positionOf(laid, first.block, first.start) : null;
    const end = first ? positionOf(laid, first.block, first.end) : null;
    if (!first || start === null || end === null || end <= start) return [];
    return {
      guid: key('selection', codebook, first.telling, place),
      name: '',
      start,
      end,
      notes: here.flatMap(({ id }) => notes.get(id) ?? []),
      codings: here.map(({ id, code, coder, at }) => ({
        guid: id,
        code: guids.get(code) ?? '',
        user: userKey(codebook, coder),
        at: at.toISOString(),
      })),
    };
  });
}

// Only what is open may travel as a translation: then its teller consented to that as well.
async function renderingsOf(tx: Tx, tellings: readonly string[]) {
  if (tellings.length === 0) return [];
  const { rows } = await sql<{ id: string; telling: string; language: string; texts: string[] }>`
    select r.id, r.telling, r.language, array_agg(x.text order by b.place) as texts
    from pub.rendering r join pub.rendering_block x on x.rendering = r.id join pub.telling_block b on b.telling = r.telling and b.block = x.block
    where r.telling = any(${tellings}::uuid[]) group by r.id order by r.telling, r.language, r.id`.execute(
    tx,
  );
  return rows.map(({ id, telling, language, texts }) => ({
    of: telling,
    source: {
      guid: id,
      name: language,
      description: '',
      text: layOut(texts.map((text, at) => ({ block: String(at), text }))).text,
      notes: [],
      selections: [],
    },
  }));
}
