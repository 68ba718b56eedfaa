import { randomUUID } from 'node:crypto';
import { isKey } from '#platform/ids.ts';

/** Who does a deed and its key, so that the same one sent twice is done once; without a key it is a deed of its own. */
export function parseDeed(form: FormData): { readonly who: string; readonly deed: string } {
  const [who, deed] = ['who', 'deed'].map((name) => String(form.get(name) ?? '').slice(0, 36));
  return {
    who: who && isKey(who) ? who : '00000000-0000-0000-0000-000000000000',
    deed: deed && isKey(deed) ? deed : randomUUID(),
  };
}
