import { fork, type ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../project.server.ts';
import { ok, refused } from '../result.ts';
import { settable } from './letters.server.ts';
import type { Answered, Asked, Printing, PrintJob } from './job.ts';

/** What one job may be in bytes, and how many may wait. */
const mostText = 6 * 1_048_576;
const mostFiles = 60 * 1_048_576;
const mostWaiting = 12;
/** What setting one job may take: milliseconds, and bytes of memory for the process that does it. */
const limits = { time: 60_000, memory: 700 * 1_048_576 };

interface Waiting {
  readonly asked: Asked;
  readonly limits: typeof limits;
  readonly resolve: (printing: Printing) => void;
}

let press: { readonly process: ChildProcess; readonly memory: number } | null = null;
let atWork: Waiting | null = null;
const queue: Waiting[] = [];
let count = 0;

/**
 * Sets a job and answers its PDF with the number of its pages: one after the other, in a process of its own that is ended when a
 * job takes more time or memory than it may, or breaks it; the next job finds a new one. A warning counts as a failure.
 */
export function setType(job: PrintJob, bounds: Partial<typeof limits> = {}): Promise<Printing> {
  const missing = new Set<string>();
  const data = JSON.stringify({ ...job.data, day: job.day, standard: job.standard }, (_, value: unknown) => {
    if (typeof value !== 'string') return value;
    const set = settable(value);
    for (const letter of set.missing) missing.add(letter);
    return set.words;
  });
  const files = Object.entries(job.files ?? {});
  const weight = files.reduce((sum, [, bytes]) => sum + bytes.length, 0);
  if (data.length > mostText || weight > mostFiles) return Promise.resolve(refused('print_too_large'));
  if (missing.size > 0)
    return Promise.resolve(
      refused('print_unknown_letters', { letters: [...missing].slice(0, 12).join(' ') }),
    );
  if (queue.length >= mostWaiting) return Promise.resolve(refused('print_busy'));
  const asked = { id: count++, template: job.template, standard: job.standard, data, files };
  return new Promise((resolve) => {
    queue.push({ asked, limits: { ...limits, ...bounds }, resolve });
    next();
  });
}

function next(): void {
  if (atWork) return;
  atWork = queue.shift() ?? null;
  if (!atWork) return rest();
  const { asked, limits, resolve } = atWork;
  // A press holds to the bound it was started with.
  if (press && press.memory !== limits.memory) end(press.process);
  const { process } = (press ??= started(limits.memory));
  hold(process);
  const done = (printing: Printing) => {
    clearTimeout(late);
    process.off('message', answer).off('exit', broken).off('error', broken);
    atWork = null;
    resolve(printing);
    next();
  };
  const answer = (told: Answered) =>
    done(
      'pdf' in told
        ? ok({ pdf: told.pdf, pages: told.pages })
        : refused('print_failed', { complaints: told.complaints }),
    );
  // A process that was ended for its memory says so by its signal; any other end is a job that broke it.
  const broken = (_: unknown, signal?: string) => {
    end(process);
    done(refused(signal === 'SIGKILL' || signal === 'SIGABRT' ? 'print_too_large' : 'print_failed'));
  };
  const late = setTimeout(() => {
    process.off('exit', broken);
    end(process);
    done(refused('print_took_too_long'));
  }, limits.time);
  process.on('message', answer).on('exit', broken).on('error', broken);
  process.send(asked);
}

/** Node runs the source itself, in a clone as beside the build: the press needs no part of the server. */
function started(memory: number): NonNullable<typeof press> {
  const script = join(projectFolder, 'scripts', 'press.ts');
  const process = fork(script, [join(projectFolder, 'print'), String(memory)], {
    env: { MALLOC_ARENA_MAX: '2' },
    execArgv: ['--max-old-space-size=256'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  // Whoever asks for a page goes first.
  if (process.pid !== undefined) setPriority(process.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  return { process, memory };
}

function end(process: ChildProcess): void {
  if (press?.process === process) press = null;
  process.kill('SIGKILL');
}

/** A press with nothing to set keeps nobody from going home; one at work does. */
function rest(): void {
  press?.process.unref();
  press?.process.channel?.unref();
}

function hold(process: ChildProcess): void {
  process.ref();
  process.channel?.ref();
}
