import { everyRecord } from '#modules/publications/records/queries.server.ts';
import { openEditions } from '#modules/publications/reading/library/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = () =>
  withViewer(visitor, async (tx) => ({
    editions: await openEditions(tx, { number: 'newest' }),
    records: await everyRecord(tx),
  }));
