/** What a teller said last of one use. */
export interface Word {
  readonly verdict: 'given' | 'ask-me' | 'taken-back';
  readonly audience: (typeof audiences)[number];
  readonly from: number;
  /** First day on which it no longer holds; null is until it is taken back. */
  readonly until: number | null;
  /** Which version the teller saw as it will appear. */
  readonly seen: number;
}

/** A telling as the design describes it, without a database: days are counted, versions are numbered. */
export interface World {
  readonly day: number;
  readonly newest: number;
  readonly released: { readonly version: number; readonly openFrom: number } | null;
  readonly words: Readonly<Record<string, Word>>;
  readonly gone: boolean;
}

export const audiences = ['circle', 'table', 'network', 'public'] as const;

export type Deed =
  | {
      readonly kind: 'say';
      readonly use: string;
      readonly word: Omit<Word, 'from' | 'until'> & { readonly lasts: number | null };
    }
  | { readonly kind: 'release'; readonly days: number }
  | { readonly kind: 'days'; readonly pass: number }
  | {
      readonly kind:
        'freeze' | 'publish' | 'publish-as-app' | 'withdraw' | 'stranger-says' | 'stranger-withdraws';
    };

export const atFirst: World = { day: 0, newest: 1, released: null, words: {}, gone: false };

const reach = (audience: Word['audience']) => audiences.indexOf(audience);

/** Whether a use is consented to for an audience today. Asking each time is no consent, and what was taken back has none. */
export function allows(world: World, use: string, audience: Word['audience']): boolean {
  const word = world.gone ? undefined : world.words[use];
  if (word?.verdict !== 'given') return false;
  const holds = word.from <= world.day && (word.until === null || world.day < word.until);
  return holds && reach(word.audience) >= reach(audience);
}

/** Whether anyone may read it: released, slept on, and consented to for everyone, in the version that its teller saw. */
export function mayBeRead(world: World): boolean {
  const { released } = world;
  if (released === null || world.day < released.openFrom) return false;
  return allows(world, 'read', 'public') && world.words.read?.seen === released.version;
}

/** What becomes of a telling by a deed, and whether the deed is let through. */
export function after(world: World, deed: Deed): { world: World; done: boolean } {
  const done = (change: Partial<World> = {}) => ({ world: { ...world, ...change }, done: true });
  const refused = { world, done: false };
  switch (deed.kind) {
    case 'days':
      return done({ day: world.day + deed.pass });
    case 'stranger-says':
    case 'stranger-withdraws':
    case 'publish-as-app':
      return refused;
    case 'publish':
      return mayBeRead(world) ? done() : refused;
    case 'withdraw':
      return done({ gone: true, released: null });
    case 'freeze':
      return world.gone ? refused : done({ newest: world.newest + 1 });
    case 'release': {
      const openFrom = world.released?.openFrom ?? world.day + deed.days;
      return world.gone ? refused : done({ released: { version: world.newest, openFrom } });
    }
    case 'say': {
      const { lasts, ...said } = deed.word;
      const word = { ...said, from: world.day, until: lasts === null ? null : world.day + lasts };
      return world.gone ? refused : done({ words: { ...world.words, [deed.use]: word } });
    }
  }
}

/** A source of chance that says the same for the same seed (mulberry32); each answer is in [0, 1). */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A deed that may come next: mostly words and days, sometimes someone who has no right. */
export function anyDeed(world: World, draw: () => number): Deed {
  const one = <Of>(of: readonly [Of, ...Of[]]): Of => of[Math.floor(draw() * of.length)] ?? of[0];
  const turn = draw();
  if (turn < 0.4) {
    const use = one(['read', 'read', 'read', 'coding', 'print']);
    const seen = draw() < 0.8 ? world.newest : Math.max(1, world.newest - 1);
    const audience = one(['public', 'public', 'public', 'network', 'table', 'circle'] as const);
    const verdict = one(['given', 'given', 'given', 'ask-me', 'taken-back'] as const);
    return { kind: 'say', use, word: { verdict, audience, seen, lasts: one([null, null, 1, 7, 30]) } };
  }
  if (turn < 0.55) return { kind: 'release', days: one([0, 0, 14]) };
  if (turn < 0.7) return { kind: 'days', pass: one([1, 6, 13, 14, 30]) };
  if (turn < 0.82) return { kind: 'publish' };
  return {
    kind: one(['freeze', 'freeze', 'publish-as-app', 'withdraw', 'stranger-says', 'stranger-withdraws']),
  };
}
