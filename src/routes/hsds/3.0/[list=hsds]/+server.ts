import { parseList } from '#modules/initiatives/hsds/input.ts';
import { listOf } from '#modules/initiatives/hsds/records/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { openData, wrongParameters } from '#platform/http/problem.ts';
import { visitor } from '#platform/viewer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url, params: { list } }) => {
  const asked = parseList(url.searchParams, list);
  if (!asked.ok) return wrongParameters(asked.errors);
  const { body, type } = await withViewer(visitor, (tx) => listOf(tx, list, asked.value, url.origin));
  return openData(body, type);
};
