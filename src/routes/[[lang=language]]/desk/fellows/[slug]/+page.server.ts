import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { entryAt, type NamedEntry } from '#modules/initiatives/members/queries.server.ts';
import { giverOf, type Giver } from '#modules/people/access.ts';
import { bringFellow } from '#modules/people/cards/commands.server.ts';
import { cardMakerOf } from '#modules/people/cards/access.ts';
import { invite } from '#modules/people/commands/invite.server.ts';
import { line, parseTongue } from '#modules/people/input.ts';
import { latestEnd } from '#modules/people/model.ts';
import { fellowsOf } from '#modules/people/queries.server.ts';
import { parseMail } from '#modules/people/signing-in/input.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** The entry at this door and the proof that who asks may bring others into it; a page that is not there for everyone else. */
async function here(
  event: Pick<RequestEvent, 'locals' | 'params'>,
): Promise<{ entry: NamedEntry; giver: Giver }> {
  const { viewer } = event.locals;
  const entry = await withViewer(viewer, (tx) => entryAt(tx, event.params.slug ?? ''));
  const giver = entry && giverOf(viewer, 'member', { kind: 'initiative', id: entry.id });
  return entry && giver ? { entry, giver } : error(404, 'not found');
}

export const load: PageServerLoad = async (event) => {
  const { entry } = await here(event);
  const fellows = await withViewer(event.locals.viewer, (tx) => fellowsOf(tx, entry.id));
  return { entry, fellows, me: event.locals.viewer.id, done: event.url.searchParams.has('done') };
};

const wish = () => ({ until: latestEnd(today()), reason: 'gevraagd door een lid' });

export const actions = {
  invite: async (event) => {
    const { giver } = await here(event);
    const form = await event.request.formData();
    const typed = {
      mail: line(form, 'mail', 300),
      language: line(form, 'language', 2),
      called: line(form, 'called', 80),
    };
    const mail = parseMail(typed.mail);
    if (mail === null)
      return fail(400, { typed, field: 'mail', problem: 'people.sign-in.problem.mail' as const });
    const language = parseTongue(form) ?? event.locals.language;
    const asked = { ...wish(), mail, language, called: typed.called || null, home: event.url.origin };
    const invited = await invite(event.locals.viewer, giver, asked);
    if (!invited.ok)
      return fail(400, { typed, field: null, problem: 'people.fellows.problem.oneself' as const });
    redirect(303, `${event.url.pathname}?done=1`);
  },
  bring: async (event) => {
    const { giver } = await here(event);
    const maker = cardMakerOf(event.locals.viewer) ?? error(404, 'not found');
    const form = await event.request.formData();
    const language = parseTongue(form) ?? event.locals.language;
    const called = line(form, 'called', 80) || null;
    const person = await withViewer(event.locals.viewer, (tx) =>
      bringFellow(tx, maker, giver, { called, language, ...wish() }),
    );
    redirect(303, `/${event.locals.language}/desk/cards/${person}`);
  },
} satisfies Actions;
