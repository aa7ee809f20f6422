import * as z from 'zod'
import type { Holder } from '../../domain/access/access-key.ts'
import { generation } from '../../domain/catalog/generation.ts'
import type { Condition, Engine, Write } from '../engine/engine.ts'
import { accessKeyRecordKey, keyRingKey, type Table } from '../keys.ts'
import { toItem } from '../rows.ts'

/**
 * The active keys of one holder, under one optimistic lock. A key with a `linkId` is a portal session: it is accepted
 * only while it is here, so that one write ends all sessions of a school. `links` are the portal links that can be opened.
 */
export const ringRow = z.object({
  version: z.int(),
  live: z.array(
    z.object({
      keyId: z.string(),
      name: z.string(),
      expiresAt: z.string().optional(),
      linkId: z.string().optional(),
      /** The key of the staff that created the link. */
      issuerKeyId: z.string().optional(),
    }),
  ),
  links: z.array(z.object({ linkId: z.string(), expiresAt: z.string(), generation })).default([]),
})
export type Ring = z.output<typeof ringRow>
type RingEntry = { expiresAt?: string | undefined }

export async function findRing(engine: Engine<Table>, holder: Holder): Promise<Ring> {
  const row = await engine.get({ in: 'catalog', key: keyRingKey(getHolderName(holder)) })
  return row ? ringRow.parse(row) : { version: 0, live: [], links: [] }
}

/** Replaces a ring, if no other write has replaced it since it was read. `version` is that of the ring that was read. */
export function buildRingWrite(holder: Holder, { version, live, links }: Ring): Write<Table> {
  const when: Condition = version === 0 ? { exists: false } : { attribute: 'version', is: 'equal', value: version }
  return {
    in: 'catalog',
    put: { ...keyRingKey(getHolderName(holder)), ...toItem({ version: version + 1, live, links }) },
    when,
  }
}

export function isUnexpired({ expiresAt }: RingEntry, at: string): boolean {
  return expiresAt === undefined || expiresAt > at
}

/** Whether a staff key was revoked. A key that is not stored ends what it created, too. */
export async function isKeyRevoked(engine: Engine<Table>, keyId: string): Promise<boolean> {
  const row = await engine.get({ in: 'catalog', key: accessKeyRecordKey(keyId) })
  return row === undefined || row.revokedAt !== undefined
}

function getHolderName(holder: Holder): string {
  if (holder.caller === 'operator') return 'operator'
  return holder.caller === 'school' ? `school#${holder.schoolId}` : `source#${holder.sourceId}`
}
