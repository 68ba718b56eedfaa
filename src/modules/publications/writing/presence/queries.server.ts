import { hearNews } from '#platform/http/news.server.ts';
import type { Begin, Way } from '#platform/http/open-line.ts';
import type { Layer } from '../../access.ts';
import {
  after,
  deedWords,
  heard,
  hereWords,
  lineLasts,
  pingEvery,
  pingWords,
  retryWords,
  stillHere,
  writingChannel,
  type WhoIsHere,
} from './model.ts';

interface Ear {
  readonly of: string;
  readonly begun: number;
  readonly way: Way;
  end(): void;
}
interface Desk {
  readonly ears: Set<Ear>;
  who: WhoIsHere;
}

const mostInAll = 5_000;
const mostPerPerson = 8;
const desks = new Map<string, Desk>();
let line: { stop(): Promise<void> } | undefined;
let leaving = false;

const earsOf = (): Ear[] => [...desks.values()].flatMap(({ ears }) => [...ears]);

function sayTo(desk: Desk, words: string): void {
  const bytes = Buffer.from(words);
  // Who cannot keep up calls again.
  for (const ear of [...desk.ears]) if (!ear.way.say(bytes)) ear.end();
}

/** One line to the database for all articles of this process; what it missed while it was broken, pages look up themselves. */
function listen(): void {
  const url = process.env.STEPPINGSTONES_APP_URL;
  if (line || !url) return;
  const lookAgain = () => desks.forEach((desk) => sayTo(desk, deedWords('')));
  line = hearNews(
    url,
    {
      opened: lookAgain,
      changed: (_channel, words) => {
        const told = heard(words);
        const desk = told && desks.get(told.article);
        if (!told || !desk) return;
        if ('deed' in told) return sayTo(desk, deedWords(told.deed));
        desk.who = after(desk.who, told.here, Date.now());
        sayTo(desk, hereWords(desk.who));
      },
      broke: () => undefined,
    },
    [writingChannel],
  );
  const ping = setInterval(() => desks.forEach(lookAfter), pingEvery);
  ping.unref();
  process.once('sveltekit:shutdown', () => void hangUp());
  (process as NodeJS.EventEmitter).once('steppingstones:leaving', () => {
    leaving = true;
    clearInterval(ping);
    for (const ear of earsOf()) ear.end();
  });
}

/** A sign of life to everyone, an end to lines that lasted long, and who went without saying so is no longer here. */
function lookAfter(desk: Desk): void {
  const now = Date.now();
  for (const ear of [...desk.ears]) if (now - ear.begun > lineLasts) ear.end();
  const still = stillHere(desk.who, now);
  const words = still.size === desk.who.size ? pingWords : hereWords(still);
  desk.who = still;
  sayTo(desk, words);
}

/** Lets go of the line; the next who listens calls again. */
export async function hangUp(): Promise<void> {
  const left = line;
  line = undefined;
  await left?.stop();
}

/** Tells this one who is in the article and whatever is done in it, until they leave or the house closes. Null when there are too many. */
export function listenAt(layer: Layer, article: string): Begin | null {
  const mine = earsOf().filter(({ of }) => of === layer.person);
  if (leaving || earsOf().length >= mostInAll) return null;
  if (mine.length >= mostPerPerson) mine[0]?.end();
  listen();
  return (way) => {
    const desk = desks.get(article) ?? { ears: new Set<Ear>(), who: new Map() };
    desks.set(article, desk);
    let left = false;
    const leave = () => {
      if (left) return;
      left = true;
      desk.ears.delete(ear);
      if (desk.ears.size === 0) desks.delete(article);
    };
    const ear: Ear = {
      of: layer.person,
      begun: Date.now(),
      way,
      end: () => {
        leave();
        way.end();
      },
    };
    desk.ears.add(ear);
    way.say(Buffer.from(`${retryWords(Math.random())}${hereWords(desk.who)}`));
    return leave;
  };
}
