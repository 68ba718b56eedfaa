import { SaxesParser } from 'saxes';

export interface Element {
  /** Name without prefix. */
  readonly name: string;
  readonly space: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** Text directly inside it. */
  readonly text: string;
  /** Line in the file, from 1. */
  readonly line: number;
}

export type XmlRefusal = 'xml_unreadable' | 'xml_with_dtd' | 'xml_too_deep' | 'xml_too_much';

export type XmlRead =
  | { readonly ok: true; readonly root: Element }
  | { readonly ok: false; readonly reason: XmlRefusal; readonly line: number; readonly element: string };

export interface XmlLimits {
  readonly depth: number;
  readonly elements: number;
}

interface Growing extends Element {
  readonly children: Growing[];
  text: string;
}

/**
 * Reads an XML file (with namespaces) into a tree; says at which line and in which element it cannot. A file with a document
 * type is refused, so that no entity of its own is ever spelled out; so is what is deeper or more than the limits.
 */
export function readXml(text: string, limits: XmlLimits): XmlRead {
  const parser = new SaxesParser({ xmlns: true });
  const open: Growing[] = [];
  let root: Growing | null = null;
  let count = 0;
  let refused: Exclude<XmlRead, { ok: true }> | null = null;
  const refuse = (reason: XmlRefusal) => {
    refused ??= { ok: false, reason, line: parser.line, element: open.at(-1)?.name ?? '' };
    throw new Stopped();
  };
  parser.on('doctype', () => refuse('xml_with_dtd'));
  parser.on('error', () => refuse('xml_unreadable'));
  parser.on('opentag', (tag) => {
    if (open.length >= limits.depth) refuse('xml_too_deep');
    if (++count > limits.elements) refuse('xml_too_much');
    const attributes = Object.fromEntries(
      Object.values(tag.attributes)
        .filter(({ prefix }) => prefix === '')
        .map(({ local, value }) => [local, value]),
    );
    const made: Growing = {
      name: tag.local,
      space: tag.uri,
      attributes,
      children: [],
      text: '',
      line: parser.line,
    };
    const parent = open.at(-1);
    if (parent) parent.children.push(made);
    else root = made;
    open.push(made);
  });
  const add = (words: string) => {
    const here = open.at(-1);
    if (here) here.text += words;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => void open.pop());
  try {
    parser.write(text).close();
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
  if (refused) return refused;
  return root ? { ok: true, root } : { ok: false, reason: 'xml_unreadable', line: 1, element: '' };
}

class Stopped extends Error {}

// What XML 1.0 can hold at all (section 2.2); what it cannot becomes the sign that says so.
const cannotBeHeld = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Words as they stand in an XML file, in text or in an attribute. */
export const inXml = (words: string): string =>
  words
    .toWellFormed()
    .replace(cannotBeHeld, '\ufffd')
    .replace(/[&<>"'\t\n\r]/g, (sign) => `&#${sign.codePointAt(0) ?? 32};`);
