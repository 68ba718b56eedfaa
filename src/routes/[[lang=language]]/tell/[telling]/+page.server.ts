import { error, fail, redirect } from '@sveltejs/kit';
import { saveParts } from '#modules/stories/telling/commands.server.ts';
import { parseSheet } from '#modules/stories/telling/input.ts';
import { momentsToTell } from '#modules/stories/telling/queries.server.ts';
import { lookForOthers } from '#modules/stories/third-persons/commands.server.ts';
import { mediaHere, tellerHere, withTelling } from './telling.server.ts';
import type { Actions, PageServerLoad } from './$types';

const onward = ['photo', 'voice', 'more'] as const;

export const load: PageServerLoad = (event) =>
  withTelling(event, async (tx, telling) => ({
    telling,
    moments: await momentsToTell(tx, telling.id),
    media: await mediaHere(tx, telling.id),
    saved: event.url.searchParams.has('saved'),
  }));

export const actions = {
  default: async (event) => {
    const teller = tellerHere(event);
    const form = await event.request.formData();
    const { sheet, problems } = parseSheet(form);
    const go = form.get('go');
    const typed = Object.fromEntries(
      [...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    );
    const saved = await withTelling(event, async (tx, { id }) => ({
      done: await saveParts(tx, teller, id, sheet),
      others: go === 'see' ? await lookForOthers(tx, teller, id) : 0,
    }));
    if (!saved.done.ok) {
      if (saved.done.reason === 'telling_unknown') error(404, 'not found');
      return fail(400, { typed, problems: [{ field: 'words-0', reason: saved.done.reason }] });
    }
    if (problems.length > 0) {
      // What was written is saved; only the day that is none is asked again.
      const days = Object.entries(typed).filter(([name]) =>
        problems.some(({ field }) => name.startsWith(field.slice(0, 36))),
      );
      return fail(400, { typed: Object.fromEntries(days), problems });
    }
    const here = `/${event.locals.language}/tell/${event.params.telling}`;
    if (go === 'see') redirect(303, saved.others > 0 ? `${here}/others` : `${here}/see`);
    const next = onward.find((each) => each === go);
    const added = saved.done.value.content.at(-1)?.attrs.id ?? '';
    redirect(303, next ? `${here}/${next}` : `${here}?saved${sheet.add ? `#moment-of-${added}` : ''}`);
  },
} satisfies Actions;
