import * as z from 'zod'
import type { Engine, Write } from '../engine/engine.ts'
import { headerSecretsKey, type Table } from '../keys.ts'

/** Sealed secrets by name. */
export type SealedHeaderSecrets = { [name: string]: string }

/** Under these names, which no header can use, the row has the secrets of an SFTP endpoint. */
export const sftpSecretNames = { password: 'sftp:password', privateKey: 'sftp:privateKey' } as const

/** The secrets in a campaign's headers. Each is its own attribute, so that two writers at once keep both secrets. */
export function headerSecretStore(engine: Engine<Table>) {
  return {
    async getSealed(campaignId: string): Promise<SealedHeaderSecrets> {
      const row = await engine.get({ in: 'catalog', key: headerSecretsKey(campaignId) })
      const sealedEntries = Object.entries(row ?? {}).filter(([attribute]) => attribute.startsWith(prefix))
      return sealedSecrets.parse(
        Object.fromEntries(sealedEntries.map(([attribute, value]) => [attribute.slice(prefix.length), value])),
      )
    },
  }
}

/** Adds or replaces secrets: part of the transaction that saves a campaign. */
export function saveHeaderSecretsWrite(campaignId: string, secrets: SealedHeaderSecrets): Write<Table> {
  const set = Object.fromEntries(Object.entries(secrets).map(([name, value]) => [`${prefix}${name}`, value]))
  return { in: 'catalog', change: headerSecretsKey(campaignId), set }
}

/** Removes all secrets: part of the transaction that deletes a campaign. */
export function removeHeaderSecretsWrite(campaignId: string): Write<Table> {
  return { in: 'catalog', delete: headerSecretsKey(campaignId) }
}

// Keeps secrets from colliding with the attributes that every row has.
const prefix = 'sealed.'
const sealedSecrets = z.record(z.string(), z.string())
