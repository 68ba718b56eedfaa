import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { defineConfig } from 'eslint/config';
import importX from 'eslint-plugin-import-x';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';
import { rooms } from './tests/architecture/rooms.ts';

/** What came after a room is out of its sight. */
const stairs = rooms.slice(0, -1).map((room, step) => ({
  target: `./src/modules/${room}`,
  from: rooms.slice(step + 1).map((later) => `./src/modules/${later}`),
  message: `The room '${room}' comes before this one. Let the later room ask '${room}', or let the door in src/routes compose the two.`,
}));

const walls = [
  {
    target: './src/ui',
    from: './src/modules',
    message:
      'Furniture knows no room. Give it plain values as props, or move this view into the room it speaks of.',
  },
  {
    target: './src/platform',
    from: ['./src/modules', './src/ui', './src/routes'],
    message: 'The cellar knows no room. Pass the value in, or let scripts/ or the door compose the two.',
  },
  {
    target: './src/modules',
    from: './src/routes',
    message: 'A room does not know its doors. Move what both need into the room.',
  },
  {
    target: './src/modules/**/views/**',
    from: './src/modules/**/*.server.ts',
    message: 'A view shows what it is given. Let the door ask the question and pass the answer as a prop.',
  },
];

const plain = 'Let the type say it; a cast hides what the compiler would have found.';

export default defineConfig(
  { ignores: ['build/', '.svelte-kit/', 'node_modules/', 'var/', 'bench/out/', 'tests/out/'] },
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    files: ['**/*.{js,cjs,ts,svelte}'],
    plugins: { 'import-x': importX },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    settings: {
      'import-x/resolver-next': [createTypeScriptImportResolver({ alwaysTryTypes: false })],
      'import-x/extensions': ['.ts', '.js', '.svelte'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'], 'svelte-eslint-parser': ['.svelte'] },
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones: [...stairs, ...walls] }],
      'import-x/no-duplicates': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSAsExpression > TSAsExpression', message: plain },
        {
          selector: 'TSEnumDeclaration',
          message: 'Write a union of words; Node runs these files without a compiler.',
        },
      ],
    },
  },
  {
    files: ['**/*.ts', '**/*.svelte'],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      // A forgotten await is a deed that may never have happened.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
    },
  },
  {
    files: ['**/*.svelte'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      'svelte/no-at-html-tags': 'error',
      'svelte/no-inline-styles': ['error', { allowTransitions: false }],
      'svelte/button-has-type': 'error',
      'svelte/no-target-blank': 'error',
      'svelte/require-each-key': 'error',
      'svelte/no-unused-svelte-ignore': 'error',
      // Addresses carry the language and are made by the room, not by Kit's resolver.
      'svelte/no-navigation-without-resolve': 'off',
      'prefer-const': 'off',
    },
  },
  {
    // What speaks on a terminal.
    files: ['scripts/**', 'bench/**', 'bin/**', 'tests/**'],
    rules: { 'no-console': 'off' },
  },
);
