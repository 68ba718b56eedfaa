import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lists } from '#modules/initiatives/hsds/model.ts';
import { parseList } from '#modules/initiatives/hsds/input.ts';
import { recordsOf } from '#modules/initiatives/hsds/records/queries.server.ts';
import { openDatabase } from '#platform/database/open.server.ts';
import { exits } from '#platform/database/mistake.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import { onlyWord } from './terminal.ts';

/** `steppingstones export hsds DIR`: writes the open field as HSDS, a file for each list; answers the exit code. */
export async function exportHsds(argv: string[]): Promise<number> {
  const folder = onlyWord(argv, 'export hsds', 'one folder');
  const database = await openDatabase();
  try {
    return await writeOut(folder, (line) => console.log(line));
  } finally {
    await database.close();
  }
}

/** Writes what the street may see of the database that `withViewer` reaches, all of it as it is at one moment; answers the exit code. */
export async function writeOut(folder: string, tell: (line: string) => void): Promise<number> {
  await mkdir(folder, { recursive: true });
  const files = await withViewer(visitor, async (tx) => {
    const told: [string, readonly object[]][] = [];
    for (const list of lists) {
      const wish = parseList(new URLSearchParams(fullest[list]), list);
      if (wish.ok) told.push([list, (await recordsOf(tx, list, wish.value, null)).contents]);
    }
    return told;
  });
  for (const [list, records] of files) {
    await writeFile(join(folder, `${list}.json`), `${JSON.stringify(records, null, 1)}\n`);
    tell(`${list}.json: ${records.length}`);
  }
  return exits.fine;
}

const fullest = {
  organizations: 'format=ndjson&full_service=true',
  services: 'format=ndjson',
  service_at_locations: 'format=ndjson',
  locations: 'format=ndjson&full=true',
  taxonomies: 'format=ndjson',
  taxonomy_terms: 'format=ndjson',
} as const;
