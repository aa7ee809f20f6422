import { gunzipSync, gzipSync } from 'node:zlib'
import * as z from 'zod'
import { type Account, toAccountName } from '../../../domain/reporting/ledger/account.ts'
import { type ClosedStatement, statementHead, statementLine } from '../../../domain/reporting/ledger/statement.ts'
import type { Engine, Write } from '../../engine/engine.ts'
import { statementKey, statementPartKey, type Table } from '../../keys.ts'
import { splitBytes } from '../../packed.ts'
import { queryAll } from '../../query-all.ts'
import { toItem } from '../../rows.ts'

/** Closed statements. A month is closed once, as the continuation of the month before, and never changed. */
export function statementStore(engine: Engine<Table>) {
  const read = async (accountName: string, month: string): Promise<ClosedStatement | undefined> => {
    const row = await engine.get({ in: 'leads', key: statementKey(accountName, month) })
    if (!row) return undefined
    const head = headRow.parse(row)
    const { pk, sk: prefix } = statementPartKey(accountName, head, 0)
    const parts = await queryAll(engine, { in: 'leads', pk, sk: { prefix: prefix.slice(0, -partDigits) }, limit: 10 })
    const packedEntries = Buffer.concat(parts.map((part) => partRow.parse(part).gzip))
    return { ...head, entries: z.array(statementLine).parse(JSON.parse(gunzipSync(packedEntries).toString())) }
  }

  return {
    find: (account: Account, month: string) => read(toAccountName(account), month),

    /** The heads of closed months, latest first. */
    async list(account: Account, limit: number) {
      const pk = statementKey(toAccountName(account), '').pk
      const { items } = await engine.query({ in: 'leads', pk, order: 'descending', limit })
      return items.map((row) => headRow.parse(row))
    },

    /** Returns false if the month is closed already, or if the month before is not the one that it continues. */
    async closeOnce(
      { entries, ...head }: ClosedStatement,
      previous: { month: string } | undefined,
      also: readonly Write<Table>[] = [],
    ): Promise<boolean> {
      const accountName = toAccountName(head.account)
      // Parts of a run that another one overtook are found by nothing: their names have the hash.
      for (const [number, gzip] of splitBytes(gzipSync(JSON.stringify(entries))).entries())
        await engine.transact([{ in: 'leads', put: { ...statementPartKey(accountName, head, number), gzip } }])
      const { done } = await engine.transact([
        { in: 'leads', put: { ...statementKey(accountName, head.month), ...toItem(head) }, when: { exists: false } },
        ...(previous
          ? [
              {
                in: 'leads',
                check: statementKey(accountName, previous.month),
                when: { attribute: 'hash', is: 'equal', value: head.previousHash },
              } as const,
            ]
          : []),
        ...also,
      ])
      return done
    },
  }
}
export type StatementStore = ReturnType<typeof statementStore>

const partDigits = 4
const headRow = z.object({ ...statementHead.shape, closedAt: z.string(), previousHash: z.string(), hash: z.string() })
const partRow = z.object({ gzip: z.instanceof(Uint8Array) })
