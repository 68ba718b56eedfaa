import type { Day } from '#platform/clock.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import { inXml } from '#platform/xml.ts';
import { silence } from '../../answering/model.ts';
import type { ListedAdvice, ReadAdvice } from '../model.ts';

/** An advice in a list, for programs. */
export const listedRecord = (advice: ListedAdvice, today: Day) => ({
  slug: advice.slug,
  title: advice.title,
  language: advice.language,
  client: advice.clientName,
  pool: advice.pool,
  handedOverOn: advice.handedOn,
  state: advice.state,
  sha256: advice.hash,
  silentDays: silence(advice.handedOn, advice.points, today)?.days ?? null,
  changedAt: advice.changedAt.toISOString(),
});

/** An advice, for programs: what was asked, each point with its voices, its dissent and its answers, and how it stood later. */
export const adviceRecord = (advice: ReadAdvice, today: Day) => ({
  licence: 'CC BY 4.0',
  ...listedRecord({ ...advice, points: advice.points.map(({ answers }) => answers) }, today),
  question: advice.question,
  mayChange: advice.mayChange,
  askedOn: advice.askedOn,
  deadline: advice.deadline,
  words: advice.words,
  takenBackOn: advice.takenBackOn,
  experts: advice.experts,
  points: advice.points.map(({ number, language, text, voices, dissent, answers }) => ({
    number,
    language,
    text,
    voices,
    dissent,
    answers,
  })),
  beside: advice.beside,
  judgements: advice.judgements,
  followUps: advice.followUps,
});

/** When the newest of these last changed; the beginning of the house where there is none. */
export const lastChange = (advices: readonly Pick<ListedAdvice, 'changedAt'>[]): Date =>
  new Date(Math.max(Date.UTC(2026, 10, 22), ...advices.map(({ changedAt }) => changedAt.getTime())));

/**
 * The advices as Atom (RFC 4287): an entry each, changed when its answer or what is told of it changes. It tells no days of silence:
 * those pass while nothing changes, so whoever asks what is new would never hear of them.
 */
export function atomAdvice(say: Speech, advices: readonly ListedAdvice[], origin: string): string {
  const self = `${origin}/data/v1/advice.atom?lang=${say.language}`;
  const link = (rel: string, type: string, href: string) =>
    `<link rel="${rel}" type="${type}" href="${inXml(href)}"/>`;
  const entries = advices.map((advice) => {
    const told = say(`consulting.state.${advice.state}`);
    return `  <entry>
    <id>${inXml(`tag:${new URL(origin).hostname},2026:advice:${advice.slug}`)}</id>
    <title xml:lang="${advice.language}">${inXml(advice.title)}</title>
    <updated>${advice.changedAt.toISOString()}</updated>
    ${link('alternate', 'text/html', `${origin}${say.to(`/advice/${advice.slug}`)}`)}
    <content type="text">${inXml(`${say('consulting.asked-by', { client: advice.clientName })} ${told}`)}</content>
  </entry>
`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${say.language}">
  <id>${inXml(self)}</id>
  <title>${inXml(say('consulting.title'))}</title>
  <updated>${lastChange(advices).toISOString()}</updated>
  <author><name>${inXml(say('platform.name'))}</name></author>
  ${link('self', 'application/atom+xml', self)}
  ${link('alternate', 'text/html', `${origin}${say.to('/advice')}`)}
${entries.join('')}</feed>
`;
}
