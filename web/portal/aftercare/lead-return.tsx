import { defaultReturnTerms, getReturnDeadline } from '#shared/domain/aftercare/lead-return.ts'
import { Instant } from '../../app/components/format.tsx'
import { ReturnSummary } from '../../app/components/return-summary.tsx'
import type { DeliveryLog } from '../capture/lead.tsx'
import type { SchoolCampaign } from '../own-school.tsx'
import { ReturnForm } from './return-form.tsx'

type Props = { log: DeliveryLog; campaign: SchoolCampaign | undefined; canRequestReturn: boolean; reload: () => void }

/** Credit for a lead that was no good: asked for while there is time, and how that stands. */
export function LeadReturn({ log, campaign, canRequestReturn, reload }: Props) {
  const { deliveredAt, test } = log
  if (test || (deliveredAt === undefined && !log.return)) return null
  return (
    <section class="card" aria-labelledby="return">
      <h2 id="return">Return</h2>
      <div class="part" aria-live="polite">
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
  const until = getReturnDeadline(deliveredAt, terms)
  if (terms.days === 0) return <p>This campaign takes no returns.</p>
  if (Date.now() > Date.parse(until))
    return (
      <p>
        The time for a return was over at <Instant at={until} />.
      </p>
    )
  return (
    <>
      <p>
        Was this lead no good? You may ask for credit until <Instant at={until} />.
      </p>
      {canRequestReturn && <ReturnForm log={log} terms={terms} onDone={reload} />}
    </>
  )
}
