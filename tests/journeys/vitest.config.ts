import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: join(import.meta.dirname, '../..'),
    globalSetup: ['tests/support/journeys-setup.ts'],
    include: ['tests/journeys/*.journey.ts'],
    // A cold phone is slow; a journey that hangs is not a journey.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 2,
    // Files of a worker share their way to the browser, and the rooms where judges look.
    isolate: false,
  },
});
