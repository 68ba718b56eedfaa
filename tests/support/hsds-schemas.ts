import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { outsideData } from './outside-data.ts';

/** What is wrong with a record by a schema of HSDS, named by its file; empty when nothing is. */
export type Judge = (schema: string, record: unknown) => string[];

/** The schemas of HSDS 3.0 as Open Referral publishes them, as a judge; null, and said so, where they are not at hand. */
export function hsdsJudge(): Judge | null {
  const folder = outsideData('data', 'hsds', 'schema');
  if (folder === null) return null;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'openapi.json'))
    ajv.addSchema(JSON.parse(readFileSync(join(folder, name), 'utf8')) as object, name);
  for (const name of readdirSync(join(folder, 'compiled')))
    ajv.addSchema(
      JSON.parse(readFileSync(join(folder, 'compiled', name), 'utf8')) as object,
      `compiled/${name}`,
    );
  return (schema, record) => {
    const judge = ajv.getSchema(schema) as ValidateFunction | undefined;
    if (!judge) throw new Error(`HSDS has no schema ${schema}.`);
    return judge(record)
      ? []
      : (judge.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
  };
}
