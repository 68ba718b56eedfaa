import { redirect } from '@sveltejs/kit';
import { catalogue } from '#platform/i18n/catalogue.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { phoneAt } from '../here.server.ts';
import { notesIn, settleHere } from '../keeping.server.ts';
import type { RequestHandler } from './$types';

/** The notes of the round as a file for the phone of the case giver, and for nobody else. */
export const POST: RequestHandler = async ({ cookies, locals }) => {
  const at = phoneAt(cookies);
  const settled = at && (await settleHere(at, 'file', locals));
  if (!settled?.ok) redirect(303, `/${locals.language}/circle`);
  const name = speaker(locals.language, catalogue)('circle.file.name');
  return new Response(`${notesIn(locals.language, settled.value)}\n`, {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
    },
  });
};
