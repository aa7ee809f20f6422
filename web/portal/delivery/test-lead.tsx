import { useState } from 'preact/hooks'
import { sendTestLead } from '#shared/contract/delivery/test-leads.ts'
import { readDeliveryLog } from '#shared/contract/school.ts'
import { Action } from '../../app/action.tsx'
import { useApi, useLoaded } from '../../app/api.tsx'
import { Attempts } from '../../app/components/attempts.tsx'
import { Ready } from '../../app/components/note.tsx'
import { Badge } from '../../app/components/words.tsx'
import { useFollow } from '../../app/hooks/use-follow.ts'
import { Link } from '../../app/place.tsx'
import { isMoving } from '../capture/lead.tsx'
import type { SchoolCampaign } from '../own-school.tsx'
import { deliveryWords } from './delivery-words.ts'

/** Sends a lead of nobody, and shows what becomes of it. */
export function TestLead({ campaign: { id, testEndpoint } }: { campaign: SchoolCampaign }) {
  const { call } = useApi()
  const [sent, setSent] = useState<string>()
  const send = async () => {
    const told = await call(sendTestLead, { body: { campaignId: id } })
    if (told.body) setSent(told.body.deliveryId)
    return told
  }
  return (
    <section class="card" aria-labelledby="test">
      <h2 id="test">Test lead</h2>
      <p>
        A made-up lead is sent to {testEndpoint ? 'the place for tests' : 'your system, marked as a test'}. It costs
        nothing, counts against no cap, and comes within a minute.
      </p>
      <Action kind="second" run={send}>
        {sent ? 'Send another test lead' : 'Send a test lead'}
      </Action>
      {sent && <Followed key={sent} deliveryId={sent} />}
    </section>
  )
}

function Followed({ deliveryId }: { deliveryId: string }) {
  const [log, again] = useLoaded(readDeliveryLog, { params: { deliveryId } })
  useFollow(log.body !== undefined && isMoving(log.body), again)
  return (
    <div aria-live="polite" class="part">
      <Ready of={log} again={again}>
        {({ state, attemptLog, schoolName }) => (
          <>
            <p>
              <Badge word={state} /> {deliveryWords[state].long}{' '}
              <Link to={`/leads/${deliveryId}`}>See it as a lead</Link>
            </p>
            <Attempts of={attemptLog} at={schoolName} />
          </>
        )}
      </Ready>
    </div>
  )
}
