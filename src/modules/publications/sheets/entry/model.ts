import type { Speech } from '#platform/i18n/speech.ts';
import type { SheetBlock, Words } from '#platform/print/sheet.ts';
import type { Entry, EntryEvent, EntryPeriod } from '../../../initiatives/entry/model.ts';
import { formalKinds } from '../../../initiatives/model.ts';
import type { ToldChain } from '../../../initiatives/relations/chains/model.ts';
import type { ToldRelation } from '../../../initiatives/relations/model.ts';
import { relationTold, stepsOf } from '../chain/model.ts';
import { tongueName } from '../../../languages/naming/model.ts';
import { heading, laid, listed, named, text, whenTold, wordsIn, type Desk, type Laid } from '../model.ts';

/** How many relations and turns stand on a sheet; its page has them all. */
const most = { relations: 30, turns: 30 };

function factsOf(say: Speech, entry: Entry, period: EntryPeriod): SheetBlock {
  const scope = period.scope ? say(`initiatives.scope.${period.scope}`) : '';
  const place = say(`initiatives.entry.place.${period.precision}`, {
    town: period.town ?? period.province ?? '',
    province: period.province ?? '',
    scope,
  });
  const provinceToo = period.town && period.province ? [period.province] : [];
  const scopeToo = scope !== '' && period.precision !== 'not-said' ? [scope] : [];
  const facts: (readonly [string, Words] | null)[] = [
    [say('initiatives.entry.where'), [place, ...provinceToo, ...scopeToo].join(' · ')],
    period.audiences.length > 0
      ? [
          say('initiatives.entry.for'),
          listed(
            say,
            period.audiences.map(({ word }) => word),
          ),
        ]
      : null,
    period.themes.length > 0
      ? [
          say('initiatives.entry.themes'),
          listed(
            say,
            period.themes.map((theme) => say(`initiatives.theme.${theme}`)),
          ),
        ]
      : null,
    [
      say('initiatives.entry.languages'),
      period.languages.length > 0
        ? listed(
            say,
            period.languages.map((language) => tongueName(language, say.language)),
          )
        : say('initiatives.entry.languages.not-said'),
    ],
    [say('initiatives.entry.leads'), say(`initiatives.ledBy.${period.ledBy}`)],
    entry.website === null ? null : [say('keeping.part.website'), entry.website],
    entry.mail === null ? null : [say('keeping.entry.mail'), entry.mail],
    entry.phone === null ? null : [say('keeping.entry.phone'), entry.phone],
  ];
  return {
    type: 'facts',
    facts: facts.flatMap((fact) => (fact ? [{ label: fact[0], value: fact[1] }] : [])),
  };
}

const turnsOf = (say: Speech, events: readonly EntryEvent[]): SheetBlock => ({
  type: 'steps',
  steps: events.map(({ kind, day, precision, text: told }) => ({
    name: say(`initiatives.event.${kind}`),
    mark: whenTold(say, day, precision),
    ...(told === null ? {} : { text: wordsIn(say, told.words, told.language) }),
  })),
});

function relationsOf({ say }: Desk, entry: Entry, relations: readonly ToldRelation[]): SheetBlock[] {
  if (relations.length === 0) return [text(say('initiatives.entry.relations.none'))];
  const items = relations
    .slice(0, most.relations)
    .map(({ relation, other, along, over }) =>
      relationTold(say, relation, { one: entry.name, other: other.name, along, over }),
    );
  const left = relations.length - items.length;
  return [
    { type: 'list', ordered: false, items },
    ...(left > 0 ? [text(say('sheets.more', { count: left }))] : []),
  ];
}

/** An initiative on paper as anyone may know it: what it is, whom it is connected to, its way to the formal system, its life. */
export function entrySheet(
  desk: Desk,
  { entry, relations, chain }: { entry: Entry; relations: readonly ToldRelation[]; chain: ToldChain | null },
): Laid {
  const { say, today } = desk;
  const period =
    entry.periods.find(
      ({ from, until }) => (from === null || from <= today) && (until === null || until > today),
    ) ?? entry.periods.at(-1);
  const summary = entry.text;
  const about: SheetBlock[] = period
    ? [
        ...(summary?.origin === 'rendering' ? [text(say('initiatives.entry.text.rendering'))] : []),
        factsOf(say, entry, period),
      ]
    : [];
  const toOffice =
    period && !formalKinds.includes(period.kind)
      ? [
          heading(say('initiatives.entry.chain')),
          chain ? stepsOf(say, chain) : text(say('initiatives.entry.chain.none')),
        ]
      : [];
  const life =
    entry.events.length > 0
      ? [heading(say('initiatives.entry.history')), turnsOf(say, entry.events.slice(-most.turns))]
      : [];
  const state = period && period.state !== 'active' ? ` · ${say(`initiatives.state.${period.state}`)}` : '';
  return laid(desk, {
    kind: period ? `${say(`initiatives.kind.${period.kind}`)}${state}` : say('sheets.entry'),
    title: named(entry.name),
    opening: summary ? wordsIn(say, summary.words, summary.language) : null,
    blocks: [
      ...about,
      heading(say('initiatives.entry.relations')),
      ...relationsOf(desk, entry, relations),
      ...toOffice,
      ...life,
    ],
    foot: [say(`initiatives.origin.${entry.origin}`)],
  });
}
