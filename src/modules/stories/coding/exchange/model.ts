/** A project as it travels between programs for qualitative research (REFI-QDA 1.0): codes, texts, and what was coded in them. */
export interface Project {
  readonly name: string;
  readonly users: readonly { readonly guid: string; readonly name: string }[];
  readonly codes: readonly TravellingCode[];
  readonly variables: readonly { readonly guid: string; readonly name: string }[];
  readonly cases: readonly VoiceCase[];
  readonly sources: readonly TextSource[];
  readonly notes: readonly Note[];
  readonly links: readonly {
    readonly guid: string;
    readonly name: string;
    readonly from: string;
    readonly to: string;
  }[];
}

export interface TravellingCode {
  readonly guid: string;
  readonly name: string;
  readonly isCodable: boolean;
  readonly colour: string | null;
  readonly description: string;
  readonly notes: readonly string[];
  readonly children: readonly TravellingCode[];
}

/** A voice: its texts, and what is known of it. */
export interface VoiceCase {
  readonly guid: string;
  readonly name: string;
  readonly sources: readonly string[];
  readonly values: readonly { readonly variable: string; readonly text: string }[];
}

export interface TextSource {
  readonly guid: string;
  readonly name: string;
  readonly description: string;
  /** LF between lines, without byte order mark. */
  readonly text: string;
  readonly notes: readonly string[];
  readonly selections: readonly Selection[];
}

/** Positions count Unicode code points in the text of the source; the end is the first one after it. */
export interface Selection {
  readonly guid: string;
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly codings: readonly {
    readonly guid: string;
    readonly code: string;
    readonly user: string;
    readonly at: string;
  }[];
  readonly notes: readonly string[];
}

export interface Note {
  readonly guid: string;
  readonly name: string;
  readonly text: string;
  readonly user: string | null;
}

/** Where a block stands in the text of its telling, in code points. */
interface Laid {
  readonly block: string;
  readonly at: number;
  /** Its words as they stand there. */
  readonly text: string;
  /** How many UTF-16 units of its own words were left out before them. */
  readonly skipped: number;
  readonly own: string;
}

/** A telling as one text: its blocks with an empty line between them. */
export interface LaidOut {
  readonly text: string;
  readonly blocks: readonly Laid[];
}

const inLines = (text: string) => text.replace(/\r\n?/g, '\n');
const signs = (text: string) => [...text].length;
const between = '\n\n';

/** Lays the blocks of a telling out as one text, without byte order mark and with LF between lines. */
export function layOut(blocks: readonly { readonly block: string; readonly text: string }[]): LaidOut {
  let at = 0;
  const laid: Laid[] = [];
  for (const { block, text: own } of blocks) {
    if (own === '') continue;
    // A mark at the very beginning would be taken for the byte order mark, and not counted.
    const skipped = laid.length === 0 ? (/^\ufeff*/.exec(own)?.[0].length ?? 0) : 0;
    const text = inLines(own.slice(skipped));
    laid.push({ block, at, text, skipped, own });
    at += signs(text) + signs(between);
  }
  return { text: laid.map(({ text }) => text).join(between), blocks: laid };
}

/** From a place in a block, in UTF-16, to a position in the whole text, in code points; null when the block is not there. */
export function positionOf({ blocks }: LaidOut, block: string, offset: number): number | null {
  const found = blocks.find((each) => each.block === block);
  if (!found) return null;
  return found.at + signs(inLines(found.own.slice(found.skipped, Math.max(found.skipped, offset))));
}

/** The places in blocks, in UTF-16, of what lies between two positions in code points; one for each block it touches. */
export function placesOf(
  { blocks }: LaidOut,
  start: number,
  end: number,
): { readonly block: string; readonly start: number; readonly end: number }[] {
  return blocks.flatMap(({ block, at, text, skipped, own }) => {
    const [from, until] = [Math.max(0, start - at), Math.min(signs(text), end - at)];
    if (until <= from) return [];
    const offset = (many: number) => skipped + unitsOfSigns(own.slice(skipped), many);
    return [{ block, start: offset(from), end: offset(until) }];
  });
}

/** How many UTF-16 units the first so many signs of a text take, a line end of two being one sign. */
function unitsOfSigns(text: string, many: number): number {
  let units = 0;
  for (let each = 0; each < many && units < text.length; each++) {
    const sign = String.fromCodePoint(text.codePointAt(units) ?? 0);
    units += text.startsWith('\r\n', units) ? 2 : sign.length;
  }
  return units;
}
