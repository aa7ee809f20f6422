import { DispositionList } from '../../app/components/dispositions.tsx'
import type { Log } from '../capture/lead.tsx'
import { TellForm } from './tell-form.tsx'

type Props = { log: Log; mayTell: boolean; again: () => void }

/** What was told of the lead so far, and a form to tell more. */
export function LeadDispositions({ log, mayTell, again }: Props) {
  const { deliveryId, createdAt, dispositions, deliveredAt, uncertain } = log
  const isHere = deliveredAt !== undefined || uncertain
  return (
    <section class="card" aria-labelledby="became">
      <h2 id="became">What became of it</h2>
      <div aria-live="polite">
        {dispositions.length > 0 ? (
          <DispositionList of={dispositions} label="What your school says" />
        ) : (
          <p>
            {isHere
              ? 'Nothing was told yet.'
              : 'Once the lead has arrived at your system, you can tell here what became of it.'}
          </p>
        )}
      </div>
      {isHere && mayTell && <TellForm deliveryId={deliveryId} createdAt={createdAt} done={again} />}
    </section>
  )
}
