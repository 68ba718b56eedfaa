/** A row of a person that another row hangs on; it may itself hang on a row of theirs. */
export interface Through {
  readonly table: string;
  readonly column: string;
  readonly through?: Through;
}

/** A place in the database where something of a person stands: the column that holds their key. */
export interface Shelf {
  /** schema.table */
  readonly table: string;
  readonly column: string;
  /** Whether the whole row is theirs; else it is about others, and only that they did it, and when, is. */
  readonly whole: boolean;
  /** Where the column does not hold the key of the person, but of a row of theirs: the shelf that row is on. */
  readonly through: Through | null;
}

/** Rows that are about the person, or that are their own words. Of every other row only the deed is theirs. */
export const wholeColumns: readonly string[] = [
  'core.person.id',
  'person_id',
  'brought_by',
  'to_person',
  'teller',
  'reader',
];

/**
 * Where what someone told is kept, under the key of what they consent about: theirs wholly. What others said of it, such as a reading
 * that was not sent to them, is of those others.
 */
export const toldColumns: readonly string[] = [
  'core.telling.id',
  'core.telling_draft.telling',
  'core.telling_version.telling',
  'core.media.telling',
  'core.signification.telling',
  'core.telling_look.telling',
  'core.own_word.id',
];

export type Row = Readonly<Record<string, unknown>>;

export interface Belonging extends Shelf {
  readonly rows: readonly Row[];
}

/** What is put where another person's key stands. */
export const someoneElse = 'somebody else';
