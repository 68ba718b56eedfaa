import { isLanguage } from '#platform/i18n/languages.ts';
import { keyIn, keysIn, wordsIn } from '#platform/form.ts';
import { isKey } from '#platform/ids.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import { ways, type Way } from '../model.ts';
import type { Draw } from './merging/model.ts';
import { blockKinds, limits, type BlockKind, type Deed, type WritingRefusal } from './model.ts';

const wayOf = (said: unknown): Way | null => ways.find((way) => way === said) ?? null;

/** On which pieces a form says a block rests: `rests-PIECE` holds a way, or nothing. */
function drawsIn(form: FormData): Draw[] {
  const draws: Draw[] = [];
  for (const [name, said] of form) {
    const piece = name.startsWith('rests-') ? name.slice('rests-'.length).toLowerCase() : '';
    const way = wayOf(said);
    if (isKey(piece) && way && !draws.some((draw) => draw.piece === piece && draw.way === way))
      draws.push({ piece, way });
  }
  return draws;
}

const versionIn = (form: FormData): number => {
  const said = wordsIn(form, 'base');
  return /^\d{1,9}$/.test(said) ? Number(said) : 0;
};

/** Reads a deed of a writer from a form: `deed`, the key `op` that the page or device drew for it, and what that deed needs. */
export function parseDeed(form: FormData): Result<Deed, WritingRefusal> {
  const [op, paragraph] = [keyIn(form, 'op'), keyIn(form, 'paragraph')];
  if (op === null || paragraph === null) return refused('writing.refused.form');
  const head = { op, paragraph };
  const deed = wordsIn(form, 'deed');
  if (deed === 'take-out' || deed === 'bring-back') return ok({ ...head, deed });
  if (deed === 'move') return ok({ ...head, deed, after: keyIn(form, 'after') });
  const text = wordsIn(form, 'text', true);
  if (text.length > limits.text && deed !== 'add') return refused('writing.refused.long');
  const wording = { base: versionIn(form), follows: keyIn(form, 'follows'), text, draws: drawsIn(form) };
  if (deed === 'write') return ok({ ...head, deed, ...wording, because: keyIn(form, 'because') });
  if (deed === 'join') return ok({ ...head, deed, ...wording, settles: keysIn(form, 'settles') });
  return deed === 'add' ? parseAdd(form, head, text) : refused('writing.refused.form');
}

function parseAdd(
  form: FormData,
  head: { readonly op: string; readonly paragraph: string },
  text: string,
): Result<Deed, WritingRefusal> {
  const said = wordsIn(form, 'kind');
  const kind: BlockKind | undefined = blockKinds.find((each) => each === said.replace(/[23]$/, ''));
  const language = wordsIn(form, 'language');
  if (!kind || !isLanguage(language)) return refused('writing.refused.form');
  // What is pasted may be a whole article; it becomes several blocks.
  const parts = kind === 'paragraph' ? text.split(/\n\s*\n/) : [text];
  const most = kind === 'heading' ? limits.heading : limits.text;
  if (parts.some((part) => part.length > most)) return refused('writing.refused.long');
  return ok({
    ...head,
    deed: 'add',
    kind,
    level: kind === 'heading' ? (said === 'heading3' ? 3 : 2) : null,
    ...{ language, text, draws: drawsIn(form), after: keyIn(form, 'after') },
    piece: keyIn(form, 'piece'),
    picture: keyIn(form, 'picture'),
  });
}
