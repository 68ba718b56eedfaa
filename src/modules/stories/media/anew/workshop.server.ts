import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '#platform/project.server.ts';
import { refused, type Result } from '#platform/result.ts';
import {
  mediaReasons,
  photoForm,
  voiceForm,
  type MadePhoto,
  type MadeVoice,
  type MediaKind,
  type MediaReason,
} from '../model.ts';

export type Made<What = MadePhoto | MadeVoice> = Result<What & { readonly bytes: Buffer }, MediaReason>;

/** How many files are made anew at the same time, how many may wait for a turn, and for how long, in milliseconds. */
const atOnce = 2;
const mostWaiting = 6;
const patience = 20_000;
/** What one file may take: memory in bytes, time in milliseconds, and of that work in seconds, more for a longer voice. */
const room = 400 * 1_048_576;
const time = 20_000;
const workFor = (bytes: Uint8Array) => 4 + Math.floor(bytes.length / (2.5 * 1_048_576));

let busy = 0;
const waiting: (() => void)[] = [];

/** A turn at the bench; null when there are too many before, or it took too long. */
async function turn(): Promise<(() => void) | null> {
  const leave = () => {
    busy--;
    waiting.shift()?.();
  };
  if (busy >= atOnce) {
    if (waiting.length >= mostWaiting) return null;
    const came = await new Promise<boolean>((resolve) => {
      const call = () => {
        clearTimeout(late);
        resolve(true);
      };
      const late = setTimeout(() => {
        waiting.splice(waiting.indexOf(call), 1);
        resolve(false);
      }, patience);
      waiting.push(call);
    });
    if (!came) return null;
  }
  busy++;
  return leave;
}

/**
 * Makes a photo or a voice anew in a process of its own, that may read the code and nothing else, knows no secret, and is
 * ended when it takes more memory or time than a file needs. Two work at once; the others wait, or are told to come back.
 */
export async function madeAnew(kind: 'photo', bytes: Uint8Array): Promise<Made<MadePhoto>>;
export async function madeAnew(kind: 'voice', bytes: Uint8Array): Promise<Made<MadeVoice>>;
export async function madeAnew(kind: MediaKind, bytes: Uint8Array): Promise<Made> {
  const form = kind === 'photo' ? photoForm(bytes) : voiceForm(bytes);
  // What is no photo or voice by its first bytes takes nobody's turn.
  if (isReason(form)) return refused(form);
  const leave = await turn();
  if (!leave) return refused('busy');
  try {
    return await atTheBench(kind, bytes);
  } finally {
    leave();
  }
}

const isReason = (form: string): form is MediaReason => (mediaReasons as readonly string[]).includes(form);

/** What the process may do: read the code. It can write nothing, start nothing, and finds no address of a database. */
function allowed(): string[] {
  // A folder may be led to from elsewhere; both its names are read by.
  const reads = ['package.json', 'scripts', 'src', 'node_modules']
    .map((name) => join(projectFolder, name))
    .flatMap((path) => [path, realpathSync(path)]);
  return [
    '--permission',
    '--allow-addons',
    ...[...new Set(reads)].map((path) => `--allow-fs-read=${path}`),
    '--max-old-space-size=160',
    '--disable-warning=SecurityWarning',
  ];
}

function atTheBench(kind: MediaKind, bytes: Uint8Array): Promise<Made> {
  const script = join(projectFolder, 'scripts', 'media-anew.ts');
  // The shell only says how much work the process may do: that holds on a busy machine as on a quiet one.
  const shell = ['-c', 'ulimit -t "$0"; exec "$@"', String(workFor(bytes))];
  const work = spawn('/bin/sh', [...shell, process.execPath, ...allowed(), script, kind, String(room)], {
    env: { MALLOC_ARENA_MAX: '2', UV_THREADPOOL_SIZE: '2' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  // Whoever asks for a page goes first.
  if (work.pid !== undefined) setPriority(work.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let slow = false;
    const late = setTimeout(() => {
      slow = true;
      work.kill('SIGKILL');
    }, time);
    work.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    work.once('error', reject);
    work.once('close', (code, signal) => {
      clearTimeout(late);
      // Out of room, time or work is too much; any other end is a file that broke its reader.
      const out = slow || code === 9 || code === 134 || signal === 'SIGXCPU' || signal === 'SIGKILL';
      if (code !== 0) return resolve(refused(out ? 'too_much_work' : `${kind}_broken`));
      resolve(readMade(Buffer.concat(chunks)));
    });
    // A process that ended does not read on; why it ended is told by its code.
    work.stdin.on('error', () => undefined);
    work.stdin.end(bytes);
  });
}

function readMade(told: Buffer): Made {
  const from = 4 + told.readUInt32LE(0);
  const made = JSON.parse(told.toString('utf8', 4, from)) as Made;
  return made.ok ? { ...made, value: { ...made.value, bytes: told.subarray(from) } } : made;
}
