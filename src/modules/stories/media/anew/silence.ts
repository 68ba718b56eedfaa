/** The sound that mp4 calls by its name in four letters, and which of its boxes hold others. */
const holding = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl']);
const dated = new Set(['mvhd', 'tkhd', 'mdhd']);

/** Takes the moment of making and the name of the maker out of an mp4 that was just wrapped; changes the bytes in place. */
export function silenceMp4(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const walk = (from: number, to: number): void => {
    for (let at = from; at + 8 <= to;) {
      const size = view.getUint32(at) === 1 ? Number(view.getBigUint64(at + 8)) : view.getUint32(at);
      const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
      const end = at + size;
      if (size < 8 || end > to) return;
      if (holding.has(name)) walk(at + 8, end);
      else if (dated.has(name)) bytes.fill(0, at + 12, at + 12 + (bytes[at + 8] === 1 ? 16 : 8));
      else if (name === 'hdlr') bytes.fill(0, at + 32, end);
      at = end;
    }
  };
  walk(0, bytes.length);
}

/** Takes the name of the maker out of a WebM that was just wrapped; changes the bytes in place. An empty name is padded with zeros. */
export function silenceWebm(bytes: Uint8Array, maker: RegExp): void {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 4_096));
  for (const found of head.toString('latin1').matchAll(maker))
    bytes.fill(0, found.index, found.index + found[0].length);
}

// Encoders sign in the filling of a packet, which nobody hears.
const signatures = /(?:LAME|Lavc|Lavf|libfaac|FAAC|GOGO|iTunes)[ -~]{0,24}/g;
const firstLetters = /LAME|Lav[cf]|faac|FAAC|GOGO|iTunes/;

/** A packet of sound without what its encoder wrote into the filling. */
export function unsigned(packet: Uint8Array): Uint8Array {
  const words = Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength).toString('latin1');
  if (!firstLetters.test(words)) return packet;
  const clean = packet.slice();
  for (const found of words.matchAll(signatures)) clean.fill(0, found.index, found.index + found[0].length);
  return clean;
}

/**
 * What a decoder of Vorbis needs to begin, with its page of comments emptied: three packets, of which the second holds the tags
 * (Matroska, private data of Vorbis). Null when it is not that.
 */
export function vorbisWithoutWords(given: Uint8Array): Uint8Array | null {
  if (given[0] !== 2) return null;
  let at = 1;
  const lengthOf = () => {
    for (let length = 0; at < given.length;) {
      const part = given[at++] ?? 0;
      length += part;
      if (part < 255) return length;
    }
    return Infinity;
  };
  const [first, second] = [lengthOf(), lengthOf()];
  if (at + first + second >= given.length) return null;
  const laced = (length: number) => [...Array<number>(Math.floor(length / 255)).fill(255), length % 255];
  const noWords = [3, ...Buffer.from('vorbis'), 0, 0, 0, 0, 0, 0, 0, 0, 1];
  return Uint8Array.from([
    2,
    ...laced(first),
    ...laced(noWords.length),
    ...given.subarray(at, at + first),
    ...noWords,
    ...given.subarray(at + first + second),
  ]);
}
