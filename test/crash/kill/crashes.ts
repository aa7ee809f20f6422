import { dynamodbLocal } from '#test/dynamodb-local.ts'
import type { Proof } from '../proof/proof.ts'
import { runCrashTrial } from './run-crash-trial.ts'
import { runCrashTrialOnDynamodb } from './run-crash-trial-on-dynamodb.ts'

const sizes = { small: { kills: 20, leads: 1000 }, full: { kills: 200, leads: 10_000 } }
const onDynamodb = { small: { kills: 10, leads: 200 }, full: { kills: 20, leads: 500 } }

/** A host that is killed again and again, with and without its fast path, and on the other engine. */
export const crashes = {
  killed: {
    title: 'The host is killed at random moments',
    run: ({ size, seed }) => runCrashTrial({ seed, ...sizes[size] }),
  },
  'killed-without-fast-path': {
    title: 'The host is killed at random moments, and only the sweeper brings leads to schools',
    run: ({ size, seed }) => runCrashTrial({ seed, ...sizes[size], host: { fastPath: 'off' } }),
  },
  'killed-on-dynamodb': {
    title: 'The host is killed at random moments, over DynamoDB Local',
    async run({ size, seed }) {
      const { endpoint, missing, stop } = await dynamodbLocal()
      if (missing) return { figures: { 'not run': missing }, faults: [] }
      try {
        return await runCrashTrialOnDynamodb({ endpoint, seed, ...onDynamodb[size] })
      } finally {
        stop()
      }
    },
  },
} as const satisfies { [name: string]: Proof }
