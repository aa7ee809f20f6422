import * as z from 'zod'
import { secondsAfter } from '../../domain/delivery/retry-schedule.ts'
import { instant } from '../../domain/vocabulary.ts'
import type { Engine, Write } from '../engine/engine.ts'
import { secretKey, type Table } from '../keys.ts'

/** More signatures than these would swell the header of every webhook. */
export const mostLiveSecrets = 10
/** `until`: when the first of too many live secrets ends. */
export type Rotated = { previousEndsAt: string } | { until: string } | 'busy'
type Rotation = { sealed: string; at: string; overlapSeconds: number }

/** Webhook secrets, sealed: none can be read back from the table. Of a campaign that has several, each live one signs. */
export function webhookSecrets(engine: Engine<Table>) {
  const read = async (campaignId: string) => {
    const row = await engine.get({ in: 'catalog', key: secretKey(campaignId) })
    return row && secretsRow.parse(row)
  }

  return {
    /** Those that are live at an instant, the newest first. */
    async live(campaignId: string, at: string): Promise<string[]> {
      return liveOf((await read(campaignId))?.secrets ?? [], at).map(({ sealed }) => sealed)
    },

    /**
     * Adds a secret, and ends each that was live `overlapSeconds` later at the latest. Of two rotations at once both
     * stand: one is done on top of the other.
     */
    async rotate(campaignId: string, { sealed, at, overlapSeconds }: Rotation): Promise<Rotated> {
      const previousEndsAt = secondsAfter(at, overlapSeconds)
      for (let turn = 0; turn < mostTurns; turn++) {
        const seen = await read(campaignId)
        const ending = liveOf(seen?.secrets ?? [], at).map((one) => ({
          ...one,
          endsAt: one.endsAt !== undefined && one.endsAt < previousEndsAt ? one.endsAt : previousEndsAt,
        }))
        const still = ending.filter(({ endsAt }) => endsAt > at)
        const [until = at] = still.map(({ endsAt }) => endsAt).toSorted()
        if (still.length >= mostLiveSecrets) return { until }
        const { done } = await engine.transact([
          {
            in: 'catalog',
            change: secretKey(campaignId),
            set: { secrets: [{ sealed, createdAt: at }, ...still] },
            add: { version: 1 },
            when: seen ? { attribute: 'version', is: 'equal', value: seen.version } : { exists: false },
          },
        ])
        if (done) return { previousEndsAt }
      }
      return 'busy'
    },
  }
}
export type WebhookSecrets = ReturnType<typeof webhookSecrets>

// Each turn loses to another rotation, which stands.
const mostTurns = 20

/** For a transaction that saves a secret with its campaign. Those before it end at once: who gives one means that one. */
export function saveSecretWrite(campaignId: string, sealed: string, at: string): Write<Table> {
  const set = { secrets: [{ sealed, createdAt: at }] }
  return { in: 'catalog', change: secretKey(campaignId), set, add: { version: 1 } }
}

/** For a transaction that removes the campaign: another of its name shall not inherit them. */
export function removeSecretWrite(campaignId: string): Write<Table> {
  return { in: 'catalog', delete: secretKey(campaignId) }
}

const secret = z.object({ sealed: z.string(), createdAt: instant, endsAt: instant.optional() })
const secretsRow = z.object({ version: z.int(), secrets: z.array(secret) })

function liveOf(secrets: readonly z.output<typeof secret>[], at: string) {
  return secrets.filter(({ endsAt }) => endsAt === undefined || endsAt > at)
}
