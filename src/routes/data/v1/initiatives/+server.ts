import { parseQuestion } from '#modules/initiatives/exchange/input.ts';
import { openPage } from '#modules/initiatives/exchange/model.ts';
import { findOpen } from '#modules/initiatives/exchange/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { openData, wrongParameters } from '#platform/http/problem.ts';
import { visitor } from '#platform/viewer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ url }) => {
  const asked = parseQuestion(url.searchParams, today());
  if (!asked.ok) return wrongParameters(asked.errors);
  const { wish, language } = asked.value;
  const { found, field } = await withViewer(visitor, (tx) => findOpen(tx, wish, language));
  return openData(openPage(found, wish, field));
};
