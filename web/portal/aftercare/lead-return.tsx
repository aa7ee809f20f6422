import { returnableUntil, usualTerms } from '#shared/domain/aftercare/lead-return.ts'
import { ReturnTold } from '../../app/components/returns.tsx'
import { Instant } from '../../app/components/words.tsx'
import type { Log } from '../capture/lead.tsx'
import type { SchoolCampaign } from '../own-school.tsx'
import { ReturnForm } from './return-form.tsx'

type Props = { log: Log; campaign: SchoolCampaign | undefined; mayAsk: boolean; again: () => void }

/** Credit for a lead that was no good: asked for while there is time, and how that stands. */
export function LeadReturn({ log, campaign, mayAsk, again }: Props) {
  const { deliveredAt, test } = log
  if (test || (deliveredAt === undefined && !log.return)) return null
  return (
    <section class="card" aria-labelledby="return">
      <h2 id="return">Return</h2>
      <div class="part" aria-live="polite">
        {log.return && <ReturnTold of={log.return} />}
      </div>
      {!log.return && deliveredAt !== undefined && (
        <Open log={log} deliveredAt={deliveredAt} campaign={campaign} mayAsk={mayAsk} again={again} />
      )}
    </section>
  )
}

function Open({ log, deliveredAt, campaign, mayAsk, again }: Props & { deliveredAt: string }) {
  const terms = campaign?.returns ?? usualTerms
  const until = returnableUntil(deliveredAt, terms)
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
      {mayAsk && <ReturnForm log={log} terms={terms} done={again} />}
    </>
  )
}
