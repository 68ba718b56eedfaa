import { error } from '@sveltejs/kit';
import { cardSheet } from '#modules/publications/sheets/card/model.ts';
import { allowedOnPaper, printSheet } from '#modules/publications/sheets/jobs.server.ts';
import { openTelling } from '#modules/publications/sheets/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { plainPage } from '#platform/http/plain-page.ts';
import { visitor } from '#platform/viewer.ts';
import { deskAt, printed } from '../../../printed.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { slug } = event.params;
  const desk = deskAt(event, `/tellings/${slug}`);
  const { say } = desk;
  const voice = await withViewer(visitor, (tx) => openTelling(tx, slug, say.language));
  if (!voice) error(404, 'not found');
  const allowed = await allowedOnPaper(slug);
  // Anyone may read it; that it may also hang on a wall is for the teller to say.
  if (!allowed)
    return plainPage(say, { status: 403, title: say('sheets.card.not'), text: say('sheets.card.not.about') });
  return printed(desk, await printSheet('card', cardSheet(desk, voice, allowed)), slug);
};
