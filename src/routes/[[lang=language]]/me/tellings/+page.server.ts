import { error, fail } from '@sveltejs/kit';
import { speakerOf } from '#modules/consent/access.ts';
import { renewOwnCard } from '#modules/people/cards/commands.server.ts';
import { inGroups } from '#modules/people/cards/model.ts';
import { cardOf, renewsOwnCard } from '#modules/people/cards/queries.server.ts';
import { toldByMe } from '#modules/stories/ledger/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const { person } = speakerOf(locals.viewer) ?? error(404, 'not found');
  return withViewer(locals.viewer, async (tx) => ({
    told: (await toldByMe(tx)).map(({ hash: _, ...told }) => told),
    card: (await renewsOwnCard(tx, person)) ? { until: (await cardOf(tx, person))?.until ?? null } : null,
  }));
};

export const actions = {
  /** The one moment at which the code can be seen: it is answered, not led on to another page. */
  card: async ({ locals, url }) => {
    const me = speakerOf(locals.viewer) ?? error(404, 'not found');
    const made = await withViewer(locals.viewer, (tx) => renewOwnCard(tx, me, locals.language));
    if (!made.ok) return fail(400, { problem: 'people.card.problem.not-for-them' as const });
    const { code, until } = made.value;
    const { language } = locals;
    return {
      made: {
        code: inGroups(code),
        until,
        url: `${url.origin}/${language}/card/${code}`,
        typeAt: `${url.host}/${language}/card`,
      },
    };
  },
} satisfies Actions;
