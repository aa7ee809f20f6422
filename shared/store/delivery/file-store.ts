import * as z from 'zod'
import { mayHaveReachedSchool } from '../../domain/delivery/delivery.ts'
import {
  deliveryFileState,
  type FileContent,
  type FileMailReceipt,
  fileContent,
  fileMailReceipt,
  maxFileRows,
} from '../../domain/delivery/files/delivery-file.ts'
import { addDays, addSeconds } from '../../domain/time.ts'
import { instant } from '../../domain/vocabulary.ts'
import type { Condition, Engine, Item, Write } from '../engine/engine.ts'
import { toEpochSeconds } from '../engine/expiry.ts'
import { ifUnchanged } from '../if-unchanged.ts'
import { dueEntry, fileEntry, filesPartition } from '../index-keys.ts'
import { deliveryKey, fileKey, fileRowKey, type Table } from '../keys.ts'
import { pack, packed } from '../packed.ts'
import { queryAll } from '../query-all.ts'
import { retryOnConflict } from '../retry-on-conflict.ts'
import { toItem } from '../rows.ts'
import type { StoredDelivery } from './delivery-row.ts'

/** `leaseUntil`: until then the holder of `leaseToken` sends it. */
export type DeliveryFile = z.output<typeof fileRow>
export type LeasedFile = DeliveryFile & { leaseToken: string; leaseUntil: string }
export type FileRun = Pick<DeliveryFile, 'fileId' | 'campaignId' | 'schoolId' | 'runAt'>

/** The sweeper looks at a delivery in a file so much later than the file is due: the file's own worker comes first. */
export const fileGraceSeconds = 900
const retentionDays = 60
const maxTries = 10

/** The files that leads are sent in. Their rows name deliveries and hold no personal data. */
export function fileStore(engine: Engine<Table>) {
  const find = async (fileId: string): Promise<DeliveryFile | undefined> => {
    const row = await engine.get({ in: 'leads', key: fileKey(fileId) })
    return row && fileRow.parse(row)
  }
  const change = async (lease: LeasedFile, set: Item, remove: string[] = []): Promise<boolean> => {
    const when: Condition = { attribute: 'leaseToken', is: 'equal', value: lease.leaseToken }
    const { done } = await engine.transact([{ in: 'leads', change: fileKey(lease.fileId), set, remove, when }])
    return done
  }

  return {
    find,

    /**
     * Adds a waiting delivery to the file of a run and puts it on hold until then, in one transaction. `closed`: the file takes no
     * more rows. `changed`: the delivery has changed since it was read.
     */
    async join(delivery: StoredDelivery, run: FileRun): Promise<'joined' | 'closed' | 'changed' | 'conflict'> {
      const { deliveryId } = delivery
      const { fileId, runAt } = run
      const expiresAt = toEpochSeconds(new Date(addDays(runAt, retentionDays)))
      const deliveryWrite: Write<Table> = {
        in: 'leads',
        change: deliveryKey(deliveryId),
        set: {
          state: 'parked',
          fileId,
          dueAt: runAt,
          uncertain: mayHaveReachedSchool(delivery),
          ...dueEntry(deliveryId, addSeconds(runAt, fileGraceSeconds)),
        },
        remove: ['leaseUntil'],
        when: ifUnchanged(delivery, 'parked'),
      }
      const rowWrite: Write<Table> = { in: 'leads', put: { ...fileRowKey(fileId, deliveryId), deliveryId, expiresAt } }
      return retryOnConflict(maxTries, async () => {
        const file = await find(fileId)
        if (file && (file.state !== 'open' || file.rows >= maxFileRows)) return 'closed'
        const newFile = { ...fileKey(fileId), ...run, state: 'open', attempts: 0, rows: 1, dueAt: runAt, expiresAt }
        const fileWrite: Write<Table> = file
          ? { in: 'leads', change: fileKey(fileId), set: { runAt }, add: { rows: 1 }, when: ifOpen }
          : { in: 'leads', put: { ...newFile, ...fileEntry(fileId, runAt) }, when: { exists: false } }
        const outcome = await engine.transact([deliveryWrite, rowWrite, fileWrite])
        if (outcome.done) return 'joined'
        return outcome.refused[0] === 'condition' ? 'changed' : 'conflict'
      })
    },

    /** Files that are due, oldest first. */
    async listDue(now: string, limit: number): Promise<DeliveryFile[]> {
      const query = { in: 'leads', index: 'due', pk: filesPartition, sk: { to: `${now}#~` }, limit } as const
      const { items } = await engine.query(query)
      const rows = await Promise.all(items.map(({ pk, sk }) => engine.get({ in: 'leads', key: { pk, sk } })))
      return rows.flatMap((row) => (row ? fileRow.parse(row) : [])).filter(({ dueAt }) => dueAt <= now)
    },

    /** Leases a due file and closes it. Undefined if another worker has it. */
    async lease(
      file: DeliveryFile,
      { token, until }: { token: string; until: string },
    ): Promise<LeasedFile | undefined> {
      const { fileId, dueAt } = file
      const state = file.state === 'open' ? 'closed' : file.state
      const { done } = await engine.transact([
        {
          in: 'leads',
          change: fileKey(fileId),
          set: { state, leaseToken: token, dueAt: until, ...fileEntry(fileId, until) },
          add: { attempts: 1 },
          when: { all: [{ attribute: 'dueAt', is: 'equal', value: dueAt }, ifInState(file)] },
          unique: 'leaseToken',
        },
      ])
      return done ? { ...file, state, attempts: file.attempts + 1, leaseToken: token, leaseUntil: until } : undefined
    },

    /** The deliveries that joined a file, by ID. Some may have left it since. */
    async listDeliveryIds(fileId: string): Promise<string[]> {
      const sk = { from: fileRowKey(fileId, '').sk, to: fileRowKey(fileId, '~').sk }
      const rows = await queryAll(engine, { in: 'leads', pk: fileKey(fileId).pk, sk, limit: 500 })
      return rows.map((row) => memberRow.parse(row).deliveryId)
    },

    /** Writes down what the file contains, before it can reach its school. Returns false if the lease was lost. */
    stage: (lease: LeasedFile, content: FileContent) => change(lease, { state: 'staged', content: pack(content) }),

    /** Writes down that the school has the file. Returns false if the lease was lost. */
    markSent: (lease: LeasedFile, mailReceipt?: FileMailReceipt) =>
      change(lease, { state: 'sent', ...(mailReceipt && { mailReceipt: toItem(mailReceipt) }) }),

    /** Ends a lease: the file is tried again at `dueAt`, or is done without it. */
    async settle(lease: LeasedFile, dueAt: string | undefined): Promise<boolean> {
      if (dueAt === undefined) return change(lease, { state: 'done' }, ['leaseToken', 'dueAt', 'duePk', 'dueSk'])
      return change(lease, { dueAt, ...fileEntry(lease.fileId, dueAt) }, ['leaseToken'])
    },
  }
}

function ifInState({ state }: Pick<DeliveryFile, 'state'>): Condition {
  return { attribute: 'state', is: 'equal', value: state }
}

const ifOpen = ifInState({ state: 'open' })
const memberRow = z.object({ deliveryId: z.string() })
const fileRow = z.object({
  fileId: z.string(),
  campaignId: z.string(),
  schoolId: z.string(),
  runAt: instant,
  state: deliveryFileState,
  attempts: z.int(),
  rows: z.int(),
  /** When it is sent or looked at again. A file that is done has none. */
  dueAt: z.string().default(''),
  content: packed(fileContent).optional(),
  mailReceipt: fileMailReceipt.optional(),
})
