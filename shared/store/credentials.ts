import * as z from 'zod'
import type { Engine, Write } from './engine/engine.ts'
import { secretKey, type Table } from './keys.ts'

/** Webhook secrets, sealed: they cannot be read back from the table alone. */
export function credentials(engine: Engine<Table>) {
  return {
    async sealedSecrets(campaignId: string): Promise<string[]> {
      const row = await engine.get({ in: 'catalog', key: secretKey(campaignId) })
      return row ? sealedSecrets.parse(row).sealed : []
    },
  }
}

/** For a transaction that makes a secret together with the campaign that it belongs to. */
export function saveSecretWrite(campaignId: string, sealed: string): Write<Table> {
  return { in: 'catalog', put: { ...secretKey(campaignId), sealed: [sealed] } }
}

/** For a transaction that removes the campaign of a secret: another of its name shall not inherit it. */
export function removeSecretWrite(campaignId: string): Write<Table> {
  return { in: 'catalog', delete: secretKey(campaignId) }
}

const sealedSecrets = z.object({ sealed: z.array(z.string()) })
