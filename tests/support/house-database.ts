import { afterAll, beforeAll, inject } from 'vitest';
import { leaveDatabase } from '../../src/platform/db.server.ts';
import { openDatabase, type OpenDatabase } from '../../src/platform/database/open.server.ts';
import { leaveSignIn } from '../../src/platform/sign-in/way.server.ts';

/** Joins the database of the house that the journeys walk through, for the length of the calling file. */
export function houseDatabase(): { adminUrl: string } {
  const given = { adminUrl: '' };
  let database: OpenDatabase | undefined;
  beforeAll(async () => {
    process.env.STEPPINGSTONES_VAR = inject('journeyHome');
    database = await openDatabase();
    given.adminUrl = database.adminUrl;
  });
  afterAll(async () => {
    await Promise.all([leaveDatabase(), leaveSignIn()]);
    await database?.close();
  });
  return given;
}
