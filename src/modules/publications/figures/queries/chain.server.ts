import type { Tx } from '#platform/db.server.ts';
import type { Speech } from '#platform/i18n/speech.ts';
import { tell } from '../../../initiatives/relations/chains/model.ts';
import { chainsBetween } from '../../../initiatives/relations/chains/queries.server.ts';
import { apart, dayAsTold, likenessOf, type Relation } from '../../../initiatives/relations/model.ts';
import type { FigureAsk, Seen } from '../model.ts';
import { chainDrawing } from '../views/chain-drawing.ts';

/** The best chain on a day from an entry to another or to the formal system; null when there is none. */
export async function seeChain(
  tx: Tx,
  ask: Extract<FigureAsk, { kind: 'chain' }>,
  say: Speech,
): Promise<Seen | null> {
  const goal = ask.to === null ? ({ formal: true } as const) : { slug: ask.to };
  const { field, chains } = await chainsBetween(tx, ask.on, ask.from, goal, 1);
  const [best] = chains;
  if (!best) return null;
  const { stones, steps } = tell(field, best);
  const told = steps.map((step, at) => ({
    sentence: say(`relations.${step.along ? 'says' : 'back'}.${step.relation.type}`, {
      one: apart(stones[at]?.name ?? ''),
      other: apart(stones[at + 1]?.name ?? ''),
      past: 'no',
    }),
    when: whenOf(step.relation, say),
    confirmed: step.relation.standing === 'confirmed',
  }));
  const [from, to] = [stones[0]?.name ?? '', stones.at(-1)?.name ?? ''];
  const title = say('figures.title.chain', { from: apart(from), to: apart(to) });
  return {
    title,
    alt: say('figures.alt.chain', {
      from: apart(from),
      to: apart(to),
      steps: steps.length,
      told: told.map(({ sentence }) => `${sentence}.`).join(' '),
    }),
    facts: {
      columns: [
        say('figures.column.from'),
        say('figures.column.relation'),
        say('figures.column.when'),
        say('figures.column.agreement'),
      ],
      rows: steps.map((step, at) => [
        stones[at]?.name ?? '',
        told[at]?.sentence ?? '',
        told[at]?.when ?? '',
        say(`figures.standing.${step.relation.standing}`),
      ]),
    },
    drawing: chainDrawing({
      title,
      direction: say.direction,
      stones: stones.map(({ slug, name, kind, ledBy }) => ({
        slug,
        name,
        kind: say(`initiatives.kind.${kind}`),
        likeness: likenessOf(kind),
        refugeeLed: ledBy === 'refugee-led',
      })),
      steps: told,
    }),
  };
}

function whenOf(relation: Relation, say: Speech): string {
  const told = (day: string | null, precision: Relation['sincePrecision']) =>
    day === null ? null : dayAsTold(day, precision, say.language);
  const since = told(relation.since, relation.sincePrecision);
  const until = told(relation.until, relation.untilPrecision);
  if (since === null)
    return until === null ? say('relations.when.not_said') : say('relations.when.until', { until });
  return until === null
    ? say('relations.when.since', { since })
    : say('relations.when.span', { since, until });
}
