import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { asImporter, type Importer } from '#modules/initiatives/bringing/access.ts';
import { dropBringing, mapBringing } from '#modules/initiatives/bringing/commands.server.ts';
import { parseMeaning } from '#modules/initiatives/bringing/input.ts';
import { alikeAmong } from '#modules/initiatives/bringing/likeness/queries.server.ts';
import { mappingProblems } from '#modules/initiatives/bringing/model.ts';
import { askedOf, prepareFile } from '#modules/initiatives/bringing/preparing/queries.server.ts';
import {
  bringingOf,
  fileOf,
  sourcesKnown,
  type Bringing,
} from '#modules/initiatives/bringing/queries.server.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { speakDesk } from '../../ways.ts';
import type { Actions, PageServerLoad } from './$types';

type Event = Pick<RequestEvent, 'locals' | 'params'>;

/** The file at this door, for who may bring in; a page that is not there for everyone else. */
async function here(tx: Tx, { params }: Event): Promise<Bringing> {
  return (await bringingOf(tx, params.id ?? '')) ?? error(404, 'not found');
}
const importer = ({ locals }: Event): Importer => asImporter(locals.viewer) ?? error(404, 'not found');

export const load: PageServerLoad = (event) => {
  const who = importer(event);
  speakDesk(event.locals.language, event.url);
  return withViewer(who, async (tx) => {
    const bringing = await here(tx, event);
    const bytes = bringing.mine && bringing.standing === 'mapping' ? await fileOf(tx, bringing.id) : null;
    const asked = bytes && (await askedOf(tx, bringing, bytes));
    return { bringing, asked, sources: asked ? await sourcesKnown(tx) : [] };
  });
};

export const actions: Actions = {
  map: async (event) => {
    const who = importer(event);
    const form = await event.request.formData();
    const next = await withViewer(who, async (tx) => {
      const bringing = await here(tx, event);
      const bytes = (await fileOf(tx, bringing.id)) ?? error(404, 'not found');
      const asked = await askedOf(tx, bringing, bytes);
      const isTable = 'columns' in asked && asked.columns.length > 0;
      const columns = isTable ? asked.columns.map(({ name }) => name) : [];
      const meant = parseMeaning(form, columns);
      const otherSheet = isTable && (meant.sheet ?? asked.about.sheet) !== asked.about.sheet;
      const problems = [
        ...(meant.source === '' ? [{ reason: 'source_needed' as const, field: '' as const }] : []),
        ...(isTable ? mappingProblems(meant.mapping) : []),
      ];
      const ready = problems.length === 0 && !otherSheet;
      const meaning = { ...meant, language: bringing.language };
      const prepared = ready ? await prepareFile(tx, bytes, meaning) : null;
      const good = prepared?.ok && prepared.prepared.problems.length === 0 ? prepared.prepared : null;
      const kept = await mapBringing(
        tx,
        who,
        bringing.id,
        otherSheet ? { ...meant, mapping: {} } : meant,
        good ? await alikeAmong(tx, good.rows) : {},
      );
      if (!kept.ok) error(404, 'not found');
      return otherSheet ? 'again' : ready ? 'look' : problems;
    });
    if (typeof next === 'object') return fail(400, { problems: next });
    redirect(303, next === 'look' ? `${event.url.pathname}/look` : event.url.pathname);
  },
  drop: async (event) => {
    const who = importer(event);
    await withViewer(who, (tx) => dropBringing(tx, who, event.params.id ?? ''));
    redirect(303, `/${event.locals.language}/desk/import`);
  },
};
