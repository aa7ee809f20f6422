import { takeLead } from '#shared/contract/delivery/school-leads.ts'
import type { MaskReason } from '#shared/domain/capture/lead-access.ts'
import { Action } from '../../app/action.tsx'
import { useApi } from '../../app/browser-client.tsx'
import { Instant } from '../../app/components/instant.tsx'
import { DetailList } from '../../app/components/timeline.tsx'
import { formatMoney } from '../../app/format.ts'
import { Allowed } from '../../app/people/allowed.tsx'
import { educationLabels, startWindowLabels } from '../../words/choices.ts'
import { leadText, maskedText } from '../text/leads.ts'
import type { DeliveryLog } from './delivery-log.ts'

type Props = { log: DeliveryLog; reason: MaskReason; canManage: boolean; reload: () => void }

/** Why the contact details of a lead are hidden, what else is known of it, and a button to open it if that is possible. */
export function MaskedLead({ log, reason, canManage, reload }: Props) {
  const { deliveryId, canTake, summary, priceCents, createdAt } = log
  const { call } = useApi()
  const price = formatMoney(priceCents)
  return (
    <section class="card" aria-labelledby="contact">
      <h2 id="contact">{leadText.contact}</h2>
      <p>{maskedText.reasons[reason].notice}</p>
      {summary && (
        <DetailList
          items={[
            [leadText.program, summary.program.name],
            [leadText.startDate, summary.startWindow && startWindowLabels[summary.startWindow]],
            [leadText.education, summary.education && educationLabels[summary.education.highestLevel]],
            [leadText.location, summary.state],
            [leadText.received, <Instant key="received" at={createdAt} />],
          ]}
        />
      )}
      {canTake && (
        <>
          <p>{maskedText.price(price)}</p>
          <Allowed to={takeLead}>
            <Action
              run={() => call(takeLead, { params: { deliveryId } })}
              onDone={reload}
              confirmation={{
                title: maskedText.openTitle,
                text: maskedText.openHelp(price),
                confirmLabel: maskedText.openConfirm(price),
              }}
            >
              {maskedText.open}
            </Action>
          </Allowed>
        </>
      )}
      {reason === 'not-taken' && !canTake && !canManage && <p class="help">{maskedText.needsManage}</p>}
    </section>
  )
}
