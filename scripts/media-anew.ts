import { photoAnew } from '#modules/stories/media/anew/photo.ts';
import { voiceAnew } from '#modules/stories/media/anew/voice.ts';

/**
 * Makes the one photo or voice on standard input anew, and writes what came of it: four bytes with the length of a line of JSON,
 * the line, and the bytes. The house gives each file a process of its own that knows nothing and can be ended
 * (src/modules/stories/media/anew/workshop.server.ts).
 */
const [kind, room = '0'] = process.argv.slice(2);

// Pictures are unpacked outside of JavaScript's own memory, which no option of Node bounds.
setInterval(() => {
  if (process.memoryUsage.rss() > Number(room)) process.exit(9);
}, 20).unref();

const chunks: Buffer[] = [];
for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
const given = Buffer.concat(chunks);
const made = await (kind === 'photo' ? photoAnew(given) : voiceAnew(given));
const { bytes = new Uint8Array(), ...told } = made.ok ? made.value : {};
const line = Buffer.from(JSON.stringify(made.ok ? { ok: true, value: told } : made));
const length = Buffer.alloc(4);
length.writeUInt32LE(line.length);
process.stdout.write(Buffer.concat([length, line, bytes]), () => process.exit(0));
