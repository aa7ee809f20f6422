import { useState } from 'preact/hooks'
import { readDeliveryLog } from '#shared/contract/delivery/school-leads.ts'
import { sendTestLead } from '#shared/contract/delivery/test-leads.ts'
import { Action } from '../../app/action.tsx'
import { useApi, useApiData } from '../../app/browser-client.tsx'
import { Attempts } from '../../app/components/attempts.tsx'
import { Badge } from '../../app/components/badge.tsx'
import { LoadBoundary } from '../../app/components/note.tsx'
import { usePolling } from '../../app/hooks/use-polling.ts'
import { Allowed } from '../../app/people/allowed.tsx'
import { Link } from '../../app/router.tsx'
import { isChangingSoon } from '../capture/lead.tsx'
import type { SchoolCampaign } from '../own-school.tsx'
import { testLeadText } from '../text/campaigns.ts'
import { deliveryText } from '../text/leads.ts'

/** Sends a test lead and shows its delivery. */
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
      <h2 id="test">{testLeadText.title}</h2>
      <p>{testLeadText.help(testEndpoint !== undefined)}</p>
      <Allowed to={sendTestLead}>
        <Action kind="second" run={send}>
          {sentDeliveryId ? testLeadText.sendAnother : testLeadText.send}
        </Action>
      </Allowed>
      {sentDeliveryId && <TestLeadStatus key={sentDeliveryId} deliveryId={sentDeliveryId} />}
    </section>
  )
}

function TestLeadStatus({ deliveryId }: { deliveryId: string }) {
  const [log, reload] = useApiData(readDeliveryLog, { params: { deliveryId } })
  usePolling(log.body !== undefined && isChangingSoon(log.body), reload)
  return (
    <div aria-live="polite" class="stack">
      <LoadBoundary data={log} reload={reload}>
        {({ state, attemptLog, schoolName }) => (
          <>
            <p>
              <Badge kind="delivery" status={state} /> {deliveryText.states[state]}{' '}
              <Link to={`/leads/${deliveryId}`}>{testLeadText.view}</Link>
            </p>
            <Attempts attempts={attemptLog} schoolName={schoolName} system={deliveryText.yourSystem} />
          </>
        )}
      </LoadBoundary>
    </div>
  )
}
