import { error, redirect } from '@sveltejs/kit';
import { movedTo } from '#modules/initiatives/entry/queries.server.ts';
import { printSheet } from '#modules/publications/sheets/jobs.server.ts';
import { sheetOfEntry } from '#modules/publications/sheets/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import { deskAt, printed } from '../../../printed.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { slug } = event.params;
  const desk = deskAt(event, `/initiatives/${slug}`);
  const sheet = await withViewer(visitor, async (tx) => {
    const elsewhere = await movedTo(tx, slug);
    if (elsewhere !== null) redirect(301, desk.say.to(`/initiatives/${elsewhere}/print.pdf`));
    return sheetOfEntry(tx, desk, slug);
  });
  return printed(desk, await printSheet('page', sheet ?? error(404, 'not found')), slug);
};
