import { useEffect, useState } from 'preact/hooks'
import { startReplay } from '#shared/contract/delivery/replays.ts'
import type { ReplayFilter } from '#shared/domain/delivery/replay.ts'
import { Action } from '../../app/action.tsx'
import { type BrowserClient, captureProblem, useApi } from '../../app/browser-client.tsx'
import { formatNumber } from '../../app/components/format.tsx'
import { DetailList } from '../../app/components/timeline-entry.tsx'
import { navigate } from '../../app/router.tsx'
import type { Names } from '../catalog/names.tsx'
import { formatReplayFilter } from './replays.tsx'

type ReplayCounts = { count: number; byState: Tally; bySchool: Tally; looked: number }
type Tally = { [name: string]: number }

/** Counts what a replay would send, and sends it once somebody has seen the count. */
export function ReplayMany({ filter, schools }: { filter: ReplayFilter; schools: Names }) {
  const { call } = useApi()
  const [counts, setCounts] = useState<ReplayCounts>()
  const filterKey = JSON.stringify(filter)
  useEffect(() => setCounts(undefined), [filterKey])
  const description = formatReplayFilter(filter, schools)
  return (
    <section class="card" aria-labelledby="replay-many">
      <h2 id="replay-many">Replay all that match</h2>
      <p>All {description}. Count them first; nothing is sent by counting.</p>
      <div class="actions">
        <Action kind="second" run={() => captureProblem(() => countMatches(call, filter, setCounts))}>
          Count
        </Action>
      </div>
      <div role="status">{counts && <CountSummary counts={counts} schools={schools} />}</div>
      {counts !== undefined && counts.count > 0 && (
        <div class="actions">
          <Action
            run={async () => {
              const response = await call(startReplay, { body: { filter } })
              if (response.status === 202) navigate(`/replays/${response.body.replayId}`)
              return response
            }}
            confirmation={{
              title: `Send ${formatNumber(counts.count)} deliveries once more?`,
              text: `These are ${description}, and those that match until it runs. Each school gets the same bytes with the same webhook-id. It cannot be stopped.`,
              confirmLabel: 'Replay them',
            }}
          >
            Replay {formatNumber(counts.count)} deliveries
          </Action>
        </div>
      )}
    </section>
  )
}

function CountSummary({
  counts: { count, byState, bySchool, looked },
  schools,
}: {
  counts: ReplayCounts
  schools: Names
}) {
  if (count === 0) return <p>None of {formatNumber(looked)} deliveries matches: there is nothing to replay.</p>
  const names = Object.entries(bySchool).map(
    ([id, deliveryCount]) => `${schools.get(id) ?? id} ${formatNumber(deliveryCount)}`,
  )
  return (
    <>
      <p>
        <strong>{formatNumber(count)}</strong> of {formatNumber(looked)} deliveries match.
      </p>
      <DetailList
        items={[
          [
            'By state',
            Object.entries(byState)
              .map(([state, deliveryCount]) => `${state} ${formatNumber(deliveryCount)}`)
              .join(', '),
          ],
          ['By school', names.join(', ')],
        ]}
      />
    </>
  )
}

/** A dry run comes in pages, which are added up and shown as they come. */
async function countMatches(call: BrowserClient, filter: ReplayFilter, onProgress: (counts: ReplayCounts) => void) {
  let sum: ReplayCounts = { count: 0, byState: {}, bySchool: {}, looked: 0 }
  let cursor: string | undefined
  do {
    const response = await call(startReplay, {
      body: { filter, dryRun: true, ...(cursor !== undefined && { cursor }) },
    })
    if (response.status !== 200) return response
    const { body } = response
    sum = {
      count: sum.count + body.count,
      byState: addTallies(sum.byState, body.byState),
      bySchool: addTallies(sum.bySchool, body.bySchool),
      looked: sum.looked + body.looked,
    }
    onProgress(sum)
    cursor = body.page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return {}
}

function addTallies(one: Tally, other: Tally): Tally {
  const sum = { ...one }
  for (const [name, more] of Object.entries(other)) sum[name] = (sum[name] ?? 0) + more
  return sum
}
