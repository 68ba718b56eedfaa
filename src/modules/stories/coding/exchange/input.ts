import { ok, refused, type Result } from '#platform/result.ts';
import { unpack } from '#platform/spreadsheet/zip.ts';
import { readXml, type Element, type XmlRefusal } from '#platform/xml.ts';
import type { Note, Project, Selection, TextSource, TravellingCode, VoiceCase } from './model.ts';

export const limits = {
  bytes: 20 * 1024 * 1024,
  bytesInside: 60 * 1024 * 1024,
  depth: 40,
  elements: 200_000,
  codes: 2_000,
} as const;

export type ExchangeRefusal =
  | XmlRefusal
  | 'too_big'
  | 'not_an_archive'
  | 'no_project'
  | 'not_qda'
  | 'lacks_guid'
  | 'lacks_name'
  | 'guid_twice'
  | 'too_many_codes'
  | 'bad_position';

/** Something in the file that has no place here, so that nothing is lost unseen. */
export interface Unplaced {
  readonly element: string;
  readonly line: number;
}

/** What was read; a text that is not in the file is null. */
export interface Brought {
  readonly project: Project;
  readonly texts: ReadonlyMap<string, string>;
  readonly unplaced: readonly Unplaced[];
}

/** Where it went wrong, while reading; becomes a refusal at the door of this file. */
class Wrong extends Error {
  readonly reason: ExchangeRefusal;
  readonly at: Element;
  constructor(reason: ExchangeRefusal, at: Element) {
    super(reason);
    this.reason = reason;
    this.at = at;
  }
}

const spaces = [/^urn:QDA-XML:project:1[.:]0$/, /^urn:QDA-XML:codebook:1[.:]0$/];

/** Reads a .qdpx project or a .qdc codebook by what is in it; a refusal says in which element and at which line. */
export async function readExchange(file: Buffer): Promise<Result<Brought, ExchangeRefusal>> {
  if (file.length > limits.bytes) return refused('too_big', { megabytes: limits.bytes / 1024 / 1024 });
  if (file.subarray(0, 2).toString('latin1') !== 'PK') return readText(file, new Map());
  // Names only ever serve to find what the project speaks of; nothing is written anywhere.
  const wanted = (name: string) => /^(project\.qde|sources\/[^/\\]{1,200}\.txt)$/i.test(name);
  const archive = await unpack(file, wanted, limits.bytesInside);
  if (!archive.ok) {
    return archive.reason === 'too_big_inside'
      ? refused('too_big', { megabytes: limits.bytesInside / 1024 / 1024 })
      : refused('not_an_archive');
  }
  const files = new Map([...archive.files].map(([name, bytes]) => [name.toLowerCase(), bytes]));
  const project = files.get('project.qde');
  return project ? readText(project, files) : refused('no_project');
}

function readText(bytes: Buffer, files: ReadonlyMap<string, Buffer>): Result<Brought, ExchangeRefusal> {
  const read = readXml(plainText(bytes), limits);
  if (!read.ok) return refused(read.reason, { line: read.line, element: read.element });
  try {
    return ok(broughtFrom(read.root, files));
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    return refused(error.reason, { line: error.at.line, element: error.at.name });
  }
}

const plainText = (bytes: Buffer) =>
  new TextDecoder('utf-8', { ignoreBOM: false }).decode(bytes).replace(/\r\n?/g, '\n');

function broughtFrom(root: Element, files: ReadonlyMap<string, Buffer>): Brought {
  const isCodebook = root.name === 'CodeBook';
  if (!(isCodebook || root.name === 'Project') || !spaces.some((space) => space.test(root.space)))
    throw new Wrong('not_qda', root);
  const unplaced: Unplaced[] = [];
  const texts = new Map<string, string>();
  const book = isCodebook ? root : child(root, 'CodeBook');
  const inside = (name: string) => child(root, name)?.children ?? [];
  const codes = (book && child(book, 'Codes')?.children) ?? [];
  insistOnCodes(codes);
  const known = ['Users', 'CodeBook', 'Variables', 'Cases', 'Sources', 'Notes', 'Links'];
  const tell = (some: readonly Element[]) =>
    some.forEach(({ name, line }) => unplaced.push({ element: name, line }));
  tell((isCodebook ? root.children : []).filter(({ name }) => name !== 'Codes'));
  tell((isCodebook ? [] : root.children).filter(({ name }) => !known.includes(name)));
  const sources = inside('Sources').flatMap((source) => {
    if (source.name !== 'TextSource') return (tell([source]), []);
    const guid = guidOf(source);
    const text = textOf(source, files);
    if (text !== null) texts.set(guid, text);
    tell(all(source, 'Coding').concat(all(source, 'VariableValue')));
    return [sourceOf(source, guid, text ?? '')];
  });
  return {
    texts,
    unplaced,
    project: {
      name: root.attributes.name ?? '',
      users: inside('Users').map((user) => ({ guid: guidOf(user), name: user.attributes.name ?? '' })),
      codes: codes.map(codeOf),
      variables: inside('Variables').map((each) => ({ guid: guidOf(each), name: nameOf(each) })),
      cases: inside('Cases').map(caseOf),
      sources,
      notes: inside('Notes').map((note) => noteOf(note, files)),
      links: inside('Links').map((link) => ({
        guid: guidOf(link),
        name: link.attributes.name ?? '',
        from: same(link.attributes.originGUID ?? ''),
        to: same(link.attributes.targetGUID ?? ''),
      })),
    },
  };
}

const child = (of: Element, name: string) => of.children.find((each) => each.name === name);
const all = (of: Element, name: string) => of.children.filter((each) => each.name === name);
const same = (guid: string) => guid.replace(/[{}]/g, '').toLowerCase();
const isGuid = /^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;
const described = (of: Element) => child(of, 'Description')?.text ?? '';

function guidOf(of: Element): string {
  const given = of.attributes.guid ?? '';
  if (!isGuid.test(given)) throw new Wrong('lacks_guid', of);
  return same(given);
}
function nameOf(of: Element): string {
  const name = of.attributes.name?.trim() ?? '';
  if (name === '') throw new Wrong('lacks_name', of);
  return name;
}
const targets = (of: Element, name: string) =>
  all(of, name).map((each) => same(each.attributes.targetGUID ?? ''));

function insistOnCodes(codes: readonly Element[]): void {
  const seen = new Set<string>();
  const walk = (code: Element): void => {
    const guid = guidOf(code);
    if (seen.has(guid)) throw new Wrong('guid_twice', code);
    if (seen.add(guid).size > limits.codes) throw new Wrong('too_many_codes', code);
    all(code, 'Code').forEach(walk);
  };
  codes.forEach(walk);
}

function codeOf(code: Element): TravellingCode {
  const colour = code.attributes.color?.toLowerCase() ?? '';
  const [, red = '', green = '', blue = ''] = /^#(.)(.)(.)$/.exec(colour) ?? [];
  const full = red ? `#${red}${red}${green}${green}${blue}${blue}` : colour;
  return {
    guid: guidOf(code),
    name: nameOf(code),
    isCodable: !/^(false|0)$/.test(code.attributes.isCodable ?? ''),
    colour: /^#[0-9a-f]{6}$/.test(full) ? full : null,
    description: described(code),
    notes: targets(code, 'NoteRef'),
    children: all(code, 'Code').map(codeOf),
  };
}

const caseOf = (of: Element): VoiceCase => ({
  guid: guidOf(of),
  name: of.attributes.name ?? '',
  sources: targets(of, 'SourceRef'),
  values: all(of, 'VariableValue').map((value) => ({
    variable: targets(value, 'VariableRef')[0] ?? '',
    text: value.children.find(({ name }) => name.endsWith('Value'))?.text ?? '',
  })),
});

function textOf(of: Element, files: ReadonlyMap<string, Buffer>): string | null {
  const here = child(of, 'PlainTextContent');
  if (here) return here.text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const path = /^internal:\/\/(.+)$/i.exec(of.attributes.plainTextPath ?? '')?.[1];
  const bytes = path === undefined ? undefined : files.get(`sources/${path.toLowerCase()}`);
  return bytes ? plainText(bytes) : null;
}

const sourceOf = (of: Element, guid: string, text: string): TextSource => ({
  guid,
  name: of.attributes.name ?? '',
  description: described(of),
  text,
  notes: targets(of, 'NoteRef'),
  selections: all(of, 'PlainTextSelection').map(selectionOf),
});

function selectionOf(of: Element): Selection {
  const [start, end] = [Number(of.attributes.startPosition), Number(of.attributes.endPosition)];
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || end < start)
    throw new Wrong('bad_position', of);
  return {
    guid: guidOf(of),
    name: of.attributes.name ?? '',
    start,
    end,
    notes: targets(of, 'NoteRef'),
    codings: all(of, 'Coding').map((coding) => ({
      guid: guidOf(coding),
      code: targets(coding, 'CodeRef')[0] ?? '',
      user: same(coding.attributes.creatingUser ?? of.attributes.creatingUser ?? ''),
      at: coding.attributes.creationDateTime ?? '',
    })),
  };
}

const noteOf = (of: Element, files: ReadonlyMap<string, Buffer>): Note => ({
  guid: guidOf(of),
  name: of.attributes.name ?? '',
  text: textOf(of, files) ?? '',
  user: of.attributes.creatingUser === undefined ? null : same(of.attributes.creatingUser),
});
