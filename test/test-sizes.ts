/**
 * How much each expensive test does: `small` in `npm test`, `full` in `npm run test:proof` (TEST_SIZE=full), and `crash` in
 * `npm run crash`, which takes hours and writes docs/proof.md. RUNS=... overrides a number of runs for one test file.
 */
const sizes = {
  /** Requests that the fuzzer sends to each operation. */
  fuzzRequests: { small: 50, full: 500 },
  /** Random sequences of commands for the real functions. */
  commandSequences: { small: 10, full: 25 },
  /** Random sequences of edits between matches, leads, attempts, replays and offers. */
  editSequences: { small: 16, full: 101 },
  /** Random commands of visitors, schools, staff and the clock on the ledger. */
  ledgerCommands: { small: 400, full: 50_000 },
  ledgerCommandsOnDynamodb: { small: 60, full: 2000 },
  /** Random histories that are rolled up and reconciled. */
  histories: { small: 7, full: 16 },
  /** Trials of many leads at once against one cap. */
  cappedRuns: { small: 6, full: 20 },
  cappedRunsOnDynamodb: { small: 3, full: 20 },
  cappedLeadsOnDynamodb: { small: 60, full: 500 },
  capOnDynamodb: { small: 20, full: 100 },
  /** Idempotency keys that are each sent eight times at once. */
  concurrentKeys: { small: 250, full: 1000 },
  honestVisitors: { small: 2000, full: 10_000 },
  worlds: { small: 8, full: 200, crash: 10_000 },
  leadsPerWorld: { small: 80, full: 200, crash: 200 },
  kills: { small: 10, full: 20, crash: 200 },
  leadsDuringKills: { small: 500, full: 1000, crash: 10_000 },
  killsOnDynamodb: { small: 3, full: 10, crash: 20 },
  leadsDuringKillsOnDynamodb: { small: 60, full: 200, crash: 500 },
  /** Pairs of rounds, without and with a school that hangs. */
  fairnessPairs: { small: 1, full: 1, crash: 4 },
  leadsPerFairnessRound: { small: 400, full: 400, crash: 800 },
  leadsDuringRotations: { small: 300, full: 300, crash: 5000 },
  hostileMebibytes: { small: 50, full: 50, crash: 200 },
} as const satisfies { [name: string]: { small: number; full: number; crash?: number } }

type SizeName = keyof typeof sizes
type CrashSizeName = { [Name in SizeName]: (typeof sizes)[Name] extends { crash: number } ? Name : never }[SizeName]

const size = parseTestSize(process.env.TEST_SIZE)

/** The size of a test in this run. @throws Error if TEST_SIZE is neither small nor full */
export function testSize(name: SizeName): number {
  return sizes[name][size]
}

/** As `testSize`, for a count of random runs: RUNS=... overrides it. */
export function testRuns(name: SizeName): number {
  return Number(process.env.RUNS ?? testSize(name))
}

/** The size of a crash proof: hours of work if `scale` is full. */
export function proofSize(name: CrashSizeName, scale: 'small' | 'full'): number {
  return scale === 'full' ? Number((name === 'worlds' && process.env.RUNS) || sizes[name].crash) : testSize(name)
}

function parseTestSize(text = 'small'): 'small' | 'full' {
  if (text === 'small' || text === 'full') return text
  throw new Error(`TEST_SIZE must be small or full, not ${text}.`)
}
