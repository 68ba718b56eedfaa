import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { doorAt, formsIn, linksIn, waysDeclared, waysDescribed, type Way } from './fuzz-harvest.ts';
import { Chance, pairsFor, valueFor } from './fuzz-values.ts';

/** Someone who asks; the cookie may be another each time it is looked at. */
export interface Asker {
  readonly name: string;
  cookie: string;
}

export interface FuzzWishes {
  readonly url: string;
  readonly requests: number;
  readonly seed: number;
  readonly askers: readonly Asker[];
  /** Words that stand for something in an address, by the name of their place in it: slugs, keys, words that were mailed. */
  readonly words: Readonly<Record<string, readonly string[]>>;
  /** Called now and then, so that who signed out or left can be let in again. */
  readonly renew: () => Promise<void>;
}

export interface FuzzReport {
  readonly asked: number;
  readonly byStatus: ReadonlyMap<number, number>;
  readonly byMethod: ReadonlyMap<string, number>;
  /** Doors that let someone in, with how often. */
  readonly entered: ReadonlyMap<string, number>;
  readonly doors: ReadonlySet<string>;
  readonly forms: number;
  readonly offences: readonly string[];
  readonly slowest: { readonly ms: number; readonly what: string };
}

interface Question {
  readonly way: Way;
  readonly asker: Asker;
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer | undefined;
}

const atOnce = 6;
const mostForms = 400;

/**
 * Asks every door of a house again and again with questions that are built from the descriptions of its open data, from what
 * doors are declared and from the forms of its own pages, as each of the askers; answers what came of it. The same seed
 * builds the same questions, as far as the house gives the same answers.
 */
export async function fuzz(wishes: FuzzWishes): Promise<FuzzReport> {
  const corpus = new Corpus(wishes);
  const report = {
    asked: 0,
    byStatus: new Map<number, number>(),
    byMethod: new Map<string, number>(),
    entered: new Map<string, number>(),
    doors: new Set<string>(),
    offences: [] as string[],
    slowest: { ms: 0, what: '' },
  };
  const count = <Key>(counts: Map<Key, number>, key: Key) => counts.set(key, (counts.get(key) ?? 0) + 1);
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  let left = wishes.requests;
  const one = async () => {
    while (left > 0) {
      left--;
      if (left % 100 === 99) await wishes.renew();
      const question = corpus.question();
      const began = performance.now();
      const answer = await ask(wishes.url, question, agent);
      const ms = performance.now() - began;
      report.asked++;
      report.doors.add(question.way.door);
      count(report.byStatus, answer.status);
      count(report.byMethod, question.method);
      if (answer.status < 400) count(report.entered, question.way.door);
      if (ms > report.slowest.ms) report.slowest = { ms, what: shown(question) };
      const wrongs = wrongsIn(answer);
      if (wrongs.length > 0 && report.offences.length < 50)
        report.offences.push(`${shown(question)}: ${wrongs.join('; ')}`);
      corpus.learn(answer, question);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  agent.destroy();
  return { ...report, forms: corpus.forms };
}

/** All that can be asked, growing with every page that shows a form or a link. */
class Corpus {
  readonly #chance: Chance;
  readonly #wishes: FuzzWishes;
  readonly #doors = new Map<string, Map<string, Way>>();
  readonly #words = new Map<string, string[]>();
  #forms = 0;

  constructor(wishes: FuzzWishes) {
    this.#wishes = wishes;
    this.#chance = new Chance(wishes.seed);
    for (const [name, words] of Object.entries(wishes.words)) this.#words.set(name, [...words]);
    for (const way of [...waysDescribed(), ...waysDeclared()]) this.#add(way);
  }

  get forms(): number {
    return this.#forms;
  }

  #add(way: Way): boolean {
    const ways = this.#doors.get(way.door) ?? new Map<string, Way>();
    this.#doors.set(way.door, ways);
    const deed = /\?.*$/.exec(way.address)?.[0] ?? '';
    const name = `${way.method} ${deed} ${way.slots.map((slot) => slot.name).join()}`;
    // A form is worth keeping once; the newest has the hidden fields that still count.
    const isNew = !ways.has(name);
    ways.set(name, way);
    return isNew;
  }

  question(): Question {
    const chance = this.#chance;
    const ways = [...(this.#doors.get(chance.oneOf([...this.#doors.keys()]))?.values() ?? [])];
    const posts = ways.filter(({ method }) => method === 'POST');
    const way = posts.length > 0 && chance.often(0.6) ? chance.oneOf(posts) : chance.oneOf(ways);
    const asker = chance.oneOf(this.#wishes.askers);
    const method = chance.often(0.03)
      ? chance.oneOf(['HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'POST'])
      : way.method;
    const pairs = pairsFor(chance, way.slots, chance.oneOf([0.1, 0.5, 0.95]));
    const path = this.#address(way.address);
    const asks = method === 'GET' || method === 'HEAD';
    const mark = path.includes('?') ? '&' : '?';
    const query = asks && pairs.length > 0 ? `${mark}${new URLSearchParams(pairs).toString()}` : '';
    const sent =
      asks || method === 'OPTIONS' ? { body: undefined, type: undefined } : this.#body(pairs, way.sent);
    return {
      ...{ way, asker, method, path: `${path}${query}`, body: sent.body },
      headers: this.#headers(way.door, asker, sent.type, sent.body?.byteLength),
    };
  }

  /** An address with its places filled: by words that lead somewhere, and by words that nobody means well. */
  #address(address: string): string {
    const chance = this.#chance;
    const [path = '', query] = address.split('?', 2);
    const filled = path.replaceAll(/\/\[+(\w+)(?:=\w+)?\]+/g, (_, name: string) => {
      if (name === 'lang') return chance.often(0.9) ? `/${chance.oneOf(['nl', 'nl', 'en', 'ar', 'ti'])}` : '';
      const known = this.#words.get(name) ?? [];
      const word =
        known.length > 0 && chance.often(0.8)
          ? chance.oneOf(known)
          : valueFor(chance, { name, type: 'uuid', choices: [] });
      return `/${encodeURIComponent(word.toWellFormed()).slice(0, 600)}`;
    });
    return `${filled || '/'}${query === undefined ? '' : `?${query}`}`;
  }

  #headers(
    door: string,
    asker: Asker,
    type: string | undefined,
    length: number | undefined,
  ): Record<string, string> {
    const chance = this.#chance;
    const programs = /^\/(data|hsds)\//.test(door);
    const accepts = programs
      ? ['*/*', 'application/json', 'text/csv', 'application/*;q=0.1', 'text/html']
      : ['text/html'];
    const cookie = chance.often(0.04)
      ? chance.oneOf(['__Host-session=x', 'a=b; __Host-session=%00', '=', '__Host-asked=x'])
      : asker.cookie;
    const origin = chance.often(0.95)
      ? this.#wishes.url
      : chance.oneOf(['https://elsewhere.example', 'null']);
    return {
      accept: chance.often(0.05)
        ? chance.oneOf(['', ';', 'x/y', '*/*;q=0', 'application/json, text/html'])
        : chance.oneOf(accepts),
      ...(chance.often(0.1) && { 'accept-language': chance.oneOf(['ar', 'xx, *;q=0', 'nl;q=9', ',,,']) }),
      ...(chance.often(0.03) && { 'if-none-match': chance.oneOf(['*', '"x"', 'W/"y", "z"']) }),
      ...(cookie && { cookie }),
      ...(type !== undefined && { 'content-type': type, 'content-length': String(length ?? 0), origin }),
    };
  }

  #body(pairs: readonly [string, string][], sent: Way['sent']): { body: Buffer; type: string } {
    const chance = this.#chance;
    if (chance.often(0.04)) {
      const type = chance.oneOf([
        'application/json',
        'text/plain',
        'multipart/form-data',
        'multipart/form-data; boundary=x',
        'x',
      ]);
      return { body: Buffer.from(chance.oneOf(['{"a":', '--x\r\n', '', '%', pairs.join()])), type };
    }
    if (sent !== 'multipart/form-data' && chance.often(0.95))
      return {
        body: Buffer.from(new URLSearchParams([...pairs]).toString()),
        type: 'application/x-www-form-urlencoded',
      };
    const parts = pairs.map(([name, value]) => {
      const file =
        name === 'file' || chance.often(0.05)
          ? `; filename="${chance.oneOf(['a.csv', 'a.xlsx', '../a', ''])}"`
          : '';
      return `--fuzz\r\nContent-Disposition: form-data; name="${name.replaceAll(/["\r\n]/g, '')}"${file}\r\n\r\n${value}\r\n`;
    });
    return { body: Buffer.from(`${parts.join('')}--fuzz--\r\n`), type: 'multipart/form-data; boundary=fuzz' };
  }

  /** What a page shows can be asked next: its forms, and the words its links have in them. */
  learn({ body, headers }: Answer, { path }: Question): void {
    if (!String(headers['content-type'] ?? '').includes('html')) return;
    if (this.#forms < mostForms)
      for (const form of formsIn(body, path.split('?')[0] ?? path)) if (this.#add(form)) this.#forms++;
    for (const link of linksIn(body))
      for (const [name, word] of doorAt(link)?.words ?? []) {
        const known = this.#words.get(name) ?? [];
        this.#words.set(name, known);
        if (known.length < 200 && !known.includes(word)) known.push(word);
      }
  }
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function ask(url: string, { method, path, headers, body }: Question, agent: Agent): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const broken = (why: string) => resolve({ status: 0, headers: {}, body: why });
    const asked = request({ hostname, port, path, method, headers, agent, timeout: 30_000 }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', (error) => broken(error.message));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer in 30 s')));
    asked.on('error', (error) => broken(error.message));
    asked.end(body);
  });
}

const insides =
  /\n\s+at .+:\d+:\d+|node_modules|\.server\.ts:\d|PostgresError|syntax error at|violates .* constraint/;

function wrongsIn({ status, headers, body }: Answer): string[] {
  return [
    ...(status >= 500 ? [`answers ${status}`] : []),
    ...(status === 0 ? [`does not answer (${body})`] : []),
    ...(insides.test(body) ? ['shows its insides'] : []),
    ...(status > 0 && headers['x-content-type-options'] !== 'nosniff' ? ['goes without its guards'] : []),
    ...(String(headers['content-type']).includes('html') &&
    /<script>alert|<img src=x|<svg\/onload/i.test(body)
      ? ['repeats markup unescaped']
      : []),
  ];
}

/** A question as it can be asked again by hand. */
function shown({ asker, method, path, headers, body }: Question): string {
  const brought = body ? ` (${headers['content-type'] ?? ''}) ${body.toString('utf8').slice(0, 400)}` : '';
  return `${asker.name}: ${method} ${path.slice(0, 400)}${brought}`;
}
