import { error, fail, redirect } from '@sveltejs/kit';
import { say } from '#modules/consent/commands.server.ts';
import { parseSayings } from '#modules/consent/input.ts';
import { nameForms } from '#modules/consent/model.ts';
import { consentsOf } from '#modules/consent/queries.server.ts';
import { settleTelling } from '#modules/stories/opening/jobs.server.ts';
import { release } from '#modules/stories/telling/commands.server.ts';
import { asItAppears, type TellingToWrite } from '#modules/stories/telling/model.ts';
import { daysHere, newestVersion, seal } from '#modules/stories/telling/queries.server.ts';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { tellerHere, withTelling } from '../telling.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** The version that was seen as it will appear and is still what the draft says; null when it has to be looked at first. */
async function seenVersion(tx: Tx, telling: TellingToWrite) {
  const newest = await newestVersion(tx, telling.id);
  return newest?.hash.equals(seal(telling.title, asItAppears(telling.doc))) ? newest : null;
}

export const load: PageServerLoad = (event) =>
  withTelling(event, async (tx, telling) => {
    const version = await seenVersion(tx, telling);
    if (!version) redirect(303, `/${event.locals.language}/tell/${telling.id}/see`);
    const { lastWords } = await consentsOf(tx, telling.id);
    const { names } = telling;
    const kinds = version.doc.content.map(({ type }) => type);
    return {
      telling: { id: telling.id, forSomeone: telling.forSomeone, standing: telling.standing },
      seen: version.hash.toString('hex'),
      said: lastWords.map(({ seenHash: _, ...said }) => said),
      names: nameForms.filter((form) => form === 'none' || names[form] !== null),
      has: { image: kinds.includes('image'), voice: kinds.includes('voice') },
      days: telling.openFrom && telling.openFrom <= new Date() ? 0 : daysHere(),
    };
  });

export const actions = {
  default: async (event) => {
    const teller = tellerHere(event);
    const form = await event.request.formData();
    const { sayings, problems } = parseSayings(form, today());
    const here = `/${event.locals.language}/tell/${event.params.telling}`;
    const done = await withTelling(event, async (tx, telling) => {
      const version = await seenVersion(tx, telling);
      if (version?.hash.toString('hex') !== form.get('seen')) return 'not_seen' as const;
      if (problems.length > 0) return 'problems' as const;
      if (telling.forSomeone && form.get('their-word') !== 'yes') return 'their_word' as const;
      await release(tx, teller, telling.id, daysHere());
      const said = { item: telling.id, sayings, seenHash: version.hash, shownIn: event.locals.language };
      const spoken = await say(tx, teller, { ...said, how: telling.forSomeone ? 'word' : 'screen' });
      if (!spoken.ok) error(404, 'not found');
      await settleTelling(tx, telling.id);
      return 'released' as const;
    });
    if (done === 'not_seen') redirect(303, `${here}/see?changed`);
    if (done !== 'released') return fail(400, { sayings, problems, theirWord: done === 'their_word' });
    redirect(303, `${here}/released`);
  },
} satisfies Actions;
