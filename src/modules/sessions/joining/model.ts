import { codeLength, codeSigns, limits, type Attendance, type SessionKind, type Words } from '../model.ts';

/** The one cookie of a room: a word of 256 random bits that nobody but the phone has. */
export const roomCookie = 'room';
/** How long a phone keeps it: a room is forgotten two weeks after its close, and may be held a while after one came in. */
export const daysWordIsKept = 60;

/** What stands on the door of a room. */
export interface RoomDoor {
  readonly session: string;
  readonly title: Words;
  readonly purpose: Words;
  readonly language: string;
  readonly kind: SessionKind;
  readonly door: 'open' | 'admission';
  readonly place: string | null;
  readonly startsAt: Date | null;
}

/** How someone comes in; nobody is asked for more, and each of it may be left out. */
export interface Coming {
  readonly called: string | null;
  readonly role: Attendance | null;
  readonly beside: string | null;
}

/** A code as it may be typed: in small letters, with spaces or dashes; null when it cannot be one. */
export function codeAsTyped(typed: string): string | null {
  const signs = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–.·]/g, '');
  const isCode = signs.length === codeLength && [...signs].every((sign) => codeSigns.includes(sign));
  return isCode ? signs : null;
}

/** Whether one more person fits on this phone; who left still counts, so that nobody is two people by coming and going. */
export const fitsOnPhone = (people: number): boolean => people < limits.participantsOnPhone;
