import {
  layPiece,
  putRendering,
  takeBesideAway,
  takePieceOut,
} from '#modules/publications/laying/commands.server.ts';
import { parseBeside, parseLay } from '#modules/publications/laying/input.ts';
import {
  choicesOfTheHouse,
  piecesIn,
  quotableTelling,
  quotableTellings,
} from '#modules/publications/laying/queries.server.ts';
import { keyOrNothing, wordsIn } from '#platform/form.ts';
import { withViewer } from '#platform/db.server.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { done, workHere } from '../here.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, url }) =>
  withViewer(locals.viewer, async (tx) => {
    const { work, layer } = await workHere(tx, { locals, params });
    const asked = (url.searchParams.get('q') ?? '').replaceAll('\0', '').trim().slice(0, 80);
    const wanted = url.searchParams.get('telling') ?? '';
    const open = layer !== null;
    const telling =
      open && /^[a-z0-9]{1,20}$/.test(wanted) ? await quotableTelling(tx, work.id, wanted) : null;
    return {
      work,
      open,
      asked,
      telling,
      missed: wanted !== '' && telling === null,
      found: open && !telling ? await quotableTellings(tx, work.id, asked) : [],
      house: await choicesOfTheHouse(tx, locals.language),
      pieces: await piecesIn(tx, work.id, locals.language),
      done: url.searchParams.has('done'),
    };
  });

/** A refusal as a text that exists in every language. */
const told = <Value>(
  answer: Result<
    Value,
    Extract<MessageKey, `together.refused.${string}`> extends `together.refused.${infer R}` ? R : never
  >,
): Result<Value, MessageKey> =>
  answer.ok ? answer : refused(`together.refused.${answer.reason}`, answer.details);

export const actions = {
  lay: (event) =>
    done(event, async (tx, { layer }, form) => {
      const wish = parseLay(form);
      return told(wish ? await layPiece(tx, layer, wish) : refused('nothing_chosen'));
    }),
  out: (event) =>
    done(event, async (tx, { layer }, form) =>
      told(await takePieceOut(tx, layer, keyOrNothing(form, 'piece'))),
    ),
  beside: (event) =>
    done(event, async (tx, { layer }, form) => {
      const wish = parseBeside(form);
      return told(wish.ok ? await putRendering(tx, layer, wish.value) : wish);
    }),
  away: (event) =>
    done(event, async (tx, { layer }, form) =>
      ok(await takeBesideAway(tx, layer, keyOrNothing(form, 'piece'), wordsIn(form, 'language'))),
    ),
} satisfies Actions;
