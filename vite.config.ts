import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { everyDoorDeclared } from './scripts/every-door-declared.ts';

export default defineConfig({
  plugins: [
    everyDoorDeclared(),
    sveltekit({
      adapter: adapter({ precompress: true }),
      // The house looks itself where a form came from (src/platform/http/own-page.ts), more strictly and in the reader's language.
      csrf: { trustedOrigins: ['*'] },
      // Critical CSS travels inside the page: a first visit must be readable after one flight.
      inlineStyleThreshold: 40_000,
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['none'],
          'script-src': ['self'],
          'style-src': ['self'],
          'img-src': ['self'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'media-src': ['self'],
          'manifest-src': ['self'],
          'form-action': ['self'],
          'base-uri': ['none'],
          'frame-ancestors': ['none'],
          'require-trusted-types-for': ['script'],
        },
      },
    }),
  ],
  test: {
    globalSetup: ['tests/support/global-setup.ts'],
    // By itself it leaves one processor idle, which is half of a small machine.
    maxWorkers: '100%',
    // For a busy machine; on a quiet one no test takes a tenth of it.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 20_000 } },
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
  },
});
