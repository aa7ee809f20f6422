import * as z from 'zod'
import { parseMarkers, readPersonMarkers } from '../capture/dedupe-markers.ts'
import { showLease } from '../delivery/delivery-row.ts'
import { splitFirstAttempt } from '../delivery/first-attempt.ts'
import type { Engine, Row } from '../engine/engine.ts'
import { consentKey, dedupeMarkerKey, deliveryKey, erasureKey, leadKey, suppressionKey, type Table } from '../keys.ts'
import { isPacked, unpack } from '../packed.ts'
import { queryAll } from '../query-all.ts'

export type PersonRecord = { kind: string; leadId?: string; data: { [name: string]: z.core.util.JSONType } }
export type PersonRecordStore = ReturnType<typeof personRecordStore>

/** Everything that is stored about a person, for an access request. */
export function personRecordStore(engine: Engine<Table>) {
  const queryPartition = (pk: string) => queryAll(engine, { in: 'leads', pk, limit: 100 })

  return {
    async listOfLead(leadId: string, hmacs: readonly string[]): Promise<PersonRecord[]> {
      const leadRows = [...(await queryPartition(leadKey(leadId).pk)), ...(await queryPartition(consentKey(leadId).pk))]
      const leadRow = leadRows.find(({ sk }) => sk === leadKey(leadId).sk)
      const { sourceId, erasureId } = leadFields.parse(leadRow ?? {})
      const deliveries = leadRows.flatMap((row) => decisionFields.parse(row).deliveries ?? [])
      const erasureRows = erasureId === undefined ? [] : await queryPartition(erasureKey(erasureId).pk)
      const noticeIds = erasureRows.flatMap(({ sk }) => (sk.startsWith('NOTICE#') ? sk.slice('NOTICE#'.length) : []))
      const deliveryIds = [...deliveries.map(({ deliveryId }) => deliveryId), ...noticeIds]
      const deliveryRows = (await Promise.all(deliveryIds.map((id) => queryPartition(deliveryKey(id).pk)))).flat()
      const ownDeliveryPks = new Set(deliveryRows.filter((row) => row.leadId === leadId).map(({ pk }) => pk))
      const scopes = [...new Set([...deliveries.map(({ schoolId }) => schoolId), `source#${sourceId}`])]
      const ownMarkers = await Promise.all(
        scopes.flatMap((scope) => hmacs.map((hmac) => engine.get({ in: 'leads', key: dedupeMarkerKey(scope, hmac) }))),
      )
      const markers = [...ownMarkers, ...(await listMarkerRows(hmacs))]
      return [
        ...leadRows,
        ...deliveryRows
          .filter(({ pk }) => ownDeliveryPks.has(pk))
          .map(showLease)
          .flatMap(splitFirstAttempt),
        ...markers.flatMap((row) => (row?.leadId === leadId ? row : [])),
        ...erasureRows.filter(({ sk }) => sk === erasureKey('').sk),
      ].map((row) => toPersonRecord(row, leadId))
    },

    async listSuppressions(hmacs: readonly string[]): Promise<PersonRecord[]> {
      const rows = await Promise.all(hmacs.map((hmac) => queryPartition(suppressionKey(hmac).pk)))
      return rows.flat().map((row) => toPersonRecord(row))
    },
  }

  /** The markers of a person as rows of their own, as an earlier edition stored them. */
  async function listMarkerRows(hmacs: readonly string[]): Promise<Row[]> {
    const rows = await Promise.all(hmacs.map((hmac) => readPersonMarkers(engine, hmac)))
    return rows.flatMap((row, index) =>
      parseMarkers(row).map(({ scope, ...marker }) => ({ ...dedupeMarkerKey(scope, hmacs[index] ?? ''), ...marker })),
    )
  }
}

/** `DELIVERY#dlv_1` / `ATTEMPT#0001` is an `attempt`; `DEDUPE#school` / a hash is a `dedupe`. */
export function getRecordKind({ pk, sk }: Pick<Row, 'pk' | 'sk'>): string {
  const [partition = ''] = pk.split('#')
  const [word = ''] = sk.split('#')
  return (partition === 'DEDUPE' || partition === 'PERSON' || partition === 'PROOF' ? partition : word).toLowerCase()
}

/** Keys of the store and hashes tell a person nothing; a proof is shown opened. */
function toPersonRecord(row: Row, leadId?: string): PersonRecord {
  const { pk: _pk, sk: _sk, duePk: _duePk, dueSk: _dueSk, timelinePk: _tPk, timelineSk: _tSk, ...fields } = row
  const { people: _people, sealed: _sealed, leaseToken: _token, leaseUntil: _until, ...shown } = fields
  const data = Object.entries(shown).map(([name, value]) => [name, isPacked(value) ? unpack(value) : value])
  return {
    kind: getRecordKind(row),
    ...(leadId !== undefined && { leadId }),
    data: jsonRecord.parse(Object.fromEntries(data)),
  }
}

const jsonRecord = z.record(z.string(), z.json())
const leadFields = z.object({ sourceId: z.string().optional(), erasureId: z.string().optional() })
const decisionFields = z.object({
  deliveries: z.array(z.object({ schoolId: z.string(), deliveryId: z.string() })).optional(),
})
