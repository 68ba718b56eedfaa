import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { projectFolder } from '#platform/project.server.ts';
import { landscapeFrom, type Landscape, type LandscapeOptions, type Vote } from './landscape.ts';
import { matrixOf, type VoteMatrix } from './votes.ts';

const task = 'landscape of voices';

interface Asked {
  readonly id: number;
  readonly matrix: VoteMatrix;
  readonly options: LandscapeOptions;
}

type Answered =
  { readonly id: number; readonly landscape: Landscape } | { readonly id: number; readonly error: string };

interface Waiting {
  readonly resolve: (landscape: Landscape) => void;
  readonly reject: (error: Error) => void;
}

interface AtWork {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
}

let atWork: AtWork | null = null;
let asked = 0;

/**
 * The landscape of these votes, reckoned beside the server's own work: one after the other in one worker that is started when first
 * asked. Rejects where the worker ends before it answers; the next question starts a new one.
 */
export function landscapeOf(votes: readonly Vote[], options: LandscapeOptions = {}): Promise<Landscape> {
  const matrix = matrixOf(votes);
  const { worker, waiting } = (atWork ??= started());
  const id = asked++;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker.ref();
    worker.postMessage({ id, matrix, options } satisfies Asked, [matrix.cells.buffer as ArrayBuffer]);
  });
}

/** Node runs the source itself, in a clone as beside the build: the worker needs no part of the server. */
function started(): AtWork {
  const file = join(projectFolder, 'src', 'modules', 'sessions', 'landscape', 'worker.server.ts');
  const waiting = new Map<number, Waiting>();
  const worker = new Worker(file, {
    workerData: { task },
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  worker.on('message', (answer: Answered) => {
    const { resolve, reject } = waiting.get(answer.id) ?? {};
    waiting.delete(answer.id);
    if (waiting.size === 0) worker.unref();
    if ('error' in answer) reject?.(new Error(answer.error));
    else resolve?.(answer.landscape);
  });
  const ended = (error: Error) => {
    if (atWork?.worker === worker) atWork = null;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.once('error', ended);
  worker.once('exit', (code) => ended(new Error(`the landscape's worker ended (${code})`)));
  return { worker, waiting };
}

if (!isMainThread && (workerData as { task?: string } | null)?.task === task) {
  parentPort?.on('message', ({ id, matrix, options }: Asked) => {
    let answer: Answered;
    try {
      answer = { id, landscape: landscapeFrom(matrix, options) };
    } catch (error) {
      answer = { id, error: String(error) };
    }
    parentPort?.postMessage(answer);
  });
}
