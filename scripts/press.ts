import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread, Worker } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { faces } from '#platform/print/faces.server.ts';
import type { Answered, Asked } from '#platform/print/job.ts';

/**
 * The process that sets type, one job after the other (src/platform/print/set-type.server.ts starts it). It is given the folder
 * with the templates and how much memory it may hold; it knows no secret, reaches no network and reads templates and faces alone.
 */
const [folder = '', memory = '0'] = process.argv.slice(2);

if (isMainThread) serve();
else watch();

function serve(): void {
  new Worker(new URL(import.meta.url), { argv: [folder, memory] }).unref();
  const compiler = NodeCompiler.create({
    fontArgs: [{ fontBlobs: faces.map((face) => readFileSync(face)) }],
    workspace: folder,
  });
  process.on('message', (asked: Asked) => {
    // Who asked may be gone by now; the next message of that is the end.
    process.send?.(answered(compiler, asked), undefined, undefined, () => undefined);
  });
  process.once('disconnect', () => process.exit(0));
}

/** Setting type holds up the process it runs in, so another thread looks at what it takes. */
function watch(): void {
  setInterval(() => {
    if (process.memoryUsage.rss() > Number(memory)) process.kill(process.pid, 'SIGKILL');
  }, 20);
}

function answered(compiler: NodeCompiler, { id, template, standard, data, files }: Asked): Answered {
  try {
    compiler.resetShadow();
    compiler.mapShadow(join(folder, 'given', 'data.json'), Buffer.from(data));
    for (const [name, bytes] of files) compiler.mapShadow(join(folder, 'given', name), Buffer.from(bytes));
    const made = compiler.compile({ mainFilePath: join(folder, `${template}.typ`), resetRead: true });
    const complaints = [made.takeError(), made.takeWarnings()].flatMap((one) => one?.shortDiagnostics ?? []);
    // What is a warning here, a face or a letter that is missing, is a fault on paper.
    if (!made.result || complaints.length > 0) return { id, complaints: told(complaints) };
    const pdf = compiler.pdf(made.result, { pdfStandard: standard });
    return { id, pdf, pages: made.result.numOfPages };
  } catch (error) {
    return { id, complaints: String(error) };
  } finally {
    compiler.evictCache(0);
  }
}

const told = (complaints: readonly unknown[]): string => JSON.stringify(complaints).slice(0, 2_000);
