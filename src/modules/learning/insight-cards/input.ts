import { wordsIn } from '#platform/form.ts';
import { faultOf, languageIn, linesIn, signingIn, themesIn } from '../input.ts';
import type { TellProblem } from '../model.ts';
import { insightLimits, knowledgeKinds, type InsightWish } from './model.ts';

/** Reads the form in which an insight is written; what is wrong is told question by question. A kind is always chosen, never guessed. */
export function parseInsight(
  form: FormData,
  reader: string,
): { wish: InsightWish | null; problems: TellProblem[] } {
  const kind = knowledgeKinds.find((known) => known === wordsIn(form, 'kind'));
  const authors = linesIn(form, 'authors', insightLimits.authors);
  const wish = {
    question: wordsIn(form, 'question') || null,
    claim: wordsIn(form, 'claim'),
    grounds: wordsIn(form, 'grounds', true),
    holds: wordsIn(form, 'holds', true),
    against: wordsIn(form, 'against', true),
    language: languageIn(form, reader),
    themes: themesIn(form),
    authors,
    works: linesIn(form, 'works', insightLimits.works),
    ...signingIn(form),
  };
  const problems: TellProblem[] = [
    ...faultOf('kind', kind ?? '', 20),
    ...faultOf('claim', wish.claim, insightLimits.claim),
    ...faultOf('grounds', wish.grounds, insightLimits.text),
    ...faultOf('holds', wish.holds, insightLimits.text, false),
    ...faultOf('against', wish.against, insightLimits.text, false),
    ...authors.flatMap((author) => faultOf('authors', author, insightLimits.author)).slice(0, 1),
  ];
  return { wish: kind ? { ...wish, kind } : null, problems };
}

/** A question that insights speak to, as it is asked on the desk. */
export function parseQuestion(form: FormData, reader: string) {
  const wish = {
    question: wordsIn(form, 'question'),
    language: languageIn(form, reader),
    themes: themesIn(form),
  };
  return { wish, problems: faultOf('question', wish.question, 200) };
}
