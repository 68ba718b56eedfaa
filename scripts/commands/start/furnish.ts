import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { layInvented } from '#modules/stories/invented/commands.server.ts';
import type { InventedStory } from '#modules/stories/invented/model.ts';
import { loadPlaces } from '#modules/places/commands.server.ts';
import { exits, Mistake } from '#platform/database/mistake.ts';
import { leaveDatabase, withViewer } from '#platform/db.server.ts';
import { catalogueOnDisk } from '#platform/i18n/catalogue-on-disk.ts';
import { projectFolder } from '#platform/project.server.ts';
import { operator } from '#platform/viewer.ts';
import { bringIn } from '../import-field.ts';
import { furnishWords } from '../told-words.ts';

const turn = 20151123;

/** Loads the places, which a second time changes nothing, and on a first start the field of db/field, saying on the terminal how far it is. */
export async function furnish(adminUrl: string, tell: (line: string) => void): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'steppingstones furnish' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    // Of two first starts at once, one loads and the other waits and finds it done.
    await client.query(`select pg_advisory_lock(${turn})`);
    await placesAsTheyAre();
    if (await fieldIsEmpty()) await loadField(tell);
    await furnishWords(join(projectFolder, 'db', 'field'));
  } finally {
    await client.end().catch(() => undefined);
    await leaveDatabase();
  }
}

async function placesAsTheyAre(): Promise<void> {
  await withViewer(operator, (tx) => loadPlaces(tx));
}

async function fieldIsEmpty(): Promise<boolean> {
  return withViewer(operator, async (tx) => {
    const { rows } = await sql<{ any: boolean }>`select exists (select from core.initiative) as any`.execute(
      tx,
    );
    return !rows[0]?.any;
  });
}

async function loadField(tell: (line: string) => void): Promise<void> {
  tell('Loading the field of db/field ...');
  const code = await bringIn(join(projectFolder, 'db', 'field'), tell);
  if (code !== exits.fine)
    throw new Mistake(exits.words, 'The field of db/field was not loaded; the lines above say why.');
  await layExample();
}

/** An invented story beside the real field, so that a first reader sees how voices stand together; each of them says that it is invented. */
async function layExample(): Promise<void> {
  const text = await readFile(join(projectFolder, 'db', 'invented', 'tellings.json'), 'utf8');
  const catalogue = await catalogueOnDisk();
  await withViewer(operator, (tx) => layInvented(tx, JSON.parse(text) as InventedStory, catalogue));
}
