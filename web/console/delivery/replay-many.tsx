import { useEffect, useState } from 'preact/hooks'
import { startReplay } from '#shared/contract/delivery/replays.ts'
import type { ReplayFilter } from '#shared/domain/delivery/replay.ts'
import { Action } from '../../app/action.tsx'
import { type Call, outcomeOf, useApi } from '../../app/api.tsx'
import { Facts } from '../../app/components/moment.tsx'
import { number } from '../../app/components/words.tsx'
import { go } from '../../app/place.tsx'
import type { Names } from '../catalog/names.tsx'
import { told } from './replays.tsx'

type Counts = { count: number; byState: Tally; bySchool: Tally; looked: number }
type Tally = { [name: string]: number }

/** Counts what a replay would send, and sends it once somebody has seen the count. */
export function ReplayMany({ filter, schools }: { filter: ReplayFilter; schools: Names }) {
  const { call } = useApi()
  const [counts, setCounts] = useState<Counts>()
  const asked = JSON.stringify(filter)
  useEffect(() => setCounts(undefined), [asked])
  const what = told(filter, schools)
  return (
    <section class="card" aria-labelledby="replay-many">
      <h2 id="replay-many">Replay all that match</h2>
      <p>All {what}. Count them first; nothing is sent by counting.</p>
      <div class="actions">
        <Action kind="second" run={() => outcomeOf(() => count(call, filter, setCounts))}>
          Count
        </Action>
      </div>
      <div role="status">{counts && <Counted counts={counts} schools={schools} />}</div>
      {counts !== undefined && counts.count > 0 && (
        <div class="actions">
          <Action
            run={async () => {
              const answer = await call(startReplay, { body: { filter } })
              if (answer.status === 202) go(`/replays/${answer.body.replayId}`)
              return answer
            }}
            sure={{
              title: `Send ${number(counts.count)} deliveries once more?`,
              text: `These are ${what}, and those that match until it runs. Each school gets the same bytes with the same webhook-id. It cannot be stopped.`,
              yes: 'Replay them',
            }}
          >
            Replay {number(counts.count)} deliveries
          </Action>
        </div>
      )}
    </section>
  )
}

function Counted({ counts: { count, byState, bySchool, looked }, schools }: { counts: Counts; schools: Names }) {
  if (count === 0) return <p>None of {number(looked)} deliveries matches: there is nothing to replay.</p>
  const names = Object.entries(bySchool).map(([id, of]) => `${schools.get(id) ?? id} ${number(of)}`)
  return (
    <>
      <p>
        <strong>{number(count)}</strong> of {number(looked)} deliveries match.
      </p>
      <Facts
        of={[
          [
            'By state',
            Object.entries(byState)
              .map(([state, of]) => `${state} ${number(of)}`)
              .join(', '),
          ],
          ['By school', names.join(', ')],
        ]}
      />
    </>
  )
}

/** A dry run comes in pages, which are added up and shown as they come. */
async function count(call: Call, filter: ReplayFilter, show: (counts: Counts) => void) {
  let sum: Counts = { count: 0, byState: {}, bySchool: {}, looked: 0 }
  let cursor: string | undefined
  do {
    const answer = await call(startReplay, { body: { filter, dryRun: true, ...(cursor !== undefined && { cursor }) } })
    if (answer.status !== 200) return answer
    const { body } = answer
    sum = {
      count: sum.count + body.count,
      byState: added(sum.byState, body.byState),
      bySchool: added(sum.bySchool, body.bySchool),
      looked: sum.looked + body.looked,
    }
    show(sum)
    cursor = body.page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return {}
}

function added(one: Tally, other: Tally): Tally {
  const sum = { ...one }
  for (const [name, more] of Object.entries(other)) sum[name] = (sum[name] ?? 0) + more
  return sum
}
