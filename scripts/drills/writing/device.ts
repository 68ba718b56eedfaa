import { randomUUID } from 'node:crypto';
import type { Draw } from '#modules/publications/writing/merging/model.ts';
import type { Deed } from '#modules/publications/writing/model.ts';

/** A block as a page shows it. */
export interface Seen {
  readonly id: string;
  readonly version: number;
  readonly text: string;
  readonly draws: readonly Draw[];
  readonly gone: boolean;
  readonly beside: readonly { readonly id: string; readonly text: string }[];
}

/** Sends a deed; throws when the line broke, before or after it reached the house. */
export type Send = (deed: Deed) => Promise<void>;

/**
 * The device of a writer, as static/writing.js does it: what was typed waits in a queue under a key of its own until the house says it has
 * it, and each next wording of a block names the one before of which the device does not know yet how it landed.
 */
export class Device {
  #seen: readonly Seen[] = [];
  readonly #mine = new Map<string, { text: string; draws: readonly Draw[]; base: number; op: string }>();
  readonly #queue: Deed[] = [];
  readonly #acknowledged = new Set<string>();

  get waits(): number {
    return this.#queue.length;
  }
  get blocks(): readonly Seen[] {
    return this.#seen;
  }
  /** The words and draws of a block as its writer has them before them. */
  now(block: Seen): { readonly text: string; readonly draws: readonly Draw[] } {
    return this.#mine.get(block.id) ?? block;
  }
  write(block: Seen, text: string, draws: readonly Draw[]): void {
    const before = this.#mine.get(block.id);
    const op = randomUUID();
    const base = before?.base ?? block.version;
    this.#mine.set(block.id, { text, draws, base, op });
    this.#queue.push({
      ...{ deed: 'write', op, paragraph: block.id, base, text, draws, because: null },
      follows: before?.op ?? null,
    });
  }
  do(deed: Deed): void {
    this.#queue.push(deed);
  }
  /** Sends what waits, in order; whatever the house did not answer is sent again, under the same key. */
  async flush(send: Send): Promise<void> {
    for (let [first] = this.#queue; first; [first] = this.#queue) {
      await send(first);
      this.#acknowledged.add(first.op);
      this.#queue.shift();
    }
  }
  /** The page, made anew; what is not sent yet stays as its writer typed it. */
  look(seen: readonly Seen[]): void {
    this.#seen = seen;
    for (const [id, { op }] of this.#mine) if (this.#acknowledged.has(op)) this.#mine.delete(id);
  }
}
