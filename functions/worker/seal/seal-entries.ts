import { extendChain } from '#shared/domain/access/audit-chain.ts'
import { toDay } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { maxSealsPerTransaction } from '#shared/store/access/audit-store.ts'

type SealEntriesDependencies = Pick<Dependencies, 'audit' | 'now' | 'log'>

const maxBatches = 40

/**
 * Adds the entries of the last minute to the hash chain of the day, and logs the head of the chain, so that a chain
 * whose end was removed can be told from the log. A run that another one overtakes leaves the rest to it.
 */
export async function sealEntries({ audit, now, log }: SealEntriesDependencies): Promise<void> {
  for (let batchCount = 0; batchCount < maxBatches; batchCount++) {
    const entries = await audit.listUnsealed(maxSealsPerTransaction)
    if (entries.length === 0) return
    const previous = await audit.findLastHead()
    const sealedAt = now().toISOString()
    // A clock that was set back must not continue an earlier day.
    const day = previous && previous.day > toDay(sealedAt) ? previous.day : toDay(sealedAt)
    const chain = extendChain(
      entries.map(({ sealDay: _, sequence: __, ...entry }) => entry),
      { head: previous, day, sealedAt },
    )
    if (!(await audit.seal(chain, previous))) return
    const { sequence, hash } = chain.head
    log('audit.sealed', { day, entries: entries.length, sequence, hash })
  }
}
