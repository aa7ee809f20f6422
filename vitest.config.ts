import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// These tests start DynamoDB Local, run commands, kill processes or synthesize stacks, which takes too long for the inner loop.
const slowTests = [
  'test/shared/store/engine/{alike,dynamodb-failures,engines,survives-kill}.test.ts',
  'test/shared/store/capture/buckets.test.ts',
  'test/shared/outbound/webhook/hostile-responses.test.ts',
  'test/cli/restore/*.test.ts',
  'test/cli/cost.test.ts',
]

// One project per kind of test: `npm run check` runs `unit`, which needs neither DynamoDB Local nor a browser.
const projects = {
  unit: { include: ['test/*.test.ts', 'test/{shared,cli}/**/*.test.ts'], exclude: slowTests },
  api: { include: ['test/{functions,infra}/**/*.test.ts', ...slowTests] },
  host: { include: ['test/{local,journey,docs,clients,install}/**/*.test.ts'] },
  browser: { include: ['test/web/**/*.test.ts'] },
  proof: { include: ['test/{crash,fuzz}/**/*.test.ts'] },
}

export default defineConfig({
  test: {
    projects: Object.entries(projects).map(([name, files]) => ({ extends: true, test: { name, ...files } })),
    globalSetup: ['test/global-setup.ts'],
    // No test changes module state, so test files can share a worker. That halves the time.
    isolate: false,
    // Many tests wait for browsers, hosts and DynamoDB Local, so one worker per core leaves cores idle.
    maxWorkers: availableParallelism() + 1,
    // These only end what hangs: a slow machine is no fault.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 200_000 } },
  },
})
