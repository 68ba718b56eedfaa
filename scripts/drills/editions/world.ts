import { follow, type Manifest } from '#modules/publications/withdrawing/model.ts';
import { useOf, type Exit } from '#modules/publications/model.ts';
import { carry, hold, standsAt, type Anchor, type HoldingBlock } from '#modules/stories/quotes/model.ts';
import { laidFlat, type Said } from '#modules/stories/quotes/testing.ts';

export const exits: readonly Exit[] = ['web', 'paper'];
const useNames = exits.map((exit) => useOf('magazine', exit));
type UseName = (typeof useNames)[number];

/** A voice: every version it told, the one that stands, and what it said of each way out. */
export interface VoiceTold {
  readonly versions: readonly (readonly Said[])[];
  readonly given: Readonly<Partial<Record<UseName, boolean>>>;
  /** Which versions it ever said yes to, for each use. */
  readonly seen: Readonly<Partial<Record<UseName, readonly number[]>>>;
  readonly gone: boolean;
}

/** Words held of a voice, and how they lie on the desk: quoted, perhaps retold or answered too. */
export interface Held extends Anchor {
  readonly key: string;
  readonly voice: number;
  /** Counted from 1, as versions are. */
  readonly version: number;
  readonly standing: 'held' | 'asked' | 'let-go';
  readonly onDesk: boolean;
  readonly retold: boolean;
}

export interface World {
  readonly voices: readonly VoiceTold[];
  readonly held: readonly Held[];
  readonly editions: readonly (Manifest & { readonly words: Readonly<Record<string, Held>> })[];
}

export type Deed =
  | { readonly kind: 'edit'; readonly voice: number; readonly next: readonly Said[] }
  | { readonly kind: 'say'; readonly voice: number; readonly use: UseName; readonly yes: boolean }
  | {
      readonly kind: 'lay';
      readonly voice: number;
      readonly anchor: Anchor;
      readonly key: string;
      readonly retold: boolean;
    }
  | { readonly kind: 'answer'; readonly key: string; readonly words: string | null }
  | { readonly kind: 'take-back'; readonly voice: number }
  | { readonly kind: 'release' };

export const flatOf = ({ versions }: VoiceTold, version = versions.length): readonly HoldingBlock[] =>
  laidFlat(versions[version - 1] ?? []);

const allowed = (voice: VoiceTold | undefined, exit: Exit): boolean =>
  voice !== undefined && !voice.gone && voice.given[useOf('magazine', exit)] === true;
const holdsIn = (world: World) => (item: string, exit: Exit, key: string) =>
  allowed(world.voices[Number(item)], exit) &&
  world.held.find((one) => one.key === key)?.standing !== 'let-go';

/** The world once editions and desk follow what consent says in it. */
function followed(world: World, rule: typeof follow): World {
  return {
    ...world,
    held: world.held.map((one) => {
      const voice = world.voices[one.voice];
      const stays = one.standing !== 'let-go' && exits.some((exit) => allowed(voice, exit));
      return { ...one, onDesk: one.onDesk && stays };
    }),
    editions: world.editions.map((edition) => ({ ...edition, ...rule(edition, holdsIn(world)) })),
  };
}

const withVoice = (world: World, voice: number, change: (one: VoiceTold) => VoiceTold): World => ({
  ...world,
  voices: world.voices.map((one, at) => (at === voice ? change(one) : one)),
});
const withHeld = (world: World, which: (one: Held) => boolean, change: (one: Held) => Held): World => ({
  ...world,
  held: world.held.map((one) => (which(one) ? change(one) : one)),
});

/** Whether what lies on the desk may go out: every voice covered for each way out, held, and of a version it said yes to. */
export function mayGoOut({ voices, held }: World): boolean {
  const used = held.filter(({ onDesk }) => onDesk);
  return used.every(({ voice, standing, version }) => {
    const told = voices[voice];
    return (
      standing === 'held' &&
      exits.every((exit) => allowed(told, exit)) &&
      useNames.every((use) => told?.seen[use]?.includes(version) === true)
    );
  });
}

/** What becomes of the world by a deed, and whether it is let through. */
export function after(
  world: World,
  deed: Deed,
  rule = follow,
): { readonly world: World; readonly done: boolean } {
  const done = (next: World) => ({ world: next, done: true });
  const refused = { world, done: false };
  switch (deed.kind) {
    case 'edit': {
      const was = world.voices[deed.voice];
      if (!was || was.gone) return refused;
      const next = withVoice(world, deed.voice, (one) => ({
        ...one,
        versions: [...one.versions, deed.next],
      }));
      const [before, now] = [flatOf(was), laidFlat(deed.next)];
      return done(
        withHeld(
          next,
          (one) => one.voice === deed.voice && one.standing === 'held',
          (one) => {
            const from = one.version === was.versions.length ? before : flatOf(was, one.version);
            const over = carry(
              { block: one.block, start: one.start, end: one.end, exact: one.exact },
              from,
              now,
            );
            return over === 'asked'
              ? { ...one, standing: 'asked' }
              : { ...one, ...over, version: was.versions.length + 1 };
          },
        ),
      );
    }
    case 'say': {
      if (world.voices[deed.voice]?.gone) return refused;
      const said = withVoice(world, deed.voice, (one) => ({
        ...one,
        given: { ...one.given, [deed.use]: deed.yes },
        seen: deed.yes
          ? { ...one.seen, [deed.use]: [...(one.seen[deed.use] ?? []), one.versions.length] }
          : one.seen,
      }));
      return done(followed(said, rule));
    }
    case 'lay': {
      const { anchor, key, voice, retold } = deed;
      const version = world.voices[voice]?.versions.length ?? 0;
      const one: Held = { ...anchor, key, voice, version, retold, standing: 'held', onDesk: true };
      if (!exits.every((exit) => allowed(world.voices[voice], exit))) return refused;
      return done({ ...world, held: [...world.held, one] });
    }
    case 'answer': {
      const one = world.held.find(({ key }) => key === deed.key);
      const voice = one && world.voices[one.voice];
      if (!one || !voice || voice.gone || one.standing === 'let-go') return refused;
      const isOne = ({ key }: Held) => key === one.key;
      if (deed.words === null)
        return done(
          followed(
            withHeld(world, isOne, (held) => ({ ...held, standing: 'let-go' })),
            rule,
          ),
        );
      const block = flatOf(voice).find((each) => each.block === one.block);
      const [start, ...twins] = block ? standsAt(block.text, deed.words) : [];
      const anchor =
        block && start !== undefined && twins.length === 0
          ? hold(block, start, start + deed.words.length)
          : null;
      if (!anchor) return refused;
      const { length: version } = voice.versions;
      return done(withHeld(world, isOne, (held) => ({ ...held, ...anchor, version, standing: 'held' })));
    }
    case 'take-back':
      return done(
        followed(
          withVoice(world, deed.voice, (one) => ({ ...one, gone: true })),
          rule,
        ),
      );
    case 'release':
      return mayGoOut(world) ? done({ ...world, editions: [...world.editions, editionOf(world)] }) : refused;
  }
}

function editionOf({ held }: World): World['editions'][number] {
  const used = held.filter(({ onDesk }) => onDesk);
  return {
    lines: used.flatMap(({ key, voice }) =>
      exits.map((exit) => ({ key, item: String(voice), exit, left: false })),
    ),
    // What answered a voice stays on the desk after it left, and no longer names it.
    blocks: held.flatMap(({ key, retold, onDesk }) => {
      const way = retold ? ('paraphrases' as const) : ('answers' as const);
      if (onDesk)
        return [
          { id: `quote ${key}`, draws: [{ key, way: 'quotes' as const }] },
          { id: `beside ${key}`, draws: [{ key, way }] },
        ];
      return retold ? [] : [{ id: `beside ${key}`, draws: [] }];
    }),
    words: Object.fromEntries(used.map((one) => [one.key, one])),
  };
}

/** Which voices stand in an edition this way out, and how many blocks are left around them. */
export function showsOf(edition: World['editions'][number], exit: Exit): { keys: string[]; blocks: number } {
  const keys = new Set(edition.lines.flatMap((line) => (line.exit === exit && !line.left ? [line.key] : [])));
  const blocks = edition.blocks.filter(({ draws }) =>
    draws.every(({ key, way }) => (way !== 'quotes' && way !== 'paraphrases') || keys.has(key)),
  );
  return { keys: [...keys].sort(), blocks: blocks.length };
}

/** Whether these bytes are those of a version this voice said yes to, for this way out, where the edition took them from. */
export function isConsented(
  world: World,
  edition: World['editions'][number],
  key: string,
  words: string,
  exit: Exit,
): boolean {
  const one = edition.words[key];
  const voice = one && world.voices[one.voice];
  if (!one || !voice) return false;
  const block = flatOf(voice, one.version).find((each) => each.block === one.block);
  const stood = Buffer.from(block?.text.slice(one.start, one.end) ?? '', 'utf8');
  return (
    allowed(voice, exit) &&
    voice.seen[useOf('magazine', exit)]?.includes(one.version) === true &&
    stood.length > 0 &&
    stood.equals(Buffer.from(words, 'utf8'))
  );
}
