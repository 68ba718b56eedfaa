import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** `npm run drills -- NAME [options]` rehearses a disaster and prints how it went. */
const [name = '', ...options] = process.argv.slice(2);
const folder = join(import.meta.dirname, 'drills');
const names = (await readdir(folder)).filter((file) => file.endsWith('.ts')).map((file) => file.slice(0, -3));

if (!names.includes(name)) {
  console.error(
    `${name ? `There is no drill '${name}'` : 'Say which drill'}: npm run drills -- ${names.join(' | ')} [options].`,
  );
  process.exitCode = 2;
} else {
  const { drill } = (await import(join(folder, `${name}.ts`))) as {
    drill: (argv: string[]) => Promise<number>;
  };
  process.exitCode = await drill(options);
}
