import { afterAll, beforeAll, inject } from 'vitest';
import { leaveDatabase } from '../../src/platform/db.server.ts';
import { openDatabase, type OpenDatabase } from '../../src/platform/database/open.server.ts';
import { leaveSignIn } from '../../src/platform/sign-in/way.server.ts';

/** Joins the database of the house that stands in this folder, with the secret of that house and no other. */
export function joinHouse(home: string): Promise<OpenDatabase> {
  process.env.STEPPINGSTONES_VAR = home;
  // Files of one worker share their surroundings: the secret of the house that was joined before does not open this one.
  delete process.env.STEPPINGSTONES_SECRET;
  return openDatabase();
}

/** Joins the database of the house that the journeys walk through, for the length of the calling file. */
export function houseDatabase(): { adminUrl: string } {
  const given = { adminUrl: '' };
  let database: OpenDatabase | undefined;
  beforeAll(async () => {
    database = await joinHouse(inject('journeyHome'));
    given.adminUrl = database.adminUrl;
  });
  afterAll(async () => {
    await Promise.all([leaveDatabase(), leaveSignIn()]);
    await database?.close();
  });
  return given;
}
