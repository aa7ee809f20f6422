import * as z from 'zod'
import {
  type ConsentCertificate,
  consentCertificate,
  isAtRisk,
} from '../../domain/capture/certificates/consent-certificate.ts'
import type { Engine } from '../engine/engine.ts'
import { certificateEntry, certificatesPartition } from '../index-keys.ts'
import { certificateKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { toItem } from '../rows.ts'

const certificateRow = z.object({
  ...consentCertificate.shape,
  leadId: z.string(),
  deadlineAt: z.string(),
  retryUntil: z.string(),
  dueSk: z.string().optional(),
})
export type StoredCertificate = z.output<typeof certificateRow>
export type LeasedCertificate = StoredCertificate & { leaseToken: string }
export type CertificateStore = ReturnType<typeof certificateStore>
/** `dueAt`: it is looked at again. Without it, `state` is final. */
export type CertificateChange = Partial<Omit<ConsentCertificate, 'vendor'>> & { dueAt?: string | undefined }

const maxAtRisk = 100

/** The certificates of leads, each with what became of it. One that waits is in the due index. */
export function certificateStore(engine: Engine<Table>) {
  return {
    async list(leadId: string): Promise<StoredCertificate[]> {
      const rows = await queryAll(engine, { in: 'leads', pk: certificateKey(leadId, '').pk, limit: 10 })
      return rows.map((row) => certificateRow.parse(row))
    },

    /** Certificates to look at, oldest first: new ones before those whose attempts fail. */
    async listDue(now: string, limit: number): Promise<StoredCertificate[]> {
      const [fresh, failing] = await Promise.all([
        listEntries('fresh', { to: `${now}#~` }, limit),
        listEntries('failing', { to: `${now}#~` }, limit),
      ])
      // Another worker may have leased one since the index was read.
      return [...fresh, ...failing].slice(0, limit).filter(({ dueSk = '~' }) => dueSk <= `${now}#~`)
    },

    /** Certificates whose attempts fail and whose deadline is near or past; 100 at most. */
    async listAtRisk(now: string): Promise<StoredCertificate[]> {
      const failing = await listEntries('failing', {}, maxAtRisk)
      return failing.filter((certificate) => isAtRisk(certificate, now))
    },

    /** Leases a due certificate until `until`. Undefined if another worker has it. */
    async lease(
      certificate: StoredCertificate,
      lease: { token: string; until: string },
    ): Promise<LeasedCertificate | undefined> {
      const { leadId, vendor, dueSk = '' } = certificate
      const { done } = await engine.transact([
        {
          in: 'leads',
          change: certificateKey(leadId, vendor),
          set: { leaseToken: lease.token, ...certificateEntry(certificate, lease.until) },
          when: { attribute: 'dueSk', is: 'equal', value: dueSk },
          unique: 'leaseToken',
        },
      ])
      return done ? { ...certificate, leaseToken: lease.token } : undefined
    },

    /** Ends a lease with what was found. Nothing happens if the lease was lost. */
    async settle(certificate: LeasedCertificate, { dueAt, ...found }: CertificateChange): Promise<void> {
      const { leadId, vendor, leaseToken, failures } = certificate
      const entry = { leadId, vendor, failures: found.failures ?? failures }
      const set = { ...toItem(found), ...(dueAt !== undefined && certificateEntry(entry, dueAt)) }
      const remove = ['leaseToken', ...(dueAt === undefined ? ['duePk', 'dueSk'] : [])]
      const when = { attribute: 'leaseToken', is: 'equal', value: leaseToken } as const
      await engine.transact([{ in: 'leads', change: certificateKey(leadId, vendor), set, remove, when }])
    },
  }

  async function listEntries(part: 'fresh' | 'failing', sk: { to?: string }, limit: number) {
    const query = { in: 'leads', index: 'due', pk: certificatesPartition(part), sk, limit } as const
    const { items } = await engine.query(query)
    const rows = await Promise.all(
      items.map(({ pk, sk: vendor }) => engine.get({ in: 'leads', key: { pk, sk: vendor } })),
    )
    return rows.flatMap((row) => (row ? certificateRow.parse(row) : []))
  }
}
