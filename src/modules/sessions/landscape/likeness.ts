import type { Given } from './projection.ts';

/**
 * People sorted into `k` groups by how they answer (a mixture over agree, pass and disagree): in each group each statement has its own
 * shares of the three answers, drawn towards the shares of all by `caution` answers, so that a small group is not believed on its word.
 */
export interface Sorted {
  readonly k: number;
  readonly member: Int8Array;
  readonly sizes: readonly number[];
  /** How well the groups foretell the answers: log-likelihood, in weighed answers. */
  readonly fits: number;
}

const caution = 8;
/**
 * How far one person's answers hang together for other reasons than a group: n of them count as n / (1 + (n - 1) * together), else two
 * hundred answers of a person would outweigh all doubt. Chosen with `caution` on made-up rooms: at 0.03 groups are found beyond those
 * that were planted, at 0.1 planted ones are missed.
 */
const together = 0.06;
const mostRounds = 40;
const firstRounds = 4;
const carriedOn = 2;
/** What a round must gain in log-likelihood to be worth another. */
const worthwhile = 0.003;

/** Sorts the people of a room into k groups, again and again from other first guesses, in the same memory. */
export class Sorting {
  readonly #given: Given;
  readonly #k: number;
  /** How often each answer was given, each person's answers counted together as `together` says. */
  readonly #weighed: Float64Array;
  /** What each group answered, `[group][3 * statement + vote + 1]`, and how much likelier than in the first group each answer is. */
  readonly #answered: Float64Array[];
  readonly #likelier: Float64Array[];
  readonly #first: Float64Array;
  readonly #size: Float64Array;
  readonly #usual: Float64Array;
  readonly #speaks: Float64Array;

  constructor(given: Given, k: number) {
    const wide = given.totals.length;
    this.#given = given;
    this.#k = k;
    this.#answered = Array.from({ length: k }, () => new Float64Array(wide));
    this.#likelier = Array.from({ length: k }, () => new Float64Array(wide));
    this.#first = new Float64Array(wide);
    this.#weighed = new Float64Array(wide);
    this.#size = new Float64Array(k);
    this.#usual = new Float64Array(k);
    this.#speaks = new Float64Array(k);
    const { people, from, answer } = given;
    for (let who = 0; who < people; who++) {
      const [start, end] = [from[who] as number, from[who + 1] as number];
      addTo(this.#weighed, weightOf(end - start), answer, start, end);
    }
  }

  /** The best sorting that is reached from any of the first guesses; the likeliest two are carried to the end. */
  best(guesses: readonly ArrayLike<number>[]): Sorted {
    const tried = guesses.map((guess) => this.from(guess, firstRounds));
    const ahead = tried.sort((one, other) => other.fits - one.fits).slice(0, carriedOn);
    return ahead
      .map(({ member }) => this.from(member))
      .reduce((one, other) => (other.fits > one.fits ? other : one));
  }

  /** Sorts from a first guess of who belongs where (-1 where there is none), in at most `rounds` rounds, until nothing is gained. */
  from(guess: ArrayLike<number>, rounds = mostRounds): Sorted {
    const member = Int8Array.from(guess);
    this.#begin(member);
    let fits = -Infinity;
    for (let round = 0; round < rounds; round++) {
      this.#learn();
      const now = this.#place(member);
      const settled = now - fits < worthwhile;
      fits = now;
      if (settled) break;
    }
    const sizes = new Array<number>(this.#k).fill(0);
    for (const group of member) (sizes[group] as number)++;
    return { k: this.#k, member, sizes, fits };
  }

  #begin(member: Int8Array): void {
    const { people, from, answer } = this.#given;
    for (const table of this.#answered) table.fill(0);
    this.#size.fill(0);
    for (let who = 0; who < people; who++) {
      const group = member[who] as number;
      // Of whom nothing is known yet, nothing is learnt.
      if (group < 0) continue;
      (this.#size[group] as number)++;
      addTo(this.#answered[group] as Float64Array, 1, answer, from[who] as number, from[who + 1] as number);
    }
  }

  /** From what each group answered to how likely each answer is there. */
  #learn(): void {
    const { totals, people } = this.#given;
    for (let group = 0; group < this.#k; group++) {
      this.#usual[group] = Math.log(((this.#size[group] as number) + 1) / (people + this.#k));
      foretell(
        this.#answered[group] as Float64Array,
        totals,
        group === 0 ? this.#first : (this.#likelier[group] as Float64Array),
      );
      if (group > 0) takeAway(this.#likelier[group] as Float64Array, this.#first);
    }
  }

  /** From how likely the answers are to how far each person belongs to each group; answers the log-likelihood of all. */
  #place(member: Int8Array): number {
    const { people, from, answer, totals } = this.#given;
    const k = this.#k;
    const speaks = this.#speaks;
    const usual = this.#usual;
    this.#size.fill(0);
    this.#size[0] = people;
    (this.#answered[0] as Float64Array).set(totals);
    for (let group = 1; group < k; group++) (this.#answered[group] as Float64Array).fill(0);
    let fits = product(this.#weighed, this.#first);
    for (let who = 0; who < people; who++) {
      const start = from[who] as number;
      const end = from[who + 1] as number;
      const weight = weightOf(end - start);
      speaks[0] = usual[0] as number;
      let best = 0;
      for (let group = 1; group < k; group++) {
        const told = sumOver(this.#likelier[group] as Float64Array, answer, start, end);
        speaks[group] = (usual[group] as number) + weight * told;
        if ((speaks[group] as number) > (speaks[best] as number)) best = group;
      }
      member[who] = best;
      const most = speaks[best] as number;
      let whole = 0;
      for (let group = 0; group < k; group++)
        whole += speaks[group] = Math.exp((speaks[group] as number) - most);
      fits += most + Math.log(whole);
      for (let group = 1; group < k; group++) {
        const belongs = (speaks[group] as number) / whole;
        (this.#size[group] as number) += belongs;
        addTo(this.#answered[group] as Float64Array, belongs, answer, start, end);
      }
    }
    // Who is in no other group is in the first.
    for (let group = 1; group < k; group++) {
      (this.#size[0] as number) -= this.#size[group] as number;
      takeAway(this.#answered[0] as Float64Array, this.#answered[group] as Float64Array);
    }
    return fits;
  }
}

const weightOf = (answers: number): number => 1 / (1 + Math.max(0, answers - 1) * together);

function foretell(answered: Float64Array, totals: Float64Array, likely: Float64Array): void {
  for (let cell = 0; cell < totals.length; cell += 3) {
    const all =
      caution / ((totals[cell] as number) + (totals[cell + 1] as number) + (totals[cell + 2] as number) + 3);
    const [no, pass, yes] = [
      answered[cell] as number,
      answered[cell + 1] as number,
      answered[cell + 2] as number,
    ];
    const seen = Math.log(no + pass + yes + caution);
    likely[cell] = Math.log(no + all * ((totals[cell] as number) + 1)) - seen;
    likely[cell + 1] = Math.log(pass + all * ((totals[cell + 1] as number) + 1)) - seen;
    likely[cell + 2] = Math.log(yes + all * ((totals[cell + 2] as number) + 1)) - seen;
  }
}

function sumOver(table: Float64Array, answer: Int32Array, start: number, end: number): number {
  let sum = 0;
  for (let at = start; at < end; at++) sum += table[answer[at] as number] as number;
  return sum;
}

function addTo(table: Float64Array, much: number, answer: Int32Array, start: number, end: number): void {
  for (let at = start; at < end; at++) (table[answer[at] as number] as number) += much;
}

function takeAway(from: Float64Array, what: Float64Array): void {
  for (let at = 0; at < from.length; at++) (from[at] as number) -= what[at] as number;
}

function product(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] as number) * (other[at] as number);
  return sum;
}
