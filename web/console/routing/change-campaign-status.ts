import type { BrowserClient } from '../../app/browser-client.tsx'
import { createRecordClient } from '../catalog/create-record-client.ts'

/** Sets the pause of staff, with an optimistic lock on the version that was just read. */
export async function changeCampaignStatus(call: BrowserClient, campaignId: string, status: 'active' | 'paused') {
  const recordClient = createRecordClient(call, 'campaigns')
  const { body: record, problem } = await recordClient.get(campaignId)
  if (!record) return { problem }
  return recordClient.put(campaignId, record.version, { ...record.body, status })
}
