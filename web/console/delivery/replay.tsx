import { readReplay } from '#shared/contract/delivery/replays.ts'
import type { ReplayJob } from '#shared/domain/delivery/replay-job.ts'
import { useApiData } from '../../app/browser-client.tsx'
import { Badge } from '../../app/components/badge.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { LoadBoundary } from '../../app/components/note.tsx'
import { DetailList } from '../../app/components/timeline.tsx'
import { formatNumber } from '../../app/format.ts'
import { usePolling } from '../../app/hooks/use-polling.ts'
import { Link } from '../../app/router.tsx'
import { useNames } from '../catalog/names.tsx'
import { replayText } from '../text/delivery-text.ts'
import { formatReplayFilter } from './replays.tsx'

/** The progress of a replay. It refreshes until the replay is done. */
export function Replay({ replayId }: { replayId: string }) {
  const [replay, reload] = useApiData(readReplay, { params: { replayId } })
  usePolling(replay.body?.state === 'running', reload)
  return (
    <>
      <p>
        <Link to="/replays">{replayText.all}</Link>
      </p>
      <h1>{replayText.title}</h1>
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
    <section class="card" aria-live="polite" aria-label={replayText.region}>
      <p>
        {formatReplayFilter(filter, schools)} <Badge kind="job" status={state} />
      </p>
      {state === 'running' && (
        <>
          <progress aria-label={replayText.inProgress} />
          <p>{replayText.inProgressHelp}</p>
        </>
      )}
      <DetailList
        items={[
          [replayText.started, <Instant key="start" at={startedAt} />],
          [replayText.ended, endedAt && <Instant key="end" at={endedAt} />],
          [replayText.matched, formatNumber(matched)],
          [replayText.resent, formatNumber(replayed)],
          [replayText.skipped, skipped > 0 && replayText.skippedHelp(formatNumber(skipped))],
          [replayText.capReached, capReached > 0 && replayText.capReachedHelp(formatNumber(capReached))],
        ]}
      />
    </section>
  )
}
