import type { Persona } from './personas.ts';
import type { Way } from './walls.ts';

/** Where a telling about an initiative in Gelderland may stand; each was consented to be translated, quoted and coded. */
export const tellingStates = [
  'draft',
  'sleeping',
  'circle',
  'table',
  'network',
  'public',
  'taken back',
  'absent',
] as const;
export type TellingState = (typeof tellingStates)[number];

/** Whoever may come to a telling: everyone of the field, and who told it or wrote it down. */
export interface Hearer extends Persona {
  readonly tellsIt: boolean;
}

type Who = (hearer: Hearer, state: TellingState) => boolean;
type Rule = Readonly<Record<Way, Who>>;

const isThere = (state: TellingState) => state !== 'absent' && state !== 'taken back';
const isOperator = (hearer: Hearer) => hearer.viewer.kind === 'operator';
const operator: Who = (hearer, state) => isOperator(hearer) && isThere(state);
const nobody: Who = () => false;
const either =
  (...some: readonly Who[]): Who =>
  (hearer, state) =>
    some.some((one) => one(hearer, state));

/** The teller and who wrote it down, as long as it was not taken back. */
const tells: Who = (hearer, state) => isThere(state) && hearer.tellsIt;
const isOpen = (state: TellingState) =>
  state === 'circle' || state === 'table' || state === 'network' || state === 'public';
const reads: Who = (hearer, state) => {
  if (hearer.viewer.kind === 'visitor') return false;
  if (state === 'public') return true;
  if (state === 'network') return hearer.network;
  const watchesNear = hearer.watches === 'near' || hearer.watches === 'all';
  return state === 'table' && (hearer.table || watchesNear || (hearer.keepsOwn && hearer.network));
};
const codes: Who = (hearer, state) => isOpen(state) && hearer.name === 'researcher';
const renders = either(tells, (hearer, state) => reads(hearer, state) && hearer.network);
/** An editor where the initiative is, of what they can read; never of their own initiative. */
const edits: Who = (hearer, state) =>
  reads(hearer, state) &&
  !hearer.tellsIt &&
  (hearer.watches === 'all' || (hearer.watches === 'near' && !hearer.keepsOwn));
const isSomeone: Who = (hearer) => hearer.viewer.kind === 'person';

const told = either(operator, tells);
const asItWasReleased = either(told, reads, codes);
/** What is the teller's own and nobody else's. */
const ownOnly: Rule = { read: told, add: told, change: told, remove: told };
const ofTelling = 'telling = $1::uuid';
const someone = `coalesce(core.viewer_person(), (select id from core.person order by id limit 1))`;
const block = `coalesce((select b.block from core.telling_block b where b.telling = $1::uuid and b.kind = 'paragraph' order by b.place limit 1), uuidv7())`;
const ofRendering = `rendering in (select r.id from core.rendering r where r.telling = $1::uuid)`;

interface TellingWall {
  readonly rule: Rule;
  readonly add: string;
  readonly change?: string;
  readonly about: string;
}

/** Every table that holds something of a telling, and the rule it follows. */
export const tellingWalls: Readonly<Record<string, TellingWall>> = {
  'core.telling': {
    about: 'id = $1::uuid',
    // The operator could lay a key that was taken back again; the tombstones would take it away at the next start.
    rule: {
      ...ownOnly,
      read: asItWasReleased,
      add: either(tells, (hearer, state) => isOperator(hearer) && state !== 'absent'),
    },
    add: `insert into core.telling (id, slug, language) values ($1, substr(md5(random()::text), 1, 10), 'nl')`,
  },
  'core.telling_about': {
    about: ofTelling,
    rule: { ...ownOnly, read: asItWasReleased },
    add: `insert into core.telling_about values ($1, (select id from core.initiative where slug = 'entry-other'))`,
  },
  'core.telling_draft': {
    about: ofTelling,
    rule: ownOnly,
    add: `insert into core.telling_draft (telling, doc) values ($1, '{}')`,
  },
  'core.telling_version': {
    about: ofTelling,
    rule: { ...ownOnly, read: asItWasReleased, change: nobody },
    add: `insert into core.telling_version (telling, number, doc, hash) values ($1, 7, '{}', sha256('x'))`,
  },
  'core.telling_block': {
    about: ofTelling,
    rule: { ...ownOnly, read: asItWasReleased, change: nobody },
    add: `insert into core.telling_block (telling, version, block, place, kind, language, hash) values ($1, 1, uuidv7(), 99, 'paragraph', 'nl', sha256('x'))`,
  },
  'vault.teller_name': {
    about: ofTelling,
    rule: ownOnly,
    add: `insert into vault.teller_name (telling, full_name) values ($1, 'Naam')`,
  },
  'core.media': {
    about: ofTelling,
    rule: { ...ownOnly, read: either(told, reads) },
    add: `insert into core.media (telling, kind, type, bytes, width, height, alt) values ($1, 'photo', 'image/webp', 'x', 1, 1, 'Een deur')`,
  },
  'core.telling_flag': {
    about: ofTelling,
    rule: ownOnly,
    add: `insert into core.telling_flag (telling, block, kind, start_at, end_at, exact_hash, answer, answered_at) values ($1, uuidv7(), 'name', 0, 3, sha256('x'), 'kept', now())`,
  },
  'core.signification': {
    about: ofTelling,
    rule: ownOnly,
    add: `insert into core.signification values ($1, 'strength', false)`,
  },
  'core.telling_look': {
    about: ofTelling,
    rule: { read: told, add: operator, change: operator, remove: operator },
    add: `insert into core.telling_look (telling, seen_as) values ($1, 'network')`,
  },
  'core.telling_proposal': {
    about: ofTelling,
    rule: { read: told, add: either(operator, edits), change: told, remove: operator },
    change: `update core.telling_proposal set standing = 'declined', decided_at = now() where telling = $1`,
    add: `insert into core.telling_proposal (telling, version, doc, why, brought_by) values ($1, 1, '{}', 'Een reden.', ${someone})`,
  },
  'core.rendering': {
    about: ofTelling,
    rule: {
      read: either(told, reads, renders),
      add: either(operator, (hearer, state) => isSomeone(hearer, state) && renders(hearer, state)),
      change: either(operator, renders),
      remove: operator,
    },
    change: `update core.rendering set standing = 'checked-by-other', checked_by = core.viewer_person() where telling = $1`,
    add: `insert into core.rendering (telling, language, made_how, translator, standing) values ($1, 'en', 'person', core.viewer_person(), 'done')`,
  },
  'core.rendering_block': {
    about: ofRendering,
    rule: { read: either(told, reads, renders), add: operator, change: operator, remove: operator },
    add: `insert into core.rendering_block select r.id, uuidv7(), 'Words', sha256('x') from core.rendering r where r.telling = $1::uuid limit 1`,
  },
  'core.quote': {
    about: ofTelling,
    rule: {
      read: told,
      add: either(operator, tells, (hearer, state) => isSomeone(hearer, state) && reads(hearer, state)),
      change: told,
      remove: operator,
    },
    add: `insert into core.quote (telling, version, block, start_at, end_at, exact, exact_hash, made_by) values ($1, 1, ${block}, 0, 3, 'Dit', sha256('Dit'), core.viewer_person())`,
  },
  'core.reading': {
    about: ofTelling,
    rule: {
      read: told,
      add: either(operator, (hearer, state) => isSomeone(hearer, state) && reads(hearer, state)),
      change: operator,
      remove: operator,
    },
    add: `insert into core.reading (telling, reader, prompt, words, language, for_teller) values ($1, ${someone}, 'from-where', 'Ik lees dit als buur.', 'nl', true)`,
  },
  'core.consent': {
    about: 'item = $1::uuid',
    // What was said stays to be read by who said it, also after everything was taken back; then nothing is added.
    rule: {
      read: (hearer, state) =>
        state !== 'absent' && (isOperator(hearer) || hearer.tellsIt || hearer.name === 'privacy officer'),
      add: told,
      change: nobody,
      remove: nobody,
    },
    add: `insert into core.consent (item, use, verdict, shown_in, how, said_by) values ($1, 'press', 'taken-back', 'nl', 'word', ${someone})`,
  },
  'core.lineage': {
    about: 'item = $1::uuid',
    rule: {
      read: (hearer, state) => state !== 'absent' && (isOperator(hearer) || hearer.tellsIt),
      add: nobody,
      change: nobody,
      remove: nobody,
    },
    add: `insert into core.lineage (derivative, item, kind, use) values (uuidv7(), $1, 'quote', 'quote-report')`,
  },
};
