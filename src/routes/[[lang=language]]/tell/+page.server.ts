import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { cardMakerOf } from '#modules/people/cards/access.ts';
import { bringIn, comeAsSomeoneNew, makeCard } from '#modules/people/cards/commands.server.ts';
import { inGroups } from '#modules/people/cards/model.ts';
import { tellerOf, type Teller } from '#modules/stories/access.ts';
import { beginTelling } from '#modules/stories/telling/commands.server.ts';
import { parseBeginning, type Beginning } from '#modules/stories/telling/input.ts';
import { initiativeCalled } from '#modules/stories/telling/queries.server.ts';
import type { Day } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { isLanguage, type Language } from '#platform/i18n/languages.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals }) => {
  const slug = (url.searchParams.get('about') ?? '').slice(0, 100);
  const about = slug === '' ? null : await withViewer(locals.viewer, (tx) => initiativeCalled(tx, slug));
  return { about, mayWriteFor: cardMakerOf(locals.viewer) !== null, known: tellerOf(locals.viewer) !== null };
};

/** A card as it is shown, this once. */
const shown = (
  { url }: Pick<RequestEvent, 'url'>,
  language: Language,
  card: { code: string; until: Day },
) => ({
  code: inGroups(card.code),
  until: card.until,
  url: `${url.origin}/${language}/card/${card.code}`,
  typeAt: `${url.host}/${language}/card`,
  language,
});

const begins = (viewer: Viewer, teller: Teller, { language, about }: Beginning) =>
  withViewer(viewer, (tx) => beginTelling(tx, teller, { language, about, toldBy: null }));

export const actions = {
  default: async (event) => {
    const { viewer, language: asked } = event.locals;
    const wish = parseBeginning(await event.request.formData());
    if (!wish) return fail(400, { problem: 'telling.problem.language' as const, minutes: 0 });
    const language = isLanguage(wish.language) ? wish.language : asked;
    const maker = wish.withSomeone ? cardMakerOf(viewer) : null;
    const teller = tellerOf(viewer);
    if (maker && teller) {
      const { telling, card } = await withViewer(viewer, async (tx) => {
        const toldBy = await bringIn(tx, maker, { called: wish.called || null, language });
        const made = await makeCard(tx, maker, toldBy, language);
        return { telling: await beginTelling(tx, teller, { ...wish, toldBy }), card: made };
      });
      if (!card.ok) throw new Error(`A new teller was refused a card: ${card.reason}.`);
      return { telling, forSomeone: true, card: shown(event, language, card.value) };
    }
    if (teller) redirect(303, `/${asked}/tell/${await begins(viewer, teller, wish)}`);
    const came = await comeAsSomeoneNew(event, language);
    if (!came.ok)
      return fail(429, { problem: 'telling.problem.wait' as const, minutes: Number(came.details.minutes) });
    const newcomer: Viewer = { kind: 'person', id: came.value.person, entrusted: [], sure: false };
    const known = tellerOf(newcomer);
    if (!known) throw new Error('Whoever came in may tell.');
    const telling = await begins(newcomer, known, wish);
    return { telling, forSomeone: false, card: shown(event, language, came.value) };
  },
} satisfies Actions;
