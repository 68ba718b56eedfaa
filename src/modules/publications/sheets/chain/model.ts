import { dayIn } from '#platform/i18n/days.ts';
import type { Day } from '#platform/clock.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import type { SheetBlock } from '#platform/print/sheet.ts';
import type { DatePrecision } from '../../../initiatives/model.ts';
import type { ChainAnswer, ToldChain } from '../../../initiatives/relations/chains/model.ts';
import { agreementOf, dayAsTold, type Relation } from '../../../initiatives/relations/model.ts';
import { heading, laid, text, type Desk, type Laid } from '../model.ts';

function told(say: Speech, day: Day | null, precision: DatePrecision): string | null {
  if (day === null) return null;
  const words = dayAsTold(day, precision, say.language);
  return precision === 'around' ? say('relations.when.around', { day: words }) : words;
}

/** Since and until when a relation stands, as it was told. */
function whenStands(say: Speech, relation: Relation): string {
  const since = told(say, relation.since, relation.sincePrecision);
  const until = told(say, relation.until, relation.untilPrecision);
  if (since === null)
    return until === null ? say('relations.when.not_said') : say('relations.when.until', { until });
  if (until === null) return say('relations.when.since', { since });
  return since === until ? say('relations.when.in', { since }) : say('relations.when.span', { since, until });
}

/** A relation in one sentence, with when and how far those who speak of it agree. */
export function relationTold(
  say: Speech,
  relation: Relation,
  { one, other, along, over }: { one: string; other: string; along: boolean; over: boolean },
): string {
  const says = say(`relations.${along ? 'says' : 'back'}.${relation.type}`, {
    one,
    other,
    past: over ? 'yes' : 'no',
  });
  return `${says} (${whenStands(say, relation)} · ${say(`turns.agreement.${agreementOf(relation)}`)})`;
}

/** A chain as stones to step over. */
export const stepsOf = (say: Speech, chain: ToldChain): SheetBlock => ({
  type: 'steps',
  steps: chain.stones.map((stone, at) => {
    const [step, next] = [chain.steps[at], chain.stones[at + 1]];
    const mark = say(`initiatives.kind.${stone.kind}`);
    if (!step || !next) return { name: stone.name, mark };
    const sides = { one: stone.name, other: next.name, along: step.along, over: false };
    return { name: stone.name, mark, text: relationTold(say, step.relation, sides) };
  }),
});

/** The ways from one to another on paper; null when nobody can say which way was asked, for which there is a page. */
export function chainSheet(desk: Desk, { outcome, from, to, wishes, chains }: ChainAnswer): Laid | null {
  const { say } = desk;
  if (!from.meant || outcome === 'start' || outcome === 'unsure') return null;
  const goal = to.meant?.name ?? say('relations.chain.any_formal');
  const sides = { from: from.meant.name, to: goal };
  const opening = {
    found: say('relations.chain.found', { count: chains.length, ...sides }),
    none: say('relations.chain.none', sides),
    'is-formal': say('relations.chain.is_formal', sides),
    same: say('relations.chain.same'),
    'from-not-then': say('relations.chain.not_then', { name: sides.from }),
    'to-not-then': say('relations.chain.not_then', { name: sides.to }),
  }[outcome];
  return laid(desk, {
    kind: say('relations.chain.title'),
    title: `${sides.from} – ${sides.to}`,
    subtitle: wishes.day === desk.today ? null : dayIn(say.language, wishes.day),
    opening,
    blocks: chains.flatMap((chain, at) => [
      heading(say('relations.chain.one', { number: at + 1, steps: chain.steps.length })),
      ...(chain.disputed ? [text(say('relations.chain.disputed'))] : []),
      stepsOf(say, chain),
    ]),
  });
}
