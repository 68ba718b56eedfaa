import type { Persona, State } from './personas.ts';

export const ways = ['read', 'add', 'change', 'remove'] as const;
export type Way = (typeof ways)[number];

const isOperator = (persona: Persona) => persona.viewer.kind === 'operator';
const isSomeone = (persona: Persona) => persona.viewer.kind !== 'visitor';

/** Who keeps an entry, in the words of trust.md: a member, or who came by a link that was mailed to it. */
export function keeps(persona: Persona, state: State): boolean {
  if (state === 'own') return persona.keepsOwn;
  return state === 'far' && /^(member of|link to) far$/.test(persona.name);
}

/** Who watches over it: a verifier or editor of where it is, and never of one's own. */
export function watches(persona: Persona, state: State): boolean {
  if (state === 'absent' || keeps(persona, state) || !isSomeone(persona)) return false;
  if (persona.watches === 'all') return true;
  return state === 'far' ? persona.watches === 'far' : persona.watches === 'near';
}

export function changes(persona: Persona, state: State): boolean {
  return state !== 'absent' && (isOperator(persona) || keeps(persona, state) || watches(persona, state));
}

/** Who may know at all that it is there. */
export function sees(persona: Persona, state: State): boolean {
  if (state === 'absent' || !isSomeone(persona)) return false;
  if (changes(persona, state)) return true;
  if (state === 'network') return persona.network;
  if (state === 'table') return persona.table;
  return state === 'own' || state === 'other' || state === 'far';
}

type Rule = Readonly<Record<Way, (persona: Persona, state: State) => boolean>>;
const operatorOnly = (persona: Persona, state: State) => isOperator(persona) && state !== 'absent';

/** What an entry consists of: who sees the entry reads it, who may change the entry writes it. */
export const partOfAnEntry: Rule = { read: sees, add: changes, change: changes, remove: changes };
/** Where it is exactly: only for who may change it. */
export const exactPlace: Rule = { read: changes, add: changes, change: changes, remove: changes };
/** Only the house and the operator. */
export const ofTheHouse: Rule = {
  read: operatorOnly,
  add: operatorOnly,
  change: operatorOnly,
  remove: operatorOnly,
};

export interface Wall {
  readonly rule: Rule;
  /** Adds a row about the entry $1; the same words are tried as each persona. */
  readonly add: string;
  /** How a row about the entry $1 is changed, where not every change is one that anybody may make. */
  readonly change?: string;
  /** Which rows speak of the entry $1, when it is not told by initiative_id. */
  readonly about?: string;
}

// A relation goes out from the entry, to one that everyone may see and nobody but its own keepers may change.
const otherSide = (state: State): State => (state === 'far' ? 'other' : 'far');
const writesRelation = (persona: Persona, state: State) =>
  sees(persona, state) && (changes(persona, state) || changes(persona, otherSide(state)));
const eitherSide: Rule = {
  read: (persona, state) => sees(persona, state) && sees(persona, otherSide(state)),
  add: writesRelation,
  change: writesRelation,
  remove: writesRelation,
};
const speaksForIt = (persona: Persona, state: State) =>
  sees(persona, state) && (changes(persona, state) || watches(persona, otherSide(state)));
const ofRelation = `relation_id in (select id from core.relation where from_id = $1::uuid)`;

const someone = `(select id from core.person order by id limit 1)`;

const breaksGlass = (persona: Persona) => /^(admin|privacy officer)$/.test(persona.name);

/** Every table that speaks of an entry, and the rule it follows. A table that is missing here fails the matrix. */
export const walls: Readonly<Record<string, Wall>> = {
  'core.initiative': {
    about: 'id = $1::uuid',
    rule: { read: sees, add: operatorOnly, change: changes, remove: operatorOnly },
    add: `insert into core.initiative (slug, origin) select slug || '-again', 'own' from core.initiative where id = $1::uuid`,
  },
  'core.initiative_name': {
    rule: partOfAnEntry,
    add: `insert into core.initiative_name values ($1, 'Een naam ' || random())`,
  },
  'core.initiative_text': {
    rule: partOfAnEntry,
    add: `insert into core.initiative_text values ($1, 'so', 'Qoraal', 'own', false)`,
  },
  'core.life_event': {
    rule: partOfAnEntry,
    add: `insert into core.life_event (fact, initiative_id, key, kind, precision, said_by) values (uuidv7(), $1, 'k' || random(), 'grew', 'unknown', 'own')`,
  },
  'core.life_event_text': {
    rule: partOfAnEntry,
    add: `insert into core.life_event_text values (uuidv7(), $1, 'so', 'Qoraal', 'own')`,
  },
  'core.initiative_period': {
    rule: partOfAnEntry,
    add: `insert into core.initiative_period (initiative_id, valid, state, start_known, name, kind, led_by) values ($1, '[1990-01-01,1990-02-01)', 'active', true, 'Naam', 'initiative', 'for')`,
  },
  'core.initiative_period_before': {
    rule: partOfAnEntry,
    add: `insert into core.initiative_period_before (initiative_id, valid, state, start_known, name, kind, led_by, recorded) values ($1, '[1990-01-01,1990-02-01)', 'active', true, 'Naam', 'initiative', 'for', tstzrange(now() - interval '2 years', now() - interval '1 year'))`,
  },
  'core.existence': {
    rule: partOfAnEntry,
    add: `insert into core.existence values ($1, '[1990-01-01,1990-02-01)')`,
  },
  'core.entry_field': {
    rule: partOfAnEntry,
    add: `insert into core.entry_field values ($1, 'scope', 'table', 'safety')`,
  },
  'vault.initiative_place': {
    rule: exactPlace,
    add: `insert into vault.initiative_place (initiative_id, valid, precision) values ($1, '[1990-01-01,1990-02-01)', 'hidden')`,
  },
  'vault.likeness_mark': {
    rule: exactPlace,
    add: `insert into vault.likeness_mark values ($1, '{1}')`,
  },
  'core.outside_key': {
    rule: { read: changes, add: operatorOnly, change: operatorOnly, remove: operatorOnly },
    add: `insert into core.outside_key (source, key, initiative_id, mark) values ('a list', 'k' || random(), $1, 'mark')`,
  },
  'core.proposal': {
    rule: {
      read: changes,
      add: (persona, state) =>
        operatorOnly(persona, state) || (persona.viewer.id !== null && sees(persona, state)),
      // A row that the house brought is decided by who watches.
      change: (persona, state) => operatorOnly(persona, state) || watches(persona, state),
      remove: operatorOnly,
    },
    change: `update core.proposal set standing = 'declined', decided_by = core.viewer_person(), decided_at = now(), decided_why = 'looked' where initiative_id = $1`,
    add: `insert into core.proposal (initiative_id, kind, words, said_by, brought_by) values ($1, 'change', '{}', 'own', core.viewer())`,
  },
  'core.entry_change': {
    // What was said stays said: nobody changes or removes it, not even the operator.
    rule: {
      read: changes,
      add: (persona, state) => changes(persona, state),
      change: () => false,
      remove: () => false,
    },
    add: `insert into core.entry_change (initiative_id, field, said_by, told_by) values ($1, 'mail', 'own', core.viewer())`,
  },
  'vault.proposed_place': {
    rule: exactPlace,
    add: `insert into vault.proposed_place (proposal_id, initiative_id, lat, lon, precision)
      select p.id, $1::uuid, 52, 5, 'town' from core.proposal p where p.initiative_id = $1::uuid limit 1`,
  },
  'core.place_look': {
    rule: {
      read: (persona, state) => operatorOnly(persona, state) || keeps(persona, state),
      add: (persona, state) =>
        state !== 'absent' && (isOperator(persona) || persona.viewer.kind === 'person'),
      change: operatorOnly,
      remove: operatorOnly,
    },
    add: `insert into core.place_look (initiative_id, person_id, purpose) values ($1, coalesce(core.viewer_person(), ${someone}), 'verify')`,
  },
  'core.relation': {
    rule: eitherSide,
    about: 'from_id = $1::uuid',
    add: `insert into core.relation (key, from_id, type, to_id, since_precision, until_precision, valid, recorded)
      select 'k' || random(), $1::uuid, 'advises', id, 'unknown', 'unknown', daterange(null, null), tstzrange(now() - interval '2 days', now() - interval '1 day')
      from core.initiative where slug = (case when $1::uuid = (select id from core.initiative where slug = 'entry-far') then 'entry-other' else 'entry-far' end)`,
  },
  'core.relation_voice': {
    // A side speaks for itself alone: the keeper of the other side adds its own voice, and leaves this one as it is.
    rule: { ...eitherSide, change: speaksForIt, remove: speaksForIt },
    about: ofRelation,
    add: `insert into core.relation_voice (relation_id, who, stance) select id, case when core.keeps(to_id) then 'to' else 'from' end, 'confirms' from core.relation where from_id = $1::uuid limit 1`,
  },
  'core.relation_voice_before': {
    rule: { read: writesRelation, add: () => false, change: () => false, remove: () => false },
    about: ofRelation,
    add: `insert into core.relation_voice_before (relation_id, who, stance, said_on) select id, 'from', 'asserts', current_date from core.relation where from_id = $1::uuid limit 1`,
  },
  'core.relation_text': {
    rule: eitherSide,
    about: ofRelation,
    add: `insert into core.relation_text (relation_id, language, text, origin) select id, 'so', 'Qoraal', 'own' from core.relation where from_id = $1::uuid limit 1`,
  },
  'core.open_mark': {
    rule: ofTheHouse,
    add: `insert into core.open_mark (initiative_id, mark, changed_at) values ($1, 'x', now())`,
  },
  'core.glass': {
    rule: {
      read: (persona, state) =>
        operatorOnly(persona, state) ||
        (state !== 'absent' &&
          (breaksGlass(persona) || (persona.viewer.kind === 'person' && keeps(persona, state)))),
      // Asking says nothing of whether the entry is there.
      add: (persona, state) => operatorOnly(persona, state) || breaksGlass(persona),
      change: (persona, state) =>
        operatorOnly(persona, state) || (state !== 'absent' && breaksGlass(persona)),
      remove: () => false,
    },
    change: `update core.glass set agreed_by = core.viewer_person(), agreed_at = case when core.viewer_person() is not null then now() end, open_until = case when core.viewer_person() is not null then now() + interval '1 hour' end where initiative_id = $1`,
    add: `insert into core.glass (initiative_id, asked_by, reason, hours) select id, coalesce(core.viewer_person(), ${someone}), 'a reason that is long enough', 1 from core.initiative where id = $1::uuid union all select $1::uuid, core.viewer_person(), 'a reason that is long enough', 1 where core.viewer_person() is not null and not exists (select from core.initiative where id = $1::uuid)`,
  },
  'vault.entry_link': {
    rule: {
      ...ofTheHouse,
      read: (persona, state) => operatorOnly(persona, state) || ownLink(persona, state),
      change: (persona, state) => operatorOnly(persona, state) || ownLink(persona, state),
    },
    add: `insert into vault.entry_link (initiative_id, purpose, token_hash, sent_to, language, until) values ($1, 'keep', sha256(random()::text::bytea), 'post@example.org', 'nl', now() + interval '1 day')`,
  },
  'core.asking': {
    rule: {
      read: changes,
      add: (persona, state) => operatorOnly(persona, state) || watches(persona, state),
      change: (persona, state) => operatorOnly(persona, state) || keeps(persona, state),
      remove: operatorOnly,
    },
    add: `insert into core.asking (initiative_id, home, language, standing, asked_by) values ($1, 'https://steppingstones.example', 'nl', 'waiting', core.viewer_person())`,
  },
  'core.asking_wish': {
    rule: exactPlace,
    add: `insert into core.asking_wish (initiative_id, wish) values ($1, 'less')`,
  },
  'core.checking': {
    rule: { ...ofTheHouse, read: looksAfter, add: looksAfter },
    add: `insert into core.checking (initiative_id, checked_by, channel, day, found) values ($1, core.viewer_person(), 'call', core.today(), 'right')`,
  },
  'core.proposal_told': {
    rule: ofTheHouse,
    about: `proposal_id in (select id from core.proposal where initiative_id = $1::uuid)`,
    add: `insert into core.proposal_told (proposal_id) select id from core.proposal where initiative_id = $1 limit 1`,
  },
  'core.assignment': {
    rule: { read: looksAfter, add: looksAfter, change: looksAfter, remove: looksAfter },
    change: `update core.assignment set given_by = core.viewer_person(), person_id = coalesce(core.viewer_person(), person_id) where initiative_id = $1`,
    add: `insert into core.assignment (matter, subject, initiative_id, person_id, given_by) values ('silent', uuidv7(), $1, coalesce(core.viewer_person(), ${someone}), core.viewer_person())`,
  },
};

/** Who watches over the entry, and the operator. */
function looksAfter(persona: Persona, state: State): boolean {
  return operatorOnly(persona, state) || watches(persona, state);
}

/** Who came by a link sees that link itself, also when it was ended. */
function ownLink(persona: Persona, state: State): boolean {
  if (persona.viewer.kind !== 'link' || persona.viewer.id === null) return false;
  return state === (persona.name === 'link to far' ? 'far' : 'own');
}

export { triedElsewhere } from './tried-elsewhere.ts';
