import { parseListWish } from '#modules/languages/words/input.ts';
import { printSheet } from '#modules/publications/sheets/jobs.server.ts';
import { sheetOfWords } from '#modules/publications/sheets/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import { deskAt, printed } from '../../printed.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const desk = deskAt(event, '/words');
  const wish = parseListWish(event.url.searchParams);
  const sheet = await withViewer(visitor, (tx) => sheetOfWords(tx, desk, wish));
  return printed(desk, await printSheet('page', sheet), 'words');
};
