import { error } from '@sveltejs/kit';
import { markedTexts } from '#modules/languages/words/reading/queries.server.ts';
import { openDilemma } from '#modules/learning/reading/queries.server.ts';
import { wordsFor } from '#modules/sessions/room/model.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, locals }) =>
  withViewer(locals.viewer, async (tx) => {
    const dilemma = (await openDilemma(tx, params.slug)) ?? error(404, 'not found');
    // What a person told stays as they told it; only what sources tell leads to words.
    const text = dilemma.origin === 'sources' ? wordsFor(dilemma.what, [locals.language]) : null;
    const [pieces] = text ? await markedTexts(tx, [text], today()) : [];
    return { dilemma, marked: text && pieces ? { language: text.language, pieces } : null };
  });
