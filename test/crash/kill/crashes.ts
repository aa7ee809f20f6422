import { dynamodbLocal } from '#test/dynamodb-local.ts'
import { proofSize } from '#test/test-sizes.ts'
import type { Proof, ProofScale } from '../proof/proof.ts'
import { runCrashTrial } from './run-crash-trial.ts'
import { runCrashTrialOnDynamodb } from './run-crash-trial-on-dynamodb.ts'

const trialSize = (size: ProofScale['size']) => ({
  kills: proofSize('kills', size),
  leads: proofSize('leadsDuringKills', size),
})
const trialSizeOnDynamodb = (size: ProofScale['size']) => ({
  kills: proofSize('killsOnDynamodb', size),
  leads: proofSize('leadsDuringKillsOnDynamodb', size),
})

/** Proofs with a host that is killed repeatedly: with and without the queue, and on DynamoDB. */
export const crashes = {
  killed: {
    title: 'The host is killed at random moments',
    run: ({ size, seed }) => runCrashTrial({ seed, ...trialSize(size) }),
  },
  'killed-without-fast-path': {
    title: 'The host is killed at random moments, and only the sweeper brings leads to schools',
    run: ({ size, seed }) => runCrashTrial({ seed, ...trialSize(size), host: { earlyQueue: 'off' } }),
  },
  'killed-on-dynamodb': {
    title: 'The host is killed at random moments, over DynamoDB Local',
    async run({ size, seed }) {
      const { endpoint, missing, stop } = await dynamodbLocal()
      if (missing) return { figures: { 'not run': missing }, faults: [] }
      try {
        return await runCrashTrialOnDynamodb({ endpoint, seed, ...trialSizeOnDynamodb(size) })
      } finally {
        stop()
      }
    },
  },
} as const satisfies { [name: string]: Proof }
