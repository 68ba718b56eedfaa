import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { oneself } from '#modules/people/access.ts';
import { cardMakerOf } from '#modules/people/cards/access.ts';
import { endCard, makeCard } from '#modules/people/cards/commands.server.ts';
import { inGroups } from '#modules/people/cards/model.ts';
import { cardOf } from '#modules/people/cards/queries.server.ts';
import { keyIn, parseTongue } from '#modules/people/input.ts';
import { personNamed } from '#modules/people/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import { isLanguage } from '#platform/i18n/languages.ts';
import type { Actions, PageServerLoad } from './$types';

const makerHere = ({ locals }: Pick<RequestEvent, 'locals'>) =>
  cardMakerOf(locals.viewer) ?? error(404, 'not found');

/** Who this door is about; a page that is not there when they sign in otherwise, or are not known to who asks. */
async function bearerHere({ locals, params }: Pick<RequestEvent, 'locals' | 'params'>) {
  const person = await withViewer(locals.viewer, (tx) => personNamed(tx, params.person ?? ''));
  return person?.cameBy === 'card' && person.leftOn === null ? person : error(404, 'not found');
}

export const load: PageServerLoad = async ({ locals, params }) => {
  makerHere({ locals });
  const person = await bearerHere({ locals, params });
  return { person, card: await withViewer(locals.viewer, (tx) => cardOf(tx, person.id)) };
};

export const actions = {
  /** The one moment at which the code can be seen: it is answered, not led on to another page. */
  make: async (event) => {
    const maker = makerHere(event);
    const person = await bearerHere(event);
    const spoken = person.language ?? '';
    const language =
      parseTongue(await event.request.formData()) ?? (isLanguage(spoken) ? spoken : event.locals.language);
    const made = await withViewer(event.locals.viewer, (tx) => makeCard(tx, maker, person.id, language));
    if (!made.ok) return fail(400, { problem: 'people.card.problem.not-for-them' as const });
    const { code, until } = made.value;
    const url = `${event.url.origin}/${language}/card/${code}`;
    return {
      made: { code: inGroups(code), until, url, language, typeAt: `${event.url.host}/${language}/card` },
    };
  },
  end: async (event) => {
    const ender = oneself(event.locals.viewer) ?? error(404, 'not found');
    await bearerHere(event);
    const card = keyIn(await event.request.formData(), 'card');
    await withViewer(event.locals.viewer, (tx) => endCard(tx, ender, card));
    redirect(303, event.url.pathname);
  },
} satisfies Actions;
