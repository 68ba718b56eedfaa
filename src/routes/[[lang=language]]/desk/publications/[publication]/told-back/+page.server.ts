import { error, redirect } from '@sveltejs/kit';
import { tellBack } from '#modules/publications/telling-back/commands.server.ts';
import { toldBackIn } from '#modules/publications/telling-back/queries.server.ts';
import { keysIn } from '#platform/form.ts';
import { withViewer } from '#platform/db.server.ts';
import { isLanguage } from '#platform/i18n/languages.ts';
import { speakDesk } from '../../../ways.ts';
import { editedHere } from '../here.server.ts';
import type { Actions, PageServerLoad } from './$types';

const many = (url: URL, name: string): number => Number(url.searchParams.get(name)) || 0;

export const load: PageServerLoad = (event) => {
  const { locals, url } = event;
  speakDesk(locals.language, url);
  return withViewer(locals.viewer, async (tx) => {
    const { work } = await editedHere(tx, event);
    const uses = await toldBackIn(tx, work.id);
    const sheet = uses.find(({ piece, told }) => told !== null && piece === url.searchParams.get('sheet'));
    const language = isLanguage(sheet?.told ?? '') ? sheet?.told : 'nl';
    return {
      publication: { slug: work.slug, title: work.title, language: work.language },
      uses,
      asked: url.searchParams.has('told') ? { told: many(url, 'told'), byHand: many(url, 'by-hand') } : null,
      sheet: sheet ? { language, url: `${url.origin}/${language}/used` } : null,
    };
  });
};

export const actions = {
  default: async (event) => {
    const pieces = keysIn(await event.request.formData(), 'piece');
    const { told, byHand } = await withViewer(event.locals.viewer, async (tx) => {
      const editor = (await editedHere(tx, event)).editor ?? error(404, 'not found');
      return tellBack(tx, editor, pieces, event.url.origin);
    });
    redirect(303, `${event.url.pathname}?told=${told}&by-hand=${byHand}`);
  },
} satisfies Actions;
