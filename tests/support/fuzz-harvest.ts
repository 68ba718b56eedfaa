import { doors } from '../../src/doors.ts';
import { openApi } from '../../src/modules/initiatives/exchange/openapi/model.ts';
import { lists } from '../../src/modules/initiatives/hsds/model.ts';
import { hsdsOpenApi } from '../../src/modules/initiatives/hsds/openapi/model.ts';
import { keptQuestions } from '../../src/platform/http/body-cache.ts';
import { languages } from '../../src/platform/i18n/languages.ts';
import type { Slot } from './fuzz-values.ts';

/** One way a door can be asked: by a question in its address, or by a form of a page. */
export interface Way {
  readonly door: string;
  readonly method: string;
  /** An address with its words in brackets, as the router writes it. */
  readonly address: string;
  readonly slots: readonly Slot[];
  /** How a form is sent. */
  readonly sent?: 'multipart/form-data' | 'application/x-www-form-urlencoded';
}

interface Operation {
  readonly parameters: readonly { name: string; in: string; schema: Schema }[];
}
interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly maximum?: number;
}

const slotOf = (name: string, { type = 'string', format, enum: choices, items, maximum }: Schema): Slot => ({
  name,
  type: format ?? items?.format ?? type,
  choices: choices ?? items?.enum ?? [],
  most: maximum,
});

const house = { origin: 'https://stones.example', mail: 'info@stones.example' };

/** Every door of the open data, with the parameters its description tells. */
export function waysDescribed(): Way[] {
  return (
    [
      ['/data/v1', openApi(house)],
      ['/hsds/3.0', hsdsOpenApi(house)],
    ] as const
  ).flatMap(([root, told]) => {
    const paths = JSON.parse(JSON.stringify(told.paths)) as Record<string, { get: Operation }>;
    return Object.entries(paths).map(([path, { get }]): Way => {
      const address = `${root}${path === '/' ? '' : path.replaceAll(/\{(\w+)\}/g, '[$1]')}`;
      return {
        door: doorAt(address.replaceAll(/\[(\w+)\]/g, 'x'))?.door ?? address,
        method: 'GET',
        address,
        slots: get.parameters.filter((one) => one.in === 'query').map((one) => slotOf(one.name, one.schema)),
      };
    });
  });
}

const questions = [...keptQuestions].map((name): Slot => ({ name, type: 'string', choices: [] }));

/** Every other door, asked by the questions pages know, and by a form without fields where it takes one. */
export function waysDeclared(): Way[] {
  return Object.entries(doors).flatMap(([door, ways]) =>
    /^\/(data|hsds)\//.test(door)
      ? []
      : Object.keys(ways).map((method): Way => ({
          door,
          method,
          address: door,
          slots: method === 'GET' ? questions : [],
        })),
  );
}

const routes = Object.keys(doors).map((door) => {
  const names: string[] = [];
  const pattern = door.replaceAll(
    /\/\[\[(\w+)(?:=(\w+))?\]\]|\/\[(\w+)(?:=(\w+))?\]/g,
    (_, maybe: string, kind: string, must: string, list: string) => {
      names.push(maybe ?? must);
      if (kind === 'language') return `(?:/(${languages.join('|')}))?`;
      if (list === 'hsds') return `/(${lists.join('|')})`;
      return maybe ? '(?:/([^/]+))?' : '/([^/]+)';
    },
  );
  return { door, names, pattern: new RegExp(`^${pattern.replaceAll('.', '\\.') || '/'}/?$`) };
});

/** Which door an address leads to, and the words it has in it; null when to none. */
export function doorAt(path: string): { door: string; words: ReadonlyMap<string, string> } | null {
  for (const { door, names, pattern } of routes) {
    const met = pattern.exec(path);
    if (met)
      return {
        door,
        words: new Map(names.flatMap((name, at) => (met[at + 1] ? [[name, met[at + 1] ?? '']] : []))),
      };
  }
  return null;
}

const attribute = (tag: string, name: string): string | null => {
  const found = new RegExp(`\\s${name}(?:=(?:"([^"]*)"|'([^']*)'|([^\\s>]+)))?(?=[\\s>/])`, 'i').exec(tag);
  return found
    ? (found[1] ?? found[2] ?? found[3] ?? '').replaceAll('&amp;', '&').replaceAll('&quot;', '"')
    : null;
};

/** The forms of a page, with their fields and what can be chosen in each. */
export function formsIn(html: string, path: string): Way[] {
  return [...html.matchAll(/<form\b[^>]*>[^]*?<\/form>/gi)].flatMap(([form]): Way[] => {
    const [head = ''] = /^<form\b[^>]*>/i.exec(form) ?? [];
    const address = new URL(attribute(head, 'action') ?? '', `http://house${path}`);
    const method = (attribute(head, 'method') ?? 'get').toUpperCase();
    const door = doorAt(address.pathname)?.door;
    if (!door || address.host !== 'house') return [];
    const sent =
      attribute(head, 'enctype') === 'multipart/form-data'
        ? 'multipart/form-data'
        : 'application/x-www-form-urlencoded';
    return [
      {
        door,
        method,
        address: `${address.pathname}${method === 'GET' ? '' : address.search}`,
        slots: slotsIn(form),
        sent,
      },
    ];
  });
}

function slotsIn(form: string): Slot[] {
  const slots = new Map<string, Slot>();
  const add = (name: string | null, type: string, choices: readonly string[], most?: number) => {
    if (!name) return;
    const before = slots.get(name);
    slots.set(name, { name, type, choices: [...(before?.choices ?? []), ...choices], most });
  };
  for (const [tag] of form.matchAll(/<(?:input|button)\b[^>]*>/gi)) {
    const type = attribute(tag, 'type') ?? 'text';
    const value = attribute(tag, 'value');
    const chosen = ['hidden', 'radio', 'checkbox', 'submit'].includes(type) || tag.startsWith('<button');
    add(
      attribute(tag, 'name'),
      type,
      chosen && value !== null ? [value] : [],
      Number(attribute(tag, 'maxlength')) || undefined,
    );
  }
  for (const [, head = '', body = ''] of form.matchAll(/(<select\b[^>]*>)([^]*?)<\/select>/gi)) {
    const options = [...body.matchAll(/<option\b[^>]*>/gi)].map(
      ([option]) => attribute(option, 'value') ?? '',
    );
    add(attribute(head, 'name'), 'select', options);
  }
  for (const [head] of form.matchAll(/<textarea\b[^>]*>/gi))
    add(attribute(head, 'name'), 'textarea', [], Number(attribute(head, 'maxlength')) || undefined);
  return [...slots.values()];
}

/** Where the links of a page lead within the house. */
export const linksIn = (html: string): string[] =>
  [...html.matchAll(/<a\b[^>]*\shref="(\/[^"#?]*)/gi)].map((link) => link[1] ?? '');
