import * as v from 'valibot';
import { ok, refused, type Result } from '#platform/result.ts';
import { storyKinds } from '../../model.ts';

const row = v.object({
  slug: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{1,79}$/)),
  kind: v.picklist(storyKinds),
  language: v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/)),
  title: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  opening: v.pipe(v.string(), v.minLength(1), v.maxLength(5_000)),
  link: v.pipe(v.string(), v.regex(/^https?:\/\/[^\s"<>\\]{3,1900}$/)),
  initiatives: v.array(v.string()),
  sources: v.pipe(v.array(v.string()), v.minLength(1)),
});

/** A story that is told elsewhere: described here in our own words, and linked. */
export type StoryElsewhere = v.InferOutput<typeof row>;

/** Reads `stories.json` of a field; the reason names the first row that cannot be taken and what is wrong there. */
export function parseElsewhere(text: string): Result<StoryElsewhere[]> {
  try {
    const read = v.safeParse(v.array(row), JSON.parse(text));
    if (read.success) return ok(read.output);
    const [issue] = read.issues;
    return refused(`${v.getDotPath(issue) ?? ''}: ${issue.message}`);
  } catch {
    return refused('no JSON');
  }
}
