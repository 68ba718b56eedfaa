import { error, fail, redirect } from '@sveltejs/kit';
import { usedOf } from '#modules/publications/telling-back/access.ts';
import { answerUse, showUse } from '#modules/publications/telling-back/commands.server.ts';
import { parseAnswered } from '#modules/publications/telling-back/input.ts';
import { keyOrNothing, typedIn } from '#platform/form.ts';
import { withViewer } from '#platform/db.server.ts';
import type { Viewer } from '#platform/viewer.ts';

const dones = ['agree', 'remark', 'own-words'] as const;

/** What was just answered, as the address says it. */
export const doneIn = (url: URL) => dones.find((each) => each === url.searchParams.get('done')) ?? null;

/** Who answers, in which page. */
interface Here {
  readonly viewer: Viewer;
  readonly locals: App.Locals;
  readonly request: Request;
  /** The address of the page of a piece. */
  readonly to: (piece: string) => string;
  /** Where somebody is led who is out. */
  readonly gone: string;
}

/** Notes that somebody looks now, and leads back to the page. */
export async function look({ viewer, request, to }: Here): Promise<never> {
  const used = usedOf(viewer) ?? error(404, 'not found');
  const piece = keyOrNothing(await request.formData(), 'piece');
  const shown = await withViewer(viewer, (tx) => showUse(tx, used, piece));
  if (!shown.ok) error(404, 'not found');
  redirect(303, to(piece));
}

/** Takes an answer and leads back to the page; who is out is led away from it, for it is no longer there. */
export async function answer({ viewer, locals, request, to, gone }: Here) {
  const used = usedOf(viewer) ?? error(404, 'not found');
  const form = await request.formData();
  const piece = keyOrNothing(form, 'piece');
  const answered = parseAnswered(form);
  if (!answered.ok) return fail(422, { problem: answered.reason, typed: typedIn(form) });
  const taken = await withViewer(viewer, (tx) => answerUse(tx, used, piece, answered.value, locals.language));
  if (!taken.ok) return fail(409, { problem: taken.reason, typed: typedIn(form) });
  if (taken.value.piece === null) redirect(303, gone);
  const page = to(taken.value.piece);
  redirect(303, `${page}${page.includes('?') ? '&' : '?'}done=${answered.value.answer}`);
}
