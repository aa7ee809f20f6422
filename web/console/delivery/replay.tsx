import { readReplay } from '#shared/contract/delivery/replays.ts'
import type { ReplayJob } from '#shared/domain/delivery/replay.ts'
import { useApiData } from '../../app/browser-client.tsx'
import { Badge, formatNumber, Instant } from '../../app/components/format.tsx'
import { LoadBoundary } from '../../app/components/note.tsx'
import { DetailList } from '../../app/components/timeline-entry.tsx'
import { usePolling } from '../../app/hooks/use-polling.ts'
import { Link } from '../../app/router.tsx'
import { useNames } from '../catalog/names.tsx'
import { formatReplayFilter } from './replays.tsx'

/** How far a replay of many has come; it looks again by itself until that is done. */
export function Replay({ replayId }: { replayId: string }) {
  const [replay, reload] = useApiData(readReplay, { params: { replayId } })
  usePolling(replay.body?.state === 'running', reload)
  return (
    <>
      <p>
        <Link to="/replays">All replays</Link>
      </p>
      <h1>Replay</h1>
      <LoadBoundary data={replay} reload={reload}>
        {(job) => <ReplayProgress job={job} />}
      </LoadBoundary>
    </>
  )
}

function ReplayProgress({ job }: { job: ReplayJob }) {
  const schools = useNames('schools')
  const { filter, state, startedAt, endedAt, matched, replayed, skipped, capReached } = job
  return (
    <section class="card" aria-live="polite" aria-label="Progress">
      <p>
        {formatReplayFilter(filter, schools)} <Badge text={state} />
      </p>
      {state === 'running' && (
        <>
          <progress aria-label="It runs" />
          <p>The worker goes on every minute. This page follows by itself, and may be left.</p>
        </>
      )}
      <DetailList
        items={[
          ['Started', <Instant key="start" at={startedAt} />],
          ['Ended', endedAt && <Instant key="end" at={endedAt} />],
          ['Matched so far', formatNumber(matched)],
          ['Sent again', formatNumber(replayed)],
          ['Left alone', skipped > 0 && `${formatNumber(skipped)}: changed, or replayed by somebody else meanwhile`],
          [
            'No room',
            capReached > 0 && `${formatNumber(capReached)}: their place under a cap has gone to another lead`,
          ],
        ]}
      />
    </section>
  )
}
