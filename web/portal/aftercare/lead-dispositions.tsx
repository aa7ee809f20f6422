import { DispositionList } from '../../app/components/dispositions.tsx'
import type { DeliveryLog } from '../capture/lead.tsx'
import { DispositionForm } from './disposition-form.tsx'

type Props = { log: DeliveryLog; canSetDisposition: boolean; reload: () => void }

/** What was told of the lead so far, and a form to tell more. */
export function LeadDispositions({ log, canSetDisposition, reload }: Props) {
  const { deliveryId, createdAt, dispositions, deliveredAt, uncertain } = log
  const hasArrived = deliveredAt !== undefined || uncertain
  return (
    <section class="card" aria-labelledby="became">
      <h2 id="became">What became of it</h2>
      <div aria-live="polite">
        {dispositions.length > 0 ? (
          <DispositionList dispositions={dispositions} label="What your school says" />
        ) : (
          <p>
            {hasArrived
              ? 'Nothing was told yet.'
              : 'Once the lead has arrived at your system, you can tell here what became of it.'}
          </p>
        )}
      </div>
      {hasArrived && canSetDisposition && (
        <DispositionForm deliveryId={deliveryId} createdAt={createdAt} onDone={reload} />
      )}
    </section>
  )
}
