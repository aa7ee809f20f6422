import * as z from 'zod'
import { addSeconds } from '../../domain/time.ts'
import { instant } from '../../domain/vocabulary.ts'
import type { Engine, Row, Write } from '../engine/engine.ts'
import { type Table, webhookSecretKey } from '../keys.ts'
import { parseOnce } from '../parse-once.ts'
import { retryOnConflict } from '../retry-on-conflict.ts'

/** Each live secret adds a signature to the header of every webhook. */
export const maxLiveSecrets = 10
/** `limitReachedUntil`: the campaign has `maxLiveSecrets`, and the first of them expires then. */
export type RotationResult = { previousEndsAt: string } | { limitReachedUntil: string }
type SecretRotation = { sealed: string; at: string; overlapSeconds: number; also?: readonly Write<Table>[] }

const maxAttempts = 20

/** Webhook secrets, sealed. Each live secret of a campaign signs its webhooks. */
export function webhookSecretStore(engine: Engine<Table>) {
  const read = async (campaignId: string) => {
    const row = await engine.get({ in: 'catalog', key: webhookSecretKey(campaignId) })
    return row && parseSecrets(row)
  }

  return {
    /** Returns the sealed secrets that are live at an instant, newest first. */
    async listLive(campaignId: string, at: string): Promise<string[]> {
      return filterLive((await read(campaignId))?.secrets ?? [], at).map(({ sealed }) => sealed)
    },

    /**
     * Adds a secret. Each older live secret expires after `overlapSeconds` at the latest. Two rotations at once both
     * take effect, one after the other.
     */
    async rotate(
      campaignId: string,
      { sealed, at, overlapSeconds, also = [] }: SecretRotation,
    ): Promise<RotationResult | 'conflict'> {
      const previousEndsAt = addSeconds(at, overlapSeconds)
      return retryOnConflict<RotationResult>(maxAttempts, async () => {
        const stored = await read(campaignId)
        const endingSecrets = filterLive(stored?.secrets ?? [], at).map((liveSecret) => ({
          ...liveSecret,
          endsAt:
            liveSecret.endsAt !== undefined && liveSecret.endsAt < previousEndsAt ? liveSecret.endsAt : previousEndsAt,
        }))
        const liveSecrets = endingSecrets.filter(({ endsAt }) => endsAt > at)
        const [limitReachedUntil = at] = liveSecrets.map(({ endsAt }) => endsAt).toSorted()
        if (liveSecrets.length >= maxLiveSecrets) return { limitReachedUntil }
        const { done } = await engine.transact([
          {
            in: 'catalog',
            change: webhookSecretKey(campaignId),
            set: { secrets: [{ sealed, createdAt: at }, ...liveSecrets] },
            add: { version: 1 },
            when: stored ? { attribute: 'version', is: 'equal', value: stored.version } : { exists: false },
          },
          ...also,
        ])
        return done ? { previousEndsAt } : 'conflict'
      })
    },
  }
}
export type WebhookSecrets = ReturnType<typeof webhookSecretStore>

/** Replaces all secrets with one: part of the transaction that saves a campaign. */
export function saveSecretWrite(campaignId: string, sealed: string, at: string): Write<Table> {
  const set = { secrets: [{ sealed, createdAt: at }] }
  return { in: 'catalog', change: webhookSecretKey(campaignId), set, add: { version: 1 } }
}

/** A new campaign of the same ID must not inherit them: part of the transaction that deletes a campaign. */
export function removeSecretWrite(campaignId: string): Write<Table> {
  return { in: 'catalog', delete: webhookSecretKey(campaignId) }
}

const secret = z.object({ sealed: z.string(), createdAt: instant, endsAt: instant.optional() })
const secretsRow = z.object({ version: z.int(), secrets: z.array(secret) })

const parseSecrets = parseOnce((row: Row) => secretsRow.parse(row))

function filterLive(secrets: readonly z.output<typeof secret>[], at: string) {
  return secrets.filter(({ endsAt }) => endsAt === undefined || endsAt > at)
}
