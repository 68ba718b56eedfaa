import { withViewer, type Tx } from '#platform/db.server.ts';
import { phoneOf, type RoomPhone } from '../access.ts';
import type { aPhone } from '../testing.ts';
import type { Saying } from './input.ts';

export type Phone = Awaited<ReturnType<typeof aPhone>>;
/** The proof that this is a phone in a room. */
export const proof = ({ viewer }: Phone) => phoneOf(viewer) as RoomPhone;
/** What this phone asks or does. */
export const as = <Answer>({ viewer }: Phone, work: (tx: Tx) => Promise<Answer>) => withViewer(viewer, work);
/** Something someone on this phone says, in the first step and in Dutch unless told otherwise. */
export const saying = (phone: Phone, text: string, more: Partial<Saying> = {}): Saying => ({
  who: phone.participant,
  step: 1,
  language: 'nl',
  text,
  side: null,
  anyway: false,
  ...more,
});
