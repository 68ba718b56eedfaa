import { ok, refused, type Result } from '#platform/result.ts';
import { minutesLimits, sectionNames, type SectionName } from './model.ts';

export type RemarkRefusal = 'remark-empty' | 'remark-long' | 'remark-section';

/** What someone would have otherwise, as a form of the room says it. */
export function parseRemark(
  form: FormData,
): Result<{ readonly section: SectionName; readonly text: string }, RemarkRefusal> {
  const section = sectionNames.find((name) => name === wordsIn(form, 'section'));
  const text = wordsIn(form, 'text');
  if (!section) return refused('remark-section');
  if (text === '') return refused('remark-empty');
  if (text.length > minutesLimits.remark) return refused('remark-long');
  return ok({ section, text });
}

/** What the facilitator answers to a remark; an answer without words is none. */
export function parseAnswer(
  form: FormData,
): Result<
  { readonly remark: string; readonly standing: 'taken' | 'beside'; readonly answer: string | null },
  'answer-long' | 'answer-which'
> {
  const remark = wordsIn(form, 'remark');
  const standing = (['taken', 'beside'] as const).find((each) => each === wordsIn(form, 'standing'));
  const answer = wordsIn(form, 'answer');
  if (!standing || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(remark))
    return refused('answer-which');
  if (answer.length > minutesLimits.answer) return refused('answer-long');
  return ok({ remark, standing, answer: answer === '' ? null : answer });
}

/** What the facilitator writes with a part of the minutes; nothing takes it away. */
export function parseSectionWords(
  form: FormData,
): Result<{ readonly section: SectionName; readonly text: string }, 'words-long' | 'remark-section'> {
  const section = sectionNames.find((name) => name === wordsIn(form, 'section'));
  const text = wordsIn(form, 'words');
  if (!section) return refused('remark-section');
  if (text.length > minutesLimits.words) return refused('words-long');
  return ok({ section, text });
}

/** Words as they may be kept: without control signs, in one form of Unicode. */
function wordsIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string'
    ? value
        .toWellFormed()
        .normalize('NFC')
        .replace(/\r\n?/g, '\n')
        .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
        .trim()
    : '';
}
