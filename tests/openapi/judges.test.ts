import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApi } from '#modules/initiatives/exchange/openapi/model.ts';
import { hsdsOpenApi } from '#modules/initiatives/hsds/openapi/model.ts';
import { projectFolder } from '#platform/project.server.ts';

const house = { origin: 'https://stones.example', mail: 'info@stones.example' };
const data = JSON.stringify(openApi(house));
const hsds = JSON.stringify(hsdsOpenApi(house));
const rules = 'tests/openapi/nl-api-design-rules.yaml';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steppingstones-openapi-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const require = createRequire(import.meta.url);
const spectral = join(require.resolve('@stoplight/spectral-cli/package.json'), '../dist/index.js');
const redocly = join(require.resolve('@redocly/cli/package.json'), '../bin/cli.js');

/** Runs a judge without a network, for at most a minute; what it said, and whether it was content. */
function judged(program: string, words: readonly string[]): Promise<{ said: string; content: boolean }> {
  const env = {
    ...process.env,
    REDOCLY_TELEMETRY: 'off',
    REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
    DO_NOT_TRACK: '1',
    NODE_OPTIONS: `--import=${pathToFileURL(join(projectFolder, 'tests/support/no-network.ts')).href}`,
  };
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [program, ...words],
      { cwd: projectFolder, env, timeout: 60_000, maxBuffer: 64 * 1_048_576 },
      (error, out, told) => {
        if (/ASKED THE NETWORK/.test(told)) reject(new Error(told));
        else resolve({ said: `${out}${told}`, content: error === null });
      },
    );
  });
}

async function laid(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

test.each([
  ['the open data', data, rules],
  ['the doors that speak HSDS', hsds, 'tests/openapi/hsds.yaml'],
])('the description of %s follows the NL API Design Rules, down to the last hint', async (_, told, by) => {
  const path = await laid('told.json', told);
  const { said, content } = await judged(spectral, ['lint', '-r', by, '--fail-severity=hint', path]);
  expect(said).toContain('No results');
  expect(content).toBe(true);
});

test('Redocly finds no fault in either description', async () => {
  const paths = [await laid('data.json', data), await laid('hsds.json', hsds)];
  const { said, content } = await judged(redocly, [
    'lint',
    '--format=json',
    '--extends=recommended',
    ...paths,
  ]);
  const totals = [...said.matchAll(/"(errors|warnings)":\s*(\d+)/g)].map((match) => Number(match[2]));
  expect(totals.length, said).toBeGreaterThan(0);
  expect(
    totals.every((total) => total === 0),
    said,
  ).toBe(true);
  expect(content).toBe(true);
});

interface Description {
  openapi: unknown;
  info: { version: unknown; contact: { email?: unknown } };
  servers: { url: string }[];
  paths: Record<
    string,
    Record<string, { parameters?: { name: string }[]; responses: Record<string, Record<string, unknown>> }>
  >;
  components: {
    schemas: Record<string, { properties?: Record<string, object> }>;
    responses: Record<string, { content: object }>;
  };
}

/** A fault for each rule, planted in a description that has none. */
const faults: Readonly<Record<string, (told: Description) => void>> = {
  'nlgov:openapi3': (told) => void (told.openapi = '2.0.0'),
  'nlgov:missing-header': (told) => void delete told.paths['/changes']?.get?.responses['200']?.headers,
  'nlgov:missing-version-header': (told) => {
    const answer = told.paths['/changes']?.get?.responses['200'];
    if (answer) answer.headers = { 'X-Version': { schema: { type: 'string' } } };
  },
  'nlgov:include-major-version-in-uri': (told) =>
    void (told.servers = [{ url: 'https://stones.example/data' }]),
  'nlgov:paths-no-trailing-slash': (told) => void (told.paths['/chains/'] = told.paths['/chains'] ?? {}),
  'nlgov:info-contact-fields-exist': (told) => void delete told.info.contact.email,
  'nlgov:http-methods': (told) =>
    void (told.paths['/changes'] = { trace: told.paths['/changes']?.get ?? { responses: {} } }),
  'nlgov:paths-kebab-case': (told) => void (told.paths['/bigChanges'] = told.paths['/changes'] ?? {}),
  'nlgov:query-keys-camel-case': (told) => {
    for (const parameter of told.paths['/chains']?.get?.parameters ?? [])
      parameter.name = `as_${parameter.name}`;
  },
  'nlgov:schema-camel-case': (told) => void (told.components.schemas['a-problem'] = {}),
  'nlgov:servers-use-https': (told) => void (told.servers = [{ url: 'http://stones.example/data/v1' }]),
  'nlgov:use-problem-schema': (told) => {
    const absent = told.components.responses.Absent;
    if (absent) absent.content = { 'application/json': { schema: { type: 'object' } } };
  },
  'nlgov:problem-schema-members': (told) => void delete told.components.schemas.Problem?.properties?.detail,
  'nlgov:problem-invalid-input': (told) => void delete told.paths['/changes']?.get?.responses['400'],
  'nlgov:property-casing': (told) => plant(told, 'as_of', { type: 'string' }),
  'nlgov:date-time-ensure-timezone': (told) =>
    plant(told, 'from', { type: 'string', format: 'date-time-local' }),
  'nlgov:time-without-timezone': (told) => plant(told, 'from', { type: 'string', format: 'time' }),
  'nlgov:specify-format-for-date-and-time': (told) => plant(told, 'startDate', { type: 'string' }),
  'nlgov:use-date-instead-of-datetime': (told) =>
    plant(told, 'startDate', { type: 'string', format: 'date-time' }),
  'nlgov:semver': (told) => void (told.info.version = '1.0'),
};
const plant = (told: Description, name: string, schema: object) => {
  const { properties } = told.components.schemas.Initiative ?? {};
  if (properties) properties[name] = schema;
};

test('each rule finds the fault that was planted for it', async () => {
  const planted = await Promise.all(
    Object.entries(faults).map(async ([rule, fault]) => {
      const told = JSON.parse(data) as Description;
      fault(told);
      return laid(`${rule.replace(':', '-')}.json`, JSON.stringify(told));
    }),
  );
  const { said } = await judged(spectral, ['lint', '-r', rules, '-f', 'json', '--quiet', ...planted]);
  const found = JSON.parse(said.slice(said.indexOf('['), said.lastIndexOf(']') + 1)) as {
    code: string;
    source: string;
  }[];
  const met = new Set(found.map(({ code, source }) => `${basename(source)} ${code}`));
  for (const rule of Object.keys(faults))
    expect(met, rule).toContain(`${rule.replace(':', '-')}.json ${rule}`);
  const named = [
    ...(await readFile(join(projectFolder, rules), 'utf8')).matchAll(/^ {2}(nlgov:[a-z0-9-]+):/gm),
  ];
  // A description that does not say it is OpenAPI is not judged as one at all.
  const rest = named.map((match) => match[1]).filter((rule) => !Object.hasOwn(faults, rule ?? ''));
  expect(rest).toEqual(['nlgov:openapi-root-exists']);
});

test('a judge that asks the network is caught', async () => {
  const asks = await laid('asks.cjs', `require('node:http').get('http://stones.example/');`);
  await expect(judged(asks, [])).rejects.toThrow('ASKED THE NETWORK');
});
