import { useEffect, useState } from 'preact/hooks'
import { startReplay } from '#shared/contract/delivery/replays.ts'
import type { ReplayFilter } from '#shared/domain/delivery/replay-job.ts'
import { Action } from '../../app/action.tsx'
import { type BrowserClient, captureProblem, useApi } from '../../app/browser-client.tsx'
import { DetailList } from '../../app/components/timeline.tsx'
import { formatNumber } from '../../app/format.ts'
import { Allowed } from '../../app/people/allowed.tsx'
import { navigate } from '../../app/router.tsx'
import { statusLabels } from '../../app/text/status-labels.ts'
import type { Names } from '../catalog/names.tsx'
import { replayText } from '../text/delivery-text.ts'
import { formatReplayFilter } from './replays.tsx'

type ReplayCounts = { count: number; byState: Counts; bySchool: Counts; scanned: number }
type Counts = { [name: string]: number }

/** Counts the deliveries that a replay would send, and starts the replay after that. */
export function ReplayMany({ filter, schools }: { filter: ReplayFilter; schools: Names }) {
  const { call } = useApi()
  const [counts, setCounts] = useState<ReplayCounts>()
  const filterKey = JSON.stringify(filter)
  useEffect(() => setCounts(undefined), [filterKey])
  const description = formatReplayFilter(filter, schools)
  return (
    <section class="card" aria-labelledby="replay-many">
      <h2 id="replay-many">{replayText.heading}</h2>
      <p>{replayText.help(description)}</p>
      <div class="actions">
        <Allowed to={startReplay}>
          <Action kind="second" run={() => captureProblem(() => countMatches(call, filter, setCounts))}>
            {replayText.count}
          </Action>
        </Allowed>
      </div>
      <div role="status">{counts && <CountSummary counts={counts} schools={schools} />}</div>
      {counts !== undefined && counts.count > 0 && (
        <div class="actions">
          <Allowed to={startReplay}>
            <Action
              run={async () => {
                const response = await call(startReplay, { body: { filter } })
                if (response.status === 202) navigate(`/replays/${response.body.replayId}`)
                return response
              }}
              confirmation={{
                title: replayText.confirmTitle(formatNumber(counts.count)),
                text: replayText.confirmHelp(description),
                confirmLabel: replayText.confirm,
              }}
            >
              {replayText.replay(formatNumber(counts.count))}
            </Action>
          </Allowed>
        </div>
      )}
    </section>
  )
}

function CountSummary({
  counts: { count, byState, bySchool, scanned },
  schools,
}: {
  counts: ReplayCounts
  schools: Names
}) {
  if (count === 0) return <p>{replayText.noMatch(formatNumber(scanned))}</p>
  const names = Object.entries(bySchool).map(
    ([id, deliveryCount]) => `${schools.get(id) ?? id} ${formatNumber(deliveryCount)}`,
  )
  return (
    <>
      <p>
        <strong>{formatNumber(count)}</strong>
        {replayText.matchCount(formatNumber(scanned))}
      </p>
      <DetailList
        items={[
          [
            replayText.byStatus,
            Object.entries(byState)
              .map(([state, deliveryCount]) => `${stateLabels[state]?.label ?? state} ${formatNumber(deliveryCount)}`)
              .join(', '),
          ],
          [replayText.bySchool, names.join(', ')],
        ]}
      />
    </>
  )
}

const stateLabels: { readonly [state: string]: { label: string } } = statusLabels.delivery

/** Adds up the pages of a dry run and reports the sum after each page. */
async function countMatches(call: BrowserClient, filter: ReplayFilter, onProgress: (counts: ReplayCounts) => void) {
  let sum: ReplayCounts = { count: 0, byState: {}, bySchool: {}, scanned: 0 }
  let cursor: string | undefined
  do {
    const response = await call(startReplay, {
      body: { filter, dryRun: true, ...(cursor !== undefined && { cursor }) },
    })
    if (response.status !== 200) return response
    const { body } = response
    sum = {
      count: sum.count + body.count,
      byState: addCounts(sum.byState, body.byState),
      bySchool: addCounts(sum.bySchool, body.bySchool),
      scanned: sum.scanned + body.scanned,
    }
    onProgress(sum)
    cursor = body.page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return {}
}

function addCounts(one: Counts, other: Counts): Counts {
  const sum = { ...one }
  for (const [name, more] of Object.entries(other)) sum[name] = (sum[name] ?? 0) + more
  return sum
}
