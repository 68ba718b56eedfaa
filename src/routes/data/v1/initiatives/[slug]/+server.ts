import { parseNothing } from '#modules/initiatives/exchange/input.ts';
import { wholeRecord } from '#modules/initiatives/exchange/whole/model.ts';
import { entryBySlug, relationsBeside } from '#modules/initiatives/exchange/whole/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { absent, moved, openData, wrongParameters } from '#platform/http/problem.ts';
import { visitor } from '#platform/viewer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url, params: { slug } }) => {
  const asked = parseNothing(url.searchParams);
  if (!asked.ok) return wrongParameters(asked.errors);
  const answer = await withViewer(visitor, async (tx) => {
    const entry = await entryBySlug(tx, slug);
    if (entry === null || 'movedTo' in entry) return entry;
    return wholeRecord(entry, await relationsBeside(tx, entry.id), today());
  });
  if (answer === null) return absent('No open entry has this slug.');
  return 'movedTo' in answer ? moved(`/data/v1/initiatives/${answer.movedTo}`) : openData(answer);
};
