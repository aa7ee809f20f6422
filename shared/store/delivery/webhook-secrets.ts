import * as z from 'zod'
import { addSeconds } from '../../domain/time.ts'
import { instant } from '../../domain/vocabulary.ts'
import type { Engine, Write } from '../engine/engine.ts'
import { type Table, webhookSecretKey } from '../keys.ts'

/** More signatures than these would swell the header of every webhook. */
export const maxLiveSecrets = 10
/** `until`: when the first of too many live secrets ends. */
export type RotationResult = { previousEndsAt: string } | { until: string } | 'busy'
type SecretRotation = { sealed: string; at: string; overlapSeconds: number }

/** Webhook secrets, sealed: none can be read back from the table. Of a campaign that has several, each live one signs. */
export function webhookSecretStore(engine: Engine<Table>) {
  const read = async (campaignId: string) => {
    const row = await engine.get({ in: 'catalog', key: webhookSecretKey(campaignId) })
    return row && secretsRow.parse(row)
  }

  return {
    /** Those that are live at an instant, the newest first. */
    async live(campaignId: string, at: string): Promise<string[]> {
      return filterLive((await read(campaignId))?.secrets ?? [], at).map(({ sealed }) => sealed)
    },

    /**
     * Adds a secret, and ends each that was live `overlapSeconds` later at the latest. Of two rotations at once both
     * stand: one is done on top of the other.
     */
    async rotate(campaignId: string, { sealed, at, overlapSeconds }: SecretRotation): Promise<RotationResult> {
      const previousEndsAt = addSeconds(at, overlapSeconds)
      for (let attempt = 0; attempt < maxTurns; attempt++) {
        const stored = await read(campaignId)
        const endingSecrets = filterLive(stored?.secrets ?? [], at).map((liveSecret) => ({
          ...liveSecret,
          endsAt:
            liveSecret.endsAt !== undefined && liveSecret.endsAt < previousEndsAt ? liveSecret.endsAt : previousEndsAt,
        }))
        const liveSecrets = endingSecrets.filter(({ endsAt }) => endsAt > at)
        const [until = at] = liveSecrets.map(({ endsAt }) => endsAt).toSorted()
        if (liveSecrets.length >= maxLiveSecrets) return { until }
        const { done } = await engine.transact([
          {
            in: 'catalog',
            change: webhookSecretKey(campaignId),
            set: { secrets: [{ sealed, createdAt: at }, ...liveSecrets] },
            add: { version: 1 },
            when: stored ? { attribute: 'version', is: 'equal', value: stored.version } : { exists: false },
          },
        ])
        if (done) return { previousEndsAt }
      }
      return 'busy'
    },
  }
}
export type WebhookSecrets = ReturnType<typeof webhookSecretStore>

// Each turn loses to another rotation, which stands.
const maxTurns = 20

/** For a transaction that saves a secret with its campaign. Those before it end at once: who gives one means that one. */
export function saveSecretWrite(campaignId: string, sealed: string, at: string): Write<Table> {
  const set = { secrets: [{ sealed, createdAt: at }] }
  return { in: 'catalog', change: webhookSecretKey(campaignId), set, add: { version: 1 } }
}

/** For a transaction that removes the campaign: another of its name shall not inherit them. */
export function removeSecretWrite(campaignId: string): Write<Table> {
  return { in: 'catalog', delete: webhookSecretKey(campaignId) }
}

const secret = z.object({ sealed: z.string(), createdAt: instant, endsAt: instant.optional() })
const secretsRow = z.object({ version: z.int(), secrets: z.array(secret) })

function filterLive(secrets: readonly z.output<typeof secret>[], at: string) {
  return secrets.filter(({ endsAt }) => endsAt === undefined || endsAt > at)
}
