import { fail } from '@sveltejs/kit';
import { articlesOf } from '#modules/publications/beginning/articles/queries.server.ts';
import { workersOf } from '#modules/publications/beginning/queries.server.ts';
import { invite } from '#modules/publications/inviting/commands.server.ts';
import { invitationsOf } from '#modules/publications/inviting/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { isLanguage } from '#platform/i18n/languages.ts';
import { refused } from '#platform/result.ts';
import { speakDesk } from '../../ways.ts';
import { deeds } from './deeds.server.ts';
import { editedHere } from './here.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  speakDesk(event.locals.language, event.url);
  return withViewer(event.locals.viewer, async (tx) => {
    const { work } = await editedHere(tx, event);
    return {
      work,
      articles: await articlesOf(tx, work.id),
      workers: await workersOf(tx, work.id),
      sent: await invitationsOf(tx, work.id),
      done: event.url.searchParams.has('done'),
    };
  });
};

export const actions = {
  ...deeds,
  // A word can be seen once: it is answered, not led on to another page.
  invite: async (event) => {
    const form = await event.request.formData();
    const spoken = String(form.get('language'));
    const language = isLanguage(spoken) ? spoken : event.locals.language;
    const part = form.get('part') === 'writer' ? 'writer' : 'layer';
    const made = await withViewer(event.locals.viewer, async (tx) => {
      const { editor } = await editedHere(tx, event);
      return editor ? invite(tx, editor, part, language) : refused('publication_ended');
    });
    if (!made.ok)
      return fail(409, {
        refused: `publications.desk.refused.${made.reason}` as const,
        details: made.details,
      });
    return { link: `${event.url.origin}/${language}/together/in/${made.value.word}` };
  },
} satisfies Actions;
