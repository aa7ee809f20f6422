import { useState } from 'preact/hooks'
import { sendTestLead } from '#shared/contract/delivery/test-leads.ts'
import { readDeliveryLog } from '#shared/contract/school.ts'
import { Action } from '../../app/action.tsx'
import { useApi, useApiData } from '../../app/browser-client.tsx'
import { Attempts } from '../../app/components/attempts.tsx'
import { Badge } from '../../app/components/format.tsx'
import { LoadBoundary } from '../../app/components/note.tsx'
import { usePolling } from '../../app/hooks/use-polling.ts'
import { Link } from '../../app/router.tsx'
import { isChangingSoon } from '../capture/lead.tsx'
import type { SchoolCampaign } from '../own-school.tsx'
import { deliveryLabels } from './delivery-labels.ts'

/** Sends a lead of nobody, and shows what becomes of it. */
export function TestLead({ campaign: { id, testEndpoint } }: { campaign: SchoolCampaign }) {
  const { call } = useApi()
  const [sentDeliveryId, setSentDeliveryId] = useState<string>()
  const send = async () => {
    const response = await call(sendTestLead, { body: { campaignId: id } })
    if (response.body) setSentDeliveryId(response.body.deliveryId)
    return response
  }
  return (
    <section class="card" aria-labelledby="test">
      <h2 id="test">Test lead</h2>
      <p>
        A made-up lead is sent to {testEndpoint ? 'the place for tests' : 'your system, marked as a test'}. It costs
        nothing, counts against no cap, and comes within a minute.
      </p>
      <Action kind="second" run={send}>
        {sentDeliveryId ? 'Send another test lead' : 'Send a test lead'}
      </Action>
      {sentDeliveryId && <TestLeadStatus key={sentDeliveryId} deliveryId={sentDeliveryId} />}
    </section>
  )
}

function TestLeadStatus({ deliveryId }: { deliveryId: string }) {
  const [log, reload] = useApiData(readDeliveryLog, { params: { deliveryId } })
  usePolling(log.body !== undefined && isChangingSoon(log.body), reload)
  return (
    <div aria-live="polite" class="part">
      <LoadBoundary data={log} reload={reload}>
        {({ state, attemptLog, schoolName }) => (
          <>
            <p>
              <Badge text={state} /> {deliveryLabels[state].long}{' '}
              <Link to={`/leads/${deliveryId}`}>See it as a lead</Link>
            </p>
            <Attempts attempts={attemptLog} schoolName={schoolName} />
          </>
        )}
      </LoadBoundary>
    </div>
  )
}
