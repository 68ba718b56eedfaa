const segment = 0x18538067;
const cluster = 0x1f43b675;
const mostParts = 2_000_000;

interface Part {
  readonly id: number;
  /** Where what it holds begins. */
  readonly from: number;
  /** Where it ends; null is not said. */
  readonly end: number | null;
}

function partAt(bytes: Uint8Array, at: number): Part | null {
  const idLength = Math.clz32(bytes[at] ?? 0) - 23;
  const sizeAt = at + idLength;
  const sizeLength = Math.clz32(bytes[sizeAt] ?? 0) - 23;
  const from = sizeAt + sizeLength;
  if (idLength > 4 || sizeLength > 8 || from > bytes.length) return null;
  let id = 0;
  for (let byte = at; byte < sizeAt; byte++) id = id * 256 + (bytes[byte] ?? 0);
  let size = (bytes[sizeAt] ?? 0) & (0xff >> sizeLength);
  let unsaid = size === 0xff >> sizeLength;
  for (let byte = sizeAt + 1; byte < from; byte++) {
    unsaid &&= bytes[byte] === 0xff;
    size = size * 256 + (bytes[byte] ?? 0);
  }
  return { id, from, end: unsaid ? null : from + size };
}

/**
 * Whether a Matroska file is built as it should be on the outside, before it is read: only a segment and its clusters may leave
 * open how long they are (RFC 8794, section 6.2), as what was recorded live does. A reader can be kept searching for ever otherwise.
 */
export function isWellBuilt(bytes: Uint8Array): boolean {
  let parts = 0;
  for (let at = 0; at < bytes.length;) {
    const part = partAt(bytes, at);
    // A recording that was cut off ends in the middle of a part.
    if (!part) return bytes.length - at < 12;
    if (++parts > mostParts) return false;
    if (part.end === null && part.id !== segment && part.id !== cluster) return false;
    at =
      part.id === segment || (part.id === cluster && part.end === null) ? part.from : (part.end ?? part.from);
  }
  return true;
}
