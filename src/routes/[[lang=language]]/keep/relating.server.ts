import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import {
  answerRelation,
  endRelation,
  sayRelation,
  takeBackVoice,
} from '#modules/initiatives/relations/saying/commands.server.ts';
import {
  parseAnswer,
  parseEnd,
  parseRelation,
  typedIn,
} from '#modules/initiatives/relations/saying/input.ts';
import type { SayingBack } from '#modules/initiatives/relations/saying/model.ts';
import { relatePage } from '#modules/initiatives/relations/saying/queries.server.ts';
import { today } from '#platform/clock.ts';
import { isKey } from '#platform/ids.ts';
import { withViewer, type Tx } from '#platform/db.server.ts';
import type { Result } from '#platform/result.ts';
import type { Comes } from './keeping.server.ts';

const dones = ['said', 'joined', 'confirmed', 'differs', 'ended', 'taken-back'] as const;

/** The relations of an entry; one that is not theirs to speak for is one that is not there. */
export async function relateLoad({ viewer, id }: Comes, { url }: Pick<RequestEvent, 'url'>) {
  const page = await withViewer(viewer, (tx) => relatePage(tx, id));
  if (!page) error(404, 'not found');
  const done = dones.find((one) => url.searchParams.has(one)) ?? null;
  return { page, done, today: today(), tell: url.pathname.replace(/relate$/, 'tell') };
}

/** The deeds of both doors; `comes` says who is asking about which entry, or ends the request. */
export function relateActions<Event extends RequestEvent>(comes: (event: Event) => Promise<Comes>) {
  const back = (typed: SayingBack['typed'], about: string | null, more: Partial<SayingBack>) =>
    fail(400, { typed, about, problems: [], found: [], ...more } satisfies SayingBack);
  /** A deed about one relation that is told already. */
  const about =
    <Asked>(
      done: (typeof dones)[number],
      parse: (typed: SayingBack['typed']) => { asked: Asked | null; problems: SayingBack['problems'] },
      work: (tx: Tx, entry: string, relation: string, asked: Asked) => Promise<Result<unknown>>,
    ) =>
    async (event: Event) => {
      const typed = typedIn(await event.request.formData());
      const { viewer, id } = await comes(event);
      const { relation = '' } = typed;
      if (!isKey(relation)) error(404, 'not found');
      const { asked, problems } = parse(typed);
      if (asked === null) return back(typed, relation, { problems });
      const answer = await withViewer(viewer, (tx) => work(tx, id, relation, asked));
      if (answer.ok) redirect(303, `${event.url.pathname}?${done}`);
      if (answer.reason === 'not_yours') error(404, 'not found');
      const field = done === 'ended' ? 'until-year' : 'words';
      return back(typed, relation, { problems: [{ field, reason: answer.reason }] });
    };
  return {
    say: async (event: Event) => {
      const typed = typedIn(await event.request.formData());
      const { viewer, id } = await comes(event);
      const { asked, problems } = parseRelation(typed);
      if (!asked) return back(typed, null, { problems });
      const said = await withViewer(viewer, (tx) => sayRelation(tx, id, asked, event.url.origin));
      if (!said.ok) error(404, 'not found');
      if (said.value.came !== 'back') redirect(303, `${event.url.pathname}?${said.value.came}`);
      const { problem, found } = said.value;
      return back(typed, null, { problems: problem ? [problem] : [], found });
    },
    confirm: about('confirmed', parseAnswer, (tx, entry, relation, { words }) =>
      answerRelation(tx, entry, relation, { stance: 'confirms', words }),
    ),
    differ: about('differs', parseAnswer, (tx, entry, relation, { words }) =>
      answerRelation(tx, entry, relation, { stance: 'disputes', words }),
    ),
    end: about('ended', parseEnd, endRelation),
    takeBack: about('taken-back', () => ({ asked: true, problems: [] }), takeBackVoice),
  };
}
