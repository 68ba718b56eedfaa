import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { loadPlaces } from '#modules/places/commands.server.ts';
import { exits, Mistake } from '#platform/database/mistake.ts';
import { leaveDatabase, withViewer } from '#platform/db.server.ts';
import { projectFolder } from '#platform/project.server.ts';
import { operator } from '#platform/viewer.ts';
import { bringIn } from '../import-field.ts';

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
}
