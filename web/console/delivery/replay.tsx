import { readReplay } from '#shared/contract/delivery/replays.ts'
import type { ReplayJob } from '#shared/domain/delivery/replay.ts'
import { useLoaded } from '../../app/api.tsx'
import { Facts } from '../../app/components/moment.tsx'
import { Ready } from '../../app/components/note.tsx'
import { Badge, Instant, number } from '../../app/components/words.tsx'
import { useFollow } from '../../app/hooks/use-follow.ts'
import { Link } from '../../app/place.tsx'
import { useNames } from '../catalog/names.tsx'
import { told } from './replays.tsx'

/** How far a replay of many has come; it looks again by itself until that is done. */
export function Replay({ replayId }: { replayId: string }) {
  const [replay, again] = useLoaded(readReplay, { params: { replayId } })
  useFollow(replay.body?.state === 'running', again)
  return (
    <>
      <p>
        <Link to="/replays">All replays</Link>
      </p>
      <h1>Replay</h1>
      <Ready of={replay} again={again}>
        {(job) => <Told job={job} />}
      </Ready>
    </>
  )
}

function Told({ job }: { job: ReplayJob }) {
  const schools = useNames('schools')
  const { filter, state, startedAt, endedAt, matched, replayed, skipped, capReached } = job
  return (
    <section class="card" aria-live="polite" aria-label="Progress">
      <p>
        {told(filter, schools)} <Badge word={state} />
      </p>
      {state === 'running' && (
        <>
          <progress aria-label="It runs" />
          <p>The worker goes on every minute. This page follows by itself, and may be left.</p>
        </>
      )}
      <Facts
        of={[
          ['Started', <Instant key="start" at={startedAt} />],
          ['Ended', endedAt && <Instant key="end" at={endedAt} />],
          ['Matched so far', number(matched)],
          ['Sent again', number(replayed)],
          ['Left alone', skipped > 0 && `${number(skipped)}: changed, or replayed by somebody else meanwhile`],
          ['No room', capReached > 0 && `${number(capReached)}: their place under a cap has gone to another lead`],
        ]}
      />
    </section>
  )
}
