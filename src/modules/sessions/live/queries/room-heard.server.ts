import { withViewer } from '#platform/db.server.ts';
import { log } from '#platform/log.ts';
import { house } from '#platform/viewer.ts';
import {
  changedCounts,
  countsEvery,
  countsWords,
  eventWords,
  missed,
  type RoomCounts,
  type RoomEvent,
} from '../model.ts';
import { eventsAfter, roomCounts } from '../queries.server.ts';

/** One open page that listens. */
export interface Ear {
  /** The number of the last event it heard. */
  heard: number;
  say(bytes: Uint8Array): void;
  end(): void;
}

/** How many events are kept at hand, for who was away for a moment. */
const atHand = 256;
/** What nobody told us of is looked up this often, in milliseconds. */
const lookAnyway = 10_000;

/** A room as this process hears it: everyone in it hears every event once and in order, and counts as small differences. */
export class RoomHeard {
  readonly #session: string;
  readonly #ears = new Set<Ear>();
  /** Who is being told what they missed, and does not hear the others yet. */
  readonly #coming = new Set<Ear>();
  #recent: RoomEvent[] = [];
  /** The number of the last event that went round. */
  last: number;
  #counts: RoomCounts | null = null;
  #count: Promise<void> | null = null;
  #countAgain = false;
  #counting = false;
  #looking = false;
  #lookAgain = false;
  #anyway: NodeJS.Timeout | undefined;

  constructor(session: string, last: number) {
    this.#session = session;
    this.last = last;
  }

  get isEmpty(): boolean {
    return this.#ears.size + this.#coming.size === 0;
  }

  /** Tells this one what it missed and how the counts stand; from then on it hears what everyone hears. */
  async join(ear: Ear): Promise<void> {
    this.#coming.add(ear);
    this.#anyway ??= setInterval(() => {
      this.lookAgain();
      this.countSoon();
    }, lookAnyway).unref();
    // What was put back from an older copy has smaller numbers than a phone may remember.
    ear.heard = Math.min(ear.heard, this.last);
    const first = this.#recent[0]?.number ?? this.last + 1;
    const older =
      ear.heard + 1 < first ? await withViewer(house, (tx) => eventsAfter(tx, this.#session, ear.heard)) : [];
    if (!this.#counts) await this.#countOnce();
    const newer = this.#recent.filter(({ number }) => number > (older.at(-1)?.number ?? ear.heard));
    // From here on nothing waits, so nothing can happen in between. Who left meanwhile is not here any more.
    if (!this.#coming.delete(ear)) return;
    this.#ears.add(ear);
    for (const event of missed([...older, ...newer])) this.#sayEvent(ear, event, bytesOf(eventWords(event)));
    if (this.#counts) ear.say(bytesOf(countsWords(this.#counts)));
  }

  leave(ear: Ear): void {
    this.#ears.delete(ear);
    this.#coming.delete(ear);
    if (!this.isEmpty) return;
    clearInterval(this.#anyway);
    this.#anyway = undefined;
  }

  /** Says the same to everyone. */
  say(words: string): void {
    const bytes = bytesOf(words);
    for (const ear of this.#ears) ear.say(bytes);
  }

  /** Something may have happened: looks it up and tells everyone. Asked again meanwhile, it looks once more. */
  lookAgain(): void {
    this.#lookAgain = true;
    if (this.#looking) return;
    this.#looking = true;
    void this.#look()
      .catch((error: unknown) => log.tellSurprise(error))
      .finally(() => (this.#looking = false));
  }

  async #look(): Promise<void> {
    while (this.#lookAgain) {
      this.#lookAgain = false;
      const events = await withViewer(house, (tx) => eventsAfter(tx, this.#session, this.last));
      for (const event of events) {
        this.last = event.number;
        this.#recent.push(event);
        const bytes = bytesOf(eventWords(event));
        for (const ear of this.#ears) this.#sayEvent(ear, event, bytes);
      }
      this.#recent = this.#recent.slice(-atHand);
      if (events.length > 0) this.countSoon();
    }
  }

  #sayEvent(ear: Ear, { number }: RoomEvent, bytes: Uint8Array): void {
    if (number <= ear.heard) return;
    ear.heard = number;
    ear.say(bytes);
  }

  /** Counts anew and tells what changed, at once and then at most twice a second. */
  countSoon(): void {
    this.#countAgain = true;
    if (this.#counting) return;
    this.#counting = true;
    void this.#countInTurn()
      .catch((error: unknown) => log.tellSurprise(error))
      .finally(() => (this.#counting = false));
  }

  async #countInTurn(): Promise<void> {
    while (this.#countAgain && !this.isEmpty) {
      this.#countAgain = false;
      await this.#countOnce();
      await new Promise((resolve) => setTimeout(resolve, countsEvery));
    }
  }

  /** Counts; who asks while it is being counted gets the same answer. */
  #countOnce(): Promise<void> {
    this.#count ??= withViewer(house, (tx) => roomCounts(tx, this.#session))
      .then((counts) => {
        const changed = changedCounts(this.#counts, counts);
        this.#counts = counts;
        if (changed) this.say(countsWords(changed));
      })
      .finally(() => (this.#count = null));
    return this.#count;
  }
}

const bytesOf = (words: string): Uint8Array => Buffer.from(words);
