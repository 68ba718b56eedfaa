import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { feature } from 'topojson-client';
import { replaceBoundaries } from '#modules/places/boundaries/commands.server.ts';
import { parseBoundaries } from '#modules/places/boundaries/input.ts';
import type { BoundaryProblem } from '#modules/places/boundaries/model.ts';
import { loadPlaces } from '#modules/places/commands.server.ts';
import { municipalities } from '#modules/places/queries.server.ts';
import { exits, Mistake } from '#platform/database/mistake.ts';
import { openDatabase } from '#platform/database/open.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import { operator } from '#platform/viewer.ts';
import { onlyWord, terminalSpeech } from './terminal.ts';

/** `steppingstones import boundaries FILE`: brings official outlines in, wholly or not at all; answers the exit code. */
export async function importBoundaries(argv: string[]): Promise<number> {
  const file = onlyWord(argv, 'import boundaries', 'one file');
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Mistake(exits.words, `The file ${file} cannot be read.`);
  });
  const database = await openDatabase();
  try {
    return await bringIn(
      text,
      basename(file),
      (line) => console.log(line),
      (line) => console.error(line),
    );
  } finally {
    await database.close();
  }
}

type Tell = (line: string) => void;

/** Imports the text of a file into the database that `withViewer` reaches, telling every bad feature; answers the exit code. */
export async function bringIn(text: string, source: string, tell: Tell, complain: Tell): Promise<number> {
  const say = await terminalSpeech();
  return withViewer(operator, async (tx) => {
    let known = await municipalities(tx);
    if (known.length === 0) {
      await loadPlaces(tx);
      known = await municipalities(tx);
    }
    const read = parseBoundaries(text, new Set(known.map((each) => each.code)), layersOf);
    if (!read.ok) {
      for (const problem of read.problems) complain(told(say, problem));
      complain(said(say, 'refused', { count: read.problems.length }));
      return exits.words;
    }
    await replaceBoundaries(tx, read.boundaries, source);
    tell(said(say, 'done', { count: read.boundaries.length, of: known.length }));
    return exits.fine;
  });
}

type Topology = Parameters<typeof feature>[0];

function isTopology(file: unknown): file is Topology {
  const has = (name: string) => typeof file === 'object' && file !== null && name in file;
  return (
    has('type') &&
    has('arcs') &&
    has('objects') &&
    Object(file).type === 'Topology' &&
    Array.isArray(Object(file).arcs)
  );
}

/** The features of each layer of a TopoJSON file; null where it is none. */
function layersOf(file: unknown): unknown[][] | null {
  if (!isTopology(file)) return null;
  return Object.values(file.objects ?? {}).map((layer) => {
    try {
      return layer.type === 'GeometryCollection' ? feature(file, layer).features : [];
    } catch {
      // A layer whose lines are missing has no features.
      return [];
    }
  });
}

function told(say: Speech, { feature, code, reason, found }: BoundaryProblem): string {
  const why = said(say, `reason.${reason}`, { found });
  return feature === 0
    ? said(say, 'file_problem', { why })
    : said(say, 'problem', { feature, code: code || '-', why });
}

function said(say: Speech, key: string, values: Record<string, string | number>): string {
  return say(`places.desk.boundaries.${key}` as MessageKey, values);
}
