import { DispositionList } from '../../app/components/dispositions.tsx'
import type { DeliveryLog } from '../capture/delivery-log.ts'
import { dispositionText } from '../text/leads.ts'
import { DispositionForm } from './disposition-form.tsx'

type Props = { log: DeliveryLog; canSetDisposition: boolean; reload: () => void }

/** The status history of a lead, and a form to add a status. */
export function LeadDispositions({ log, canSetDisposition, reload }: Props) {
  const { deliveryId, createdAt, dispositions, taken } = log
  return (
    <section class="card" aria-labelledby="status">
      <h2 id="status">{dispositionText.title}</h2>
      <div aria-live="polite">
        {dispositions.length > 0 ? (
          <DispositionList dispositions={dispositions} label={dispositionText.list} />
        ) : (
          <p>{taken ? dispositionText.none : dispositionText.afterDelivery}</p>
        )}
      </div>
      {canSetDisposition && <DispositionForm deliveryId={deliveryId} createdAt={createdAt} onDone={reload} />}
    </section>
  )
}
