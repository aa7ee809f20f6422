import { defaultReturnTerms, getReturnDeadline } from '#shared/domain/aftercare/lead-return.ts'
import { Instant } from '../../app/components/instant.tsx'
import { ReturnSummary } from '../../app/components/return-summary.tsx'
import type { DeliveryLog } from '../capture/delivery-log.ts'
import type { SchoolCampaign } from '../own-school.tsx'
import { returnsText } from '../text/leads.ts'
import { ReturnForm } from './return-form.tsx'

type Props = { log: DeliveryLog; campaign: SchoolCampaign | undefined; canRequestReturn: boolean; reload: () => void }

/** The credit request of a lead, or the offer to make one before the deadline. */
export function LeadReturn({ log, campaign, canRequestReturn, reload }: Props) {
  const { deliveredAt, test } = log
  if (test || (deliveredAt === undefined && !log.return)) return null
  return (
    <section class="card" aria-labelledby="return">
      <h2 id="return">{returnsText.heading}</h2>
      <div class="stack" aria-live="polite">
        {log.return && <ReturnSummary leadReturn={log.return} />}
      </div>
      {!log.return && deliveredAt !== undefined && (
        <ReturnOffer
          log={log}
          deliveredAt={deliveredAt}
          campaign={campaign}
          canRequestReturn={canRequestReturn}
          reload={reload}
        />
      )}
    </section>
  )
}

function ReturnOffer({ log, deliveredAt, campaign, canRequestReturn, reload }: Props & { deliveredAt: string }) {
  const terms = campaign?.returns ?? defaultReturnTerms
  const deadline = getReturnDeadline(deliveredAt, terms)
  if (terms.days === 0) return <p>{returnsText.notAccepted}</p>
  if (Date.now() > Date.parse(deadline))
    return (
      <p>
        {returnsText.deadlinePassed} <Instant at={deadline} withZone />.
      </p>
    )
  return (
    <>
      <p>
        {returnsText.offer} <Instant at={deadline} withZone />.
      </p>
      {canRequestReturn && <ReturnForm log={log} terms={terms} onDone={reload} />}
    </>
  )
}
