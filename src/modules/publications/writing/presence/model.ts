/** The channel on which writing is told of: `ARTICLE deed PARAGRAPH`, and `ARTICLE here {...}` of who is where. */
export const writingChannel = 'writing';

/** Where an open page of someone is: at a block, or only looking. Pages have keys of their own, drawn on the device. */
export interface Here {
  readonly page: string;
  /** Under which name they sign; null is no name. */
  readonly called: string | null;
  /** The block they write at; null is none. */
  readonly at: string | null;
}

/** Milliseconds between two signs of life of a line. */
export const pingEvery = 15_000;
/** Milliseconds after which a page that says nothing any more is no longer here; pages say where they are every 20 seconds. */
export const goneAfter = 45_000;
/** Milliseconds after which a line is ended; whoever still works on it calls again, and is asked again whether they do. */
export const lineLasts = 600_000;

/** Who is in an article, by their page, and when they last said so (milliseconds). */
export type WhoIsHere = ReadonlyMap<string, Here & { readonly seen: number }>;

/** Who is in an article after someone said where they are; `at` is 'gone' for a page that closes. */
export function after(who: WhoIsHere, said: Here & { readonly gone?: boolean }, now: number): WhoIsHere {
  const { gone, ...here } = said;
  const next = new Map(stillHere(who, now));
  if (gone) next.delete(here.page);
  else next.set(here.page, { ...here, seen: now });
  return next;
}

/** Without those who have not said anything for a while. */
export const stillHere = (who: WhoIsHere, now: number): WhoIsHere =>
  new Map([...who].filter(([, { seen }]) => now - seen < goneAfter));

/** Who is here, as it travels to a page (text/event-stream). */
export const hereWords = (who: WhoIsHere): string =>
  `event: here\ndata: ${JSON.stringify([...who.values()].map(({ page, called, at }) => ({ page, called, at })))}\n\n`;

/** That something was done, as it travels to a page. */
export const deedWords = (paragraph: string): string =>
  `event: deed\ndata: ${JSON.stringify({ paragraph })}\n\n`;

/** What is said when there is nothing to say, so that nobody on the way takes the line for dead. */
export const pingWords = ': \n\n';
/** How long a page waits before it comes back, between one second and three; `draw` is between 0 and 1, so that not all come at once. */
export const retryWords = (draw: number): string => `retry: ${1_000 + Math.floor(draw * 2_000)}\n\n`;

/** What was told on the channel; null for what is not understood. */
export function heard(
  words: string,
):
  | { readonly article: string; readonly deed: string }
  | { readonly article: string; readonly here: Here & { readonly gone?: boolean } }
  | null {
  const [article = '', kind = '', ...rest] = words.split(' ');
  if (kind === 'deed') return { article, deed: rest.join(' ') };
  if (kind !== 'here') return null;
  try {
    return { article, here: JSON.parse(rest.join(' ')) as Here };
  } catch {
    return null;
  }
}
