/** Under which heading a reader finds what is kept. */
export const groups = [
  'entry',
  'texts',
  'events',
  'place',
  'kept',
  'relations',
  'people',
  'said',
  'looked',
  'brought',
  'shapes',
] as const;
export type Group = (typeof groups)[number];

export interface Belonging {
  readonly group: Group;
  /** Which rows belong to the initiative whose key is $1. */
  readonly where: string;
}

const own = (group: Group): Belonging => ({ group, where: 'initiative_id = $1' });
const ofRelation: Belonging = {
  group: 'relations',
  where: 'relation_id in (select r.id from core.relation r where $1 in (r.from_id, r.to_id))',
};

const ofItsSeats = '(select s.id from core.seat s where s.initiative = $1)';

/** Every table that holds something of an initiative, and how its rows are found. What is nowhere here stands in `notTaken`. */
export const belongings: Readonly<Record<string, Belonging>> = {
  'core.initiative': { group: 'entry', where: 'id = $1' },
  'core.initiative_name': own('entry'),
  'core.initiative_text': own('texts'),
  'core.life_event': own('events'),
  'core.life_event_text': own('events'),
  'vault.initiative_place': own('place'),
  'vault.proposed_place': own('place'),
  'core.entry_field': own('kept'),
  'core.relation': { group: 'relations', where: '$1 in (from_id, to_id)' },
  'core.relation_text': ofRelation,
  'core.relation_voice': ofRelation,
  'core.relation_voice_before': ofRelation,
  'core.role_grant': { group: 'people', where: `scope_kind = 'initiative' and scope_id = $1::text` },
  'vault.entry_link': own('people'),
  'core.proposal': own('said'),
  'core.entry_change': own('said'),
  'core.asking': own('said'),
  'core.asking_wish': own('said'),
  'core.connection_ask': { group: 'said', where: 'initiative = $1' },
  'core.place_look': own('looked'),
  'core.glass': own('looked'),
  'core.outside_key': own('brought'),
  'core.merger': { group: 'brought', where: '$1 in (kept, gone)' },
  'core.self_view': own('said'),
  'core.self_view_need': {
    group: 'said',
    where: 'self_view in (select v.id from core.self_view v where v.initiative_id = $1)',
  },
  'core.initiative_period': own('shapes'),
  'core.initiative_period_before': own('shapes'),
  'core.existence': own('shapes'),
  'core.seat': { group: 'relations', where: 'initiative = $1' },
  'core.seat_news': { group: 'relations', where: 'initiative = $1' },
  'core.decision_dissent': { group: 'said', where: `seat in ${ofItsSeats}` },
  'core.stance': { group: 'said', where: `by_seat in ${ofItsSeats}` },
};

/** Tables that name an initiative and are not among its belongings, and why. */
export const notTaken: Readonly<Record<string, string>> = {
  'core.assignment': 'who at the desk looks at what: the work of verifiers, not of the initiative',
  'core.checking':
    'notes of a verifier for verifiers; that they looked, and what came of it, stands among the events',
  'core.likeness': 'a guess about two entries, of which the other is somebody else',
  'vault.likeness_mark': 'numbers that are worked out of names and contacts, and say nothing else',
  'core.open_mark': 'a fingerprint of what is open anyway',
  'vault.merger_memory':
    'holds what two entries were like before they became one; the other is somebody else',
  'core.proposal_told':
    'that whoever proposed something was told what came of it; the proposal itself stands here',
  'core.grant_look': 'that someone looked whether a grant still holds: the work of the desk',
  'core.telling_about':
    'a telling is its teller’s, who takes it along themselves; that there is one may not even be known',
  'core.story_initiative': 'a story is of whoever brought it together, and stands on a page of its own',
  'core.session_organiser': 'who invited to a gathering, which its page tells anyone who may know of it',
  'core.promise_carrier':
    'a promise is of the people who made it in a room; what may be known of it stands on its agenda',
  'core.source_carrier': 'who carries an agreement as public sources tell it; it stands on its agenda',
  'core.collaboration_table':
    'a table is of everyone who sits at it; the seats of the initiative stand among its relations',
  'core.table_keeper':
    'who keeps a table where the initiative sits: people of that table, not of the initiative',
  'core.table_meeting': 'a meeting is of the whole table, and stands on its page',
  'core.meeting_seat': 'who came to a meeting, which the page of the table tells',
  'core.table_decision': 'a decision is of the whole table; that the initiative disagreed it takes along',
  'core.decision_seat': 'who was there when something was decided, which the page of the table tells',
  'core.consultation':
    'what an institution asks of a pool; its page tells anyone once there is advice, and before that its people at their desk',
  'core.table_absence': 'whom a table says is missing, in words; it names no entry',
  'core.table_word': 'a word on a table, which has no entry',
  'core.word_signature':
    'that a seat signed for a word; the word and who holds the seat stand with the table',
  ...Object.fromEntries(
    `core.consultation_client core.consultation_expert core.consultation_meeting core.consultation_assignment core.advice core.advice_point core.advice_voice
    core.advice_dissent core.advice_word core.advice_answer core.advice_judgement core.advice_follow_up core.advice_news vault.client_word`
      .split(/\s+/)
      .map((table) => [
        table,
        'of the people who ask, advise and answer; what may be known of it stands on the page of the advice',
      ]),
  ),
  'core.selection_entry': 'a list that a municipality or network keeps, and shows on its own page',
};

/** A row as it is kept, without what is only for the machine. */
export type KeptRow = Readonly<Record<string, unknown>>;

export interface KeptTable {
  readonly name: string;
  readonly group: Group;
  /** What the table holds, in the words of the house. */
  readonly about: string;
  /** What each column holds. */
  readonly columns: Readonly<Record<string, string>>;
  readonly rows: readonly KeptRow[];
}

/** The tables by heading, in the order of the headings; those without rows are left out. */
export function byGroup(tables: readonly KeptTable[]): { group: Group; tables: KeptTable[]; rows: number }[] {
  return groups.map((group) => {
    const mine = tables.filter((table) => table.group === group && table.rows.length > 0);
    return { group, tables: mine, rows: mine.reduce((sum, { rows }) => sum + rows.length, 0) };
  });
}

/** A value in one line, as far as a person would read it. */
export function legible(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(legible).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
