import { parseWords } from '../reflecting/input.ts';
import { selfViewLimits as most, type Need, type SelfView } from './model.ts';

const short = (words: string, length: number) => [...words].slice(0, length).join('').trim();

/** What keepers typed about their initiative; a need at which nothing at all was typed is none. */
export function parseSelfView(form: FormData): SelfView {
  const needs = Array.from({ length: most.needs }, (_, at): Need => {
    const slug = String(form.get(`of-${at}`) ?? '');
    return {
      slug: /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) ? slug.slice(0, 100) : null,
      whom: short(parseWords(form, `whom-${at}`).replace(/\s+/g, ' '), most.whom),
      what: short(parseWords(form, `what-${at}`), most.what),
    };
  });
  return {
    brings: short(parseWords(form, 'brings'), most.words),
    loses: short(parseWords(form, 'loses'), most.words),
    needs: needs.filter(({ slug, whom, what }) => slug !== null || whom !== '' || what !== ''),
  };
}
