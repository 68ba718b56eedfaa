import type { Day } from '../clock.ts';

/** Something with a time that a calendar can keep: a gathering, or something to be done by a day. */
export type CalendarThing = Gathering | Task;

interface Thing {
  /** The same for the same thing for ever, so that a calendar brings it up to date instead of adding it again. */
  readonly uid: string;
  /** When this telling of it was made. */
  readonly stamp: Date;
  readonly summary: string;
  readonly description?: string | undefined;
  readonly url?: string | undefined;
  readonly language: string;
}

export interface Gathering extends Thing {
  readonly kind: 'gathering';
  /** A moment, or a day as a whole. */
  readonly starts: Date | Day;
  readonly minutes?: number | null | undefined;
  readonly place?: string | null | undefined;
  readonly calledOff?: boolean | undefined;
}

export interface Task extends Thing {
  readonly kind: 'task';
  readonly due: Day;
  readonly standing: 'open' | 'underway' | 'done' | 'let-go';
}

const standings = {
  open: 'NEEDS-ACTION',
  underway: 'IN-PROCESS',
  done: 'COMPLETED',
  'let-go': 'CANCELLED',
} as const;

/** An iCalendar file (RFC 5545) of these things, served as text/calendar; moments in UTC, days as days. */
export function iCalendar(name: string, things: readonly CalendarThing[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Steppingstones//Steppingstones//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escaped(name)}`,
    `X-WR-CALNAME:${escaped(name)}`,
    ...things.flatMap((thing) => (thing.kind === 'gathering' ? eventOf(thing) : todoOf(thing))),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function eventOf(gathering: Gathering): string[] {
  const { starts, minutes, place } = gathering;
  const until = starts instanceof Date && minutes ? new Date(starts.getTime() + minutes * 60_000) : null;
  return [
    'BEGIN:VEVENT',
    ...headOf(gathering),
    starts instanceof Date ? `DTSTART:${moment(starts)}` : `DTSTART;VALUE=DATE:${starts.replaceAll('-', '')}`,
    ...(until ? [`DTEND:${moment(until)}`] : []),
    ...(place ? [`LOCATION:${escaped(place)}`] : []),
    `STATUS:${gathering.calledOff ? 'CANCELLED' : 'CONFIRMED'}`,
    'TRANSP:OPAQUE',
    'END:VEVENT',
  ];
}

const todoOf = (task: Task): string[] => [
  'BEGIN:VTODO',
  ...headOf(task),
  `DUE;VALUE=DATE:${task.due.replaceAll('-', '')}`,
  `STATUS:${standings[task.standing]}`,
  'END:VTODO',
];

const headOf = ({ uid, stamp, summary, description, url, language }: Thing): string[] => [
  `UID:${escaped(uid)}`,
  `DTSTAMP:${moment(stamp)}`,
  `SUMMARY;LANGUAGE=${language}:${escaped(summary)}`,
  ...(description ? [`DESCRIPTION;LANGUAGE=${language}:${escaped(description)}`] : []),
  ...(url ? [`URL:${url.replace(/[\r\n]/g, '')}`] : []),
];

const moment = (at: Date): string => at.toISOString().replace(/[-:]|\.\d{3}/g, '');

/** A text as a value of RFC 5545 3.3.11. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}

/** A line in pieces of at most 75 octets, never breaking a letter (RFC 5545 3.1). */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const letter of line) {
    const more = Buffer.byteLength(letter);
    if (octets + more > 75) {
      pieces.push(piece);
      // The space that begins the next piece counts too.
      [piece, octets] = ['', 1];
    }
    piece += letter;
    octets += more;
  }
  return [...pieces, piece].join('\r\n ');
}
