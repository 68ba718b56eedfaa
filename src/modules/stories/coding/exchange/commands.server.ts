import type { Insertable } from 'kysely';
import type { Database, Tx } from '#platform/db.server.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { Researcher } from '../../access.ts';
import type { Codebook } from '../model.ts';
import { blocksToCode, codesOf, memosOf, passagesOf } from '../queries.server.ts';
import type { Brought, Unplaced } from './input.ts';
import { layOut, placesOf, type LaidOut, type Project, type TravellingCode } from './model.ts';
import { projectOf, userKey } from './queries.server.ts';

/** The project of a codebook to take out; which tellings are in it is written down, so that what is taken back can be told. */
export async function takeOut(tx: Tx, who: Researcher, codebook: Codebook): Promise<Project> {
  const { project, tellings } = await projectOf(tx, codebook);
  const made = await tx
    .insertInto('core.coding_export')
    .values({ codebook: codebook.id, made_by: who.person, tellings: tellings.length })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (tellings.length > 0)
    await tx
      .insertInto('core.coding_export_telling')
      .values(tellings.map((telling) => ({ export: made.id, telling })))
      .execute();
  return project;
}

/** What came of a file: what was brought in, what was here already, and everything that has no place here. */
export interface BroughtIn {
  readonly codes: number;
  readonly codesKnown: number;
  readonly passages: number;
  readonly passagesKnown: number;
  readonly memos: number;
  /** Codings in texts that are no telling here, or not one that this researcher may code. */
  readonly elsewhere: number;
  /** Codings whose words are not the words of the telling. */
  readonly otherWords: number;
  /** Codings with a code that only holds others, or that is not in the file. */
  readonly noCode: number;
  readonly texts: number;
  readonly cases: number;
  readonly notes: number;
  readonly links: number;
  readonly unplaced: readonly Unplaced[];
}

/**
 * Brings the codes of a file into a codebook, and its codings of tellings that are known by their guid and may be coded by this
 * researcher. A text never becomes a telling. A code that is here already, by its guid, stays as it is.
 */
export async function bringIn(
  tx: Tx,
  who: Researcher,
  codebook: Codebook,
  brought: Brought,
): Promise<Result<BroughtIn, 'coding.desk.refused.nothing-in-it'>> {
  const { project, unplaced } = brought;
  if (project.codes.length === 0 && project.sources.length === 0)
    return refused('coding.desk.refused.nothing-in-it');
  const before = await codesOf(tx, codebook.id);
  await bringCodes(tx, codebook.id, project.codes, new Set(before.map(({ guid }) => guid)));
  const codes = await codesOf(tx, codebook.id);
  const byGuid = new Map(codes.map((code) => [code.guid, code]));
  const placed = await bringPassages(tx, who, codebook.id, brought, byGuid);
  const memos = await bringMemos(tx, who, codebook.id, project, byGuid);
  return ok({
    codes: codes.length - before.length,
    codesKnown: countOf(project.codes) - (codes.length - before.length),
    memos,
    ...placed,
    cases: project.cases.length,
    notes: Math.max(0, project.notes.length - memos),
    links: project.links.length,
    unplaced,
  });
}

const countOf = (codes: readonly TravellingCode[]): number =>
  codes.reduce((sum, { children }) => sum + 1 + countOf(children), 0);

async function bringCodes(
  tx: Tx,
  codebook: string,
  codes: readonly TravellingCode[],
  known: ReadonlySet<string>,
  parent: string | null = null,
): Promise<void> {
  for (const [place, code] of codes.entries()) {
    if (!known.has(code.guid))
      await tx
        .insertInto('core.code')
        .values({
          ...{ codebook, parent, place, guid: code.guid, colour: code.colour, is_codable: code.isCodable },
          name: [...code.name].slice(0, 200).join(''),
          definition: [...code.description].slice(0, 20_000).join(''),
        })
        .execute();
    const { id } = await tx
      .selectFrom('core.code')
      .select('id')
      .where('codebook', '=', codebook)
      .where('guid', '=', code.guid)
      .executeTakeFirstOrThrow();
    await bringCodes(tx, codebook, code.children, known, id);
  }
}

type Codes = ReadonlyMap<string, { readonly id: string; readonly isCodable: boolean }>;

async function bringPassages(
  tx: Tx,
  who: Researcher,
  codebook: string,
  { project, texts }: Brought,
  codes: Codes,
) {
  const told = { passages: 0, passagesKnown: 0, elsewhere: 0, otherWords: 0, noCode: 0, texts: 0 };
  const blocks = await blocksToCode(
    tx,
    project.sources.map(({ guid }) => guid),
  );
  const mark = (user: string, ...place: readonly (string | number)[]) => [user, ...place].join(' ');
  const here = new Set(
    (await passagesOf(tx, codebook)).map(({ coder, telling, block, start, end, code }) =>
      mark(userKey(codebook, coder), telling, block, start, end, code),
    ),
  );
  for (const source of project.sources) {
    const own = blocks.filter(({ telling }) => telling === source.guid);
    const version = own[0]?.version;
    const codings = source.selections.flatMap(({ start, end, codings: all }) =>
      all.map((each) => ({ ...each, start, end })),
    );
    if (version === undefined) {
      told.texts++;
      told.elsewhere += codings.length;
      continue;
    }
    const laid = layOut(own);
    for (const { start, end, code: guid, user } of codings) {
      const code = codes.get(guid);
      const places = sameWords(laid, texts.get(source.guid) ?? null, start, end)
        ? placesOf(laid, start, end)
        : [];
      if (!code?.isCodable) told.noCode++;
      else if (places.length === 0) told.otherWords++;
      else
        for (const { block, start: from, end: until } of places) {
          const passage = {
            codebook,
            code: code.id,
            telling: source.guid,
            version,
            block,
            start_at: from,
            end_at: until,
          };
          const known = here.has(mark(user, source.guid, block, from, until, code.id));
          const brought_as = nameOf(project, user, userKey(codebook, who.person));
          if (!known && (await isNew(tx, { ...passage, coder: who.person, brought_as }))) told.passages++;
          else told.passagesKnown++;
        }
    }
  }
  return told;
}

async function isNew(tx: Tx, passage: Insertable<Database['core.coded_passage']>): Promise<boolean> {
  const { numInsertedOrUpdatedRows: made } = await tx
    .insertInto('core.coded_passage')
    .values(passage)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return made === 1n;
}

/** Who coded it according to the file; null when that is who brings it, or nobody is named. */
function nameOf({ users }: Project, user: string, own: string): string | null {
  const name = users.find(({ guid }) => guid === user)?.name.trim() ?? '';
  return user === own ? null : [...name].slice(0, 80).join('') || null;
}

/** Whether the words between two positions are the same here as in the file; a file without the text is taken at its word. */
function sameWords({ text }: LaidOut, theirs: string | null, start: number, end: number): boolean {
  const between = (words: string) => [...words].slice(start, end).join('');
  return theirs === null ? end <= [...text].length : between(text) === between(theirs);
}

/** Notes about codes and about texts that are tellings here become memos of who brings them; the same words are not written twice. */
async function bringMemos(
  tx: Tx,
  who: Researcher,
  codebook: string,
  project: Project,
  codes: Codes,
): Promise<number> {
  const words = new Map(
    project.notes.map(({ guid, text }) => [guid, [...text.trim()].slice(0, 10_000).join('')]),
  );
  const flat = (some: readonly TravellingCode[]): TravellingCode[] =>
    some.flatMap((code) => [code, ...flat(code.children)]);
  const tellings = new Set(
    (
      await blocksToCode(
        tx,
        project.sources.map(({ guid }) => guid),
      )
    ).map(({ telling }) => telling),
  );
  const meant = [
    ...flat(project.codes).map(({ guid, notes }) => ({
      code: codes.get(guid)?.id ?? null,
      telling: null,
      notes,
    })),
    ...project.sources
      .filter(({ guid }) => tellings.has(guid))
      .map(({ guid, notes, selections }) => ({
        code: null,
        telling: guid,
        notes: [...notes, ...selections.flatMap((selection) => selection.notes)],
      })),
  ];
  let made = 0;
  for (const { code, telling, notes } of meant) {
    const there = new Set(
      (await memosOf(tx, codebook, telling)).filter((memo) => memo.code === code).map(({ text }) => text),
    );
    for (const text of new Set(notes.map((guid) => words.get(guid) ?? ''))) {
      if (text === '' || there.has(text)) continue;
      await tx
        .insertInto('core.memo')
        .values({ codebook, code, telling, passage: null, text, author: who.person })
        .execute();
      made++;
    }
  }
  return made;
}
