import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';

const inflate = promisify(inflateRaw);

/** The files in an archive by name, as far as asked for; or why they are not unpacked. */
export type Unpacked =
  | { readonly ok: true; readonly files: ReadonlyMap<string, Buffer> }
  | { readonly ok: false; readonly reason: 'not_an_archive' | 'too_big_inside' };

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const fileMark = 0x04034b50;
const mostFiles = 2_000;

/**
 * Unpacks the wanted files of a zip archive, never more than `most` bytes of them, whatever the archive says of their
 * size: a small file may hold terabytes. Only stored and deflated files are read, and none that is locked.
 */
export async function unpack(
  archive: Buffer,
  wanted: (name: string) => boolean,
  most: number,
): Promise<Unpacked> {
  const notAnArchive = { ok: false, reason: 'not_an_archive' } as const;
  const tooBig = { ok: false, reason: 'too_big_inside' } as const;
  const entries = entriesOf(archive);
  if (!entries) return notAnArchive;
  if (entries.length > mostFiles) return tooBig;
  const files = new Map<string, Buffer>();
  let left = most;
  for (const entry of entries.filter(({ name }) => wanted(name))) {
    const packed = packedBytes(archive, entry);
    if (!packed || entry.locked || (entry.method !== 0 && entry.method !== 8) || files.has(entry.name))
      return notAnArchive;
    if (packed.length > left) return tooBig;
    const bytes =
      entry.method === 0
        ? packed
        : await inflate(packed, { maxOutputLength: Math.max(1, left) }).catch(
            (error: NodeJS.ErrnoException) => error.code ?? '',
          );
    if (typeof bytes === 'string') return bytes === 'ERR_BUFFER_TOO_LARGE' ? tooBig : notAnArchive;
    left -= bytes.length;
    files.set(entry.name, bytes);
  }
  return { ok: true, files };
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly size: number;
  readonly at: number;
  readonly locked: boolean;
}

function entriesOf(archive: Buffer): Entry[] | null {
  const tail = archive.subarray(Math.max(0, archive.length - 65_557));
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || tail.length < end + 22 || tail.readUInt32LE(end) !== endMark) return null;
  const count = tail.readUInt16LE(end + 10);
  let at = tail.readUInt32LE(end + 16);
  const entries: Entry[] = [];
  for (let each = 0; each < count; each++) {
    if (at + 46 > archive.length || archive.readUInt32LE(at) !== entryMark) return null;
    const [name, extra, comment] = [28, 30, 32].map((field) => archive.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    entries.push({
      name: archive.toString('utf8', at + 46, at + 46 + name),
      method: archive.readUInt16LE(at + 10),
      size: archive.readUInt32LE(at + 20),
      at: archive.readUInt32LE(at + 42),
      locked: (archive.readUInt16LE(at + 8) & 1) === 1,
    });
    at += 46 + name + extra + comment;
  }
  return entries;
}

function packedBytes(archive: Buffer, { at, size }: Entry): Buffer | null {
  if (at + 30 > archive.length || archive.readUInt32LE(at) !== fileMark) return null;
  const begins = at + 30 + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
  return begins + size <= archive.length ? archive.subarray(begins, begins + size) : null;
}

/** An archive that holds these files as they are, and says of itself what is so. */
export function packed(files: ReadonlyMap<string, Buffer>): Buffer {
  const bodies: Buffer[] = [];
  const listed: Buffer[] = [];
  let at = 0;
  for (const [name, bytes] of files) {
    const called = Buffer.from(name);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt32LE(crc32(bytes), 10);
    facts.writeUInt32LE(bytes.length, 14);
    facts.writeUInt32LE(bytes.length, 18);
    facts.writeUInt16LE(called.length, 22);
    const head = Buffer.alloc(46);
    head.writeUInt32LE(entryMark, 0);
    head.writeUInt16LE(20, 4);
    facts.copy(head, 6);
    head.writeUInt32LE(at, 42);
    const body = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), facts, called, bytes]);
    bodies.push(body);
    listed.push(head, called);
    at += body.length;
  }
  const list = Buffer.concat(listed);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(endMark, 0);
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, list, end]);
}
