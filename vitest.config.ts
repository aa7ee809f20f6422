import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    // Tests share no state but what they are given, so files need no worker of their own: half the time.
    isolate: false,
    testTimeout: 20_000,
  },
})
