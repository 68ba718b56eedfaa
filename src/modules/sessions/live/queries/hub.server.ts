import { withViewer } from '#platform/db.server.ts';
import { hearNews } from '#platform/http/news.server.ts';
import type { Begin } from '#platform/http/open-line.ts';
import { log } from '#platform/log.ts';
import { house } from '#platform/viewer.ts';
import type { RoomEventKind } from '../../model.ts';
import { pingEvery, pingWords, retryWords } from '../model.ts';
import { lastEvent } from '../queries.server.ts';
import { countsChannel } from './counts.server.ts';
import { RoomHeard, type Ear } from './room-heard.server.ts';

const roomChannel = 'room';
/** Open pages of one phone; the oldest is let go first, and calls again when it is looked at. */
const mostPerPhone = 6;
const mostInAll = 20_000;

/** What may change who is in a room, or whether it is open. */
const comesOrGoes: readonly string[] = ['people', 'state'] satisfies RoomEventKind[];

const rooms = new Map<string, RoomHeard>();
const ears = new Map<string, Ear[]>();
const notedBy = new Set<(session: string | null) => void>();
let many = 0;
let line: { stop(): Promise<void> } | undefined;
let open = false;
let leaving = false;

/** Whether this process hears at this moment what happens in every room; what was looked up may then be kept until it does. */
export const hearsRooms = (): boolean => open;

/** Calls back when someone came or went in a room, or its state changed; with null when anything may have happened. */
export function noteRooms(heard: (session: string | null) => void): void {
  notedBy.add(heard);
  listen();
}

/** One line to the database for all rooms of this process. What it missed while it was broken is looked up when it is back. */
function listen(): void {
  const url = process.env.STEPPINGSTONES_APP_URL;
  if (line || !url || leaving) return;
  const everywhere = () => {
    for (const note of notedBy) note(null);
    for (const room of rooms.values()) room.lookAgain();
  };
  line = hearNews(
    url,
    {
      opened: () => {
        open = true;
        everywhere();
      },
      changed: (channel, words) => {
        const [session = '', , kind = ''] = words.split(' ');
        if (channel === countsChannel) return rooms.get(session)?.countSoon();
        if (comesOrGoes.includes(kind)) for (const note of notedBy) note(session);
        rooms.get(session)?.lookAgain();
      },
      broke: () => {
        open = false;
        for (const note of notedBy) note(null);
      },
    },
    [roomChannel, countsChannel],
  );
  const ping = setInterval(() => {
    for (const room of rooms.values()) room.say(pingWords);
  }, pingEvery);
  ping.unref();
  process.once('sveltekit:shutdown', () => void hangUp());
  (process as NodeJS.EventEmitter).once('steppingstones:leaving', () => {
    leaving = true;
    clearInterval(ping);
    for (const ear of [...ears.values()].flat()) ear.end();
  });
}

/** Lets go of the line; the next who listens calls again. */
export async function hangUp(): Promise<void> {
  const left = line;
  line = undefined;
  open = false;
  await left?.stop();
}

/**
 * Tells this one what it missed in the room since this event, the counts, and then whatever happens, until it leaves (the function in
 * the answer) or the house closes. `of` is whose it is, so that nobody holds them all. Null when there are too many, or we are leaving.
 */
export async function listenIn(session: string, since: number | null, of: string): Promise<Begin | null> {
  if (leaving || many >= mostInAll) return null;
  listen();
  const room = await roomHeard(session);
  return (way) => {
    const ear: Ear = {
      heard: since ?? room.last,
      // Who cannot keep up calls again, and then hears only what still matters.
      say: (bytes) => {
        if (!way.say(bytes)) ear.end();
      },
      end: () => {
        leave();
        way.end();
      },
    };
    let left = false;
    const leave = () => {
      if (left) return;
      left = true;
      ear.end = () => undefined;
      many--;
      letGo(of, ear);
      room.leave(ear);
      if (room.isEmpty) rooms.delete(session);
    };
    many++;
    hold(of, ear);
    ear.say(Buffer.from(retryWords(Math.random())));
    room.join(ear).catch((error: unknown) => {
      log.tellSurprise(error);
      ear.end();
    });
    return leave;
  };
}

async function roomHeard(session: string): Promise<RoomHeard> {
  const last = rooms.get(session)?.last ?? (await withViewer(house, (tx) => lastEvent(tx, session)));
  const known = rooms.get(session) ?? new RoomHeard(session, last);
  rooms.set(session, known);
  return known;
}

function hold(of: string, ear: Ear): void {
  const held = ears.get(of) ?? [];
  ears.set(of, [...held, ear]);
  if (held.length >= mostPerPhone) held[0]?.end();
}

function letGo(of: string, ear: Ear): void {
  const held = (ears.get(of) ?? []).filter((each) => each !== ear);
  if (held.length > 0) ears.set(of, held);
  else ears.delete(of);
}
