import {
  beginArticle,
  changeArticle,
  dropArticle,
  moveArticle,
  placeArticle,
} from '#modules/publications/beginning/articles/commands.server.ts';
import { parseArticle, standingIn } from '#modules/publications/beginning/articles/input.ts';
import { changeCover, changePart, endWork } from '#modules/publications/beginning/commands.server.ts';
import { parseCover } from '#modules/publications/beginning/input.ts';
import { takeInvitationBack } from '#modules/publications/inviting/commands.server.ts';
import { parts } from '#modules/publications/model.ts';
import { keyOrNothing } from '#platform/form.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { done, doneByKeeper } from './here.server.ts';
import type { RequestEvent } from './$types';

type Reason = MessageKey extends infer Key
  ? Key extends `publications.desk.refused.${infer R}`
    ? R
    : never
  : never;

/** A refusal as a text of this desk. */
const told = <Value>(answer: Result<Value, Reason>): Result<Value, MessageKey> =>
  answer.ok ? answer : refused(`publications.desk.refused.${answer.reason}` as MessageKey, answer.details);

const articleIn = (form: FormData) => keyOrNothing(form, 'article');

/** What an editor does at the desk of a publication, form by form. */
export const deeds = {
  cover: (event: RequestEvent) =>
    done(event, 'cover', async (tx, { work, editor }, form) => {
      const { cover, problems } = parseCover(form, work.language);
      if (problems.length > 0) return { ...told(refused('cover_wrong')), problems };
      return ok(await changeCover(tx, editor, work.kind, cover));
    }),
  begin: (event: RequestEvent) =>
    done(event, 'articles', async (tx, { work, editor }, form) => {
      const { wish, problems } = parseArticle(form, work);
      if (problems.length > 0) return { ...told(refused('article_wrong')), problems };
      return ok(await beginArticle(tx, editor, wish));
    }),
  head: (event: RequestEvent) =>
    done(event, 'articles', async (tx, { work, editor }, form) => {
      const { wish, problems } = parseArticle(form, work);
      if (problems.length > 0) return { ...told(refused('article_wrong')), problems };
      return ok(await changeArticle(tx, editor, articleIn(form), wish));
    }),
  place: (event: RequestEvent) =>
    done(event, 'articles', async (tx, { editor }, form) =>
      ok(await placeArticle(tx, editor, articleIn(form), form.get('way') === 'up' ? 'up' : 'down')),
    ),
  move: (event: RequestEvent) =>
    done(event, 'articles', async (tx, { editor }, form) => {
      const to = standingIn(form);
      return told(to ? await moveArticle(tx, editor, articleIn(form), to) : refused('not_from_here'));
    }),
  drop: (event: RequestEvent) =>
    done(event, 'articles', async (tx, { editor }, form) =>
      told(await dropArticle(tx, editor, articleIn(form))),
    ),
  part: (event: RequestEvent) =>
    done(event, 'people', async (tx, { editor }, form) => {
      const part = form.has('go') ? null : parts.find((each) => each === form.get('part'));
      return told(
        part === undefined ? ok(null) : await changePart(tx, editor, keyOrNothing(form, 'person'), part),
      );
    }),
  back: (event: RequestEvent) =>
    done(event, 'people', async (tx, { editor }, form) =>
      ok(await takeInvitationBack(tx, editor, keyOrNothing(form, 'invitation'))),
    ),
  end: (event: RequestEvent) =>
    doneByKeeper(event, '', async (tx, { work, keeper }) =>
      ok(await endWork(tx, keeper, work.endedOn === null)),
    ),
};
