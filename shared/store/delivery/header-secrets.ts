import * as z from 'zod'
import type { Engine, Write } from '../engine/engine.ts'
import { headerSecretsKey, type Table } from '../keys.ts'

/** Sealed secrets by the name that a header gives them. */
export type SealedHeaderSecrets = { [name: string]: string }

/** The secrets of a campaign's headers. Each is an attribute of its own, so that two writers keep both of theirs. */
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

/** For a transaction that keeps secrets together with the campaign; those that are not among them stay. */
export function saveHeaderSecretsWrite(campaignId: string, secrets: SealedHeaderSecrets): Write<Table> {
  const set = Object.fromEntries(Object.entries(secrets).map(([name, value]) => [`${prefix}${name}`, value]))
  return { in: 'catalog', change: headerSecretsKey(campaignId), set }
}

/** For a transaction that removes the campaign. */
export function removeHeaderSecretsWrite(campaignId: string): Write<Table> {
  return { in: 'catalog', delete: headerSecretsKey(campaignId) }
}

// Apart from the attributes that every row has.
const prefix = 'sealed.'
const sealedSecrets = z.record(z.string(), z.string())
