import { sendTestLead } from '#shared/contract/test-leads.ts'
import { Action } from '../app/action.tsx'
import { useApi } from '../app/api.tsx'
import { go } from '../app/place.tsx'

/** Tries the whole road with a made-up person. */
export function TestLead({ campaignId }: { campaignId: string }) {
  const { call } = useApi()
  const send = async () => {
    const told = await call(sendTestLead, { body: { campaignId } })
    if (told.body) go(`/leads/${told.body.deliveryId}`)
    return told
  }
  return (
    <section class="card">
      <h2>Test lead</h2>
      <p>A made-up person, marked as a test, on the road of every lead. It costs nothing and counts against no cap.</p>
      <Action kind="second" run={send}>
        Send a test lead
      </Action>
    </section>
  )
}
