import { redirect } from '@sveltejs/kit';
import { consentsOf } from '#modules/consent/queries.server.ts';
import { dayOf, now, today } from '#platform/clock.ts';
import { withTelling } from '../telling.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
  withTelling(event, async (tx, { id, slug, standing, openFrom, forSomeone }) => {
    if (standing !== 'released' || openFrom === null) redirect(303, `/${event.locals.language}/tell/${id}`);
    const { lastWords } = await consentsOf(tx, id);
    const read = lastWords.find(({ use }) => use === 'read');
    const audience =
      read?.verdict === 'given' && (!read.untilDay || read.untilDay > today()) ? read.audience : 'circle';
    const opensOn = openFrom <= now() ? null : dayOf(openFrom);
    return { id, slug, forSomeone, audience, opensOn };
  });
