import { useState } from 'preact/hooks'
import { readLead } from '#shared/contract/capture/leads.ts'
import { sendCampaignTestLead } from '#shared/contract/delivery/test-leads.ts'
import { Action } from '../../app/action.tsx'
import { useApi, useApiData } from '../../app/browser-client.tsx'
import { Attempts } from '../../app/components/attempts.tsx'
import { Badge } from '../../app/components/badge.tsx'
import { LoadBoundary } from '../../app/components/note.tsx'
import { usePolling } from '../../app/hooks/use-polling.ts'
import { Allowed } from '../../app/people/allowed.tsx'
import { Link } from '../../app/router.tsx'
import { deliveryText, testLeadText } from '../text/delivery-text.ts'

/** Sends a test lead to a campaign and shows what the school's system responds. */
export function CampaignTest({ campaignId }: { campaignId: string }) {
  const { call } = useApi()
  const [leadId, setLeadId] = useState<string>()
  const send = async () => {
    const response = await call(sendCampaignTestLead, { params: { id: campaignId } })
    if (response.body) setLeadId(response.body.leadId)
    return response
  }
  return (
    <section class="card" aria-label={testLeadText.title}>
      <h2>{testLeadText.title}</h2>
      <p class="help">{testLeadText.help}</p>
      <Allowed to={sendCampaignTestLead}>
        <Action kind="second" run={send}>
          {leadId ? testLeadText.sendAnother : testLeadText.send}
        </Action>
      </Allowed>
      {leadId && <TestLeadResult key={leadId} leadId={leadId} />}
    </section>
  )
}

function TestLeadResult({ leadId }: { leadId: string }) {
  const [lead, reload] = useApiData(readLead, { params: { leadId } })
  const [delivery] = lead.body?.deliveries ?? []
  const isUnderWay = delivery?.state === 'leased' || (delivery?.state === 'pending' && delivery.attemptLog.length === 0)
  usePolling(isUnderWay, reload)
  return (
    <div aria-live="polite" class="stack">
      <LoadBoundary data={lead} reload={reload}>
        {({ deliveries }) =>
          deliveries.map(({ deliveryId, state, attemptLog, schoolName }) => (
            <div key={deliveryId} class="stack">
              <p>
                <Badge kind="delivery" status={state} /> {deliveryText.states[state]}{' '}
                <Link to={`/leads/${leadId}`}>{testLeadText.view}</Link>
              </p>
              <Attempts attempts={attemptLog} schoolName={schoolName} system={deliveryText.theSystem} />
            </div>
          ))
        }
      </LoadBoundary>
    </div>
  )
}
