import { isKey } from '#platform/ids.ts';
import type { Laid } from '../ballots/model.ts';
import { stonesEach } from '../model.ts';

/** Which issue a button of the stones is for and how many lie there from now on, written `issue:2`; null when it is none. */
export function parseStone(form: FormData): Laid | null {
  const [issue = '', many = ''] = String(form.get('lay') ?? '').split(':');
  const stones = /^\d$/.test(many) ? Number(many) : -1;
  return isKey(issue) && stones >= 0 && stones <= stonesEach ? { issue: issue.toLowerCase(), stones } : null;
}
