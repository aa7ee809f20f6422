import { vi } from 'vitest'
import type { Host } from '#local/host.ts'
import { openSchoolSession } from '#shared/contract/access/portal-links.ts'
import { recordDisposition } from '#shared/contract/aftercare/dispositions.ts'
import { requestReturn } from '#shared/contract/aftercare/returns.ts'
import { createClient } from '#shared/contract/client.ts'
import { readDeliveryLog } from '#shared/contract/delivery/school-leads.ts'
import { createLead, createQuarantinedLead } from '../console/create-leads.ts'
import { createStaff } from '../portal/open-portal.ts'
import { setUpOwnerApp } from '../set-up-owner-app.ts'

export const schoolId = 'lone-prairie-college'
export type ActHost = Awaited<ReturnType<typeof fillActHost>>

/** Leads in the states that the acts need: delivered, with a credit request, waiting, worked without delivery, in review, of a lead form that no source knows. */
export async function fillActHost(host: Host) {
  const staff = createStaff(host)
  const hash = await staff.createSchoolKey(schoolId)
  const school = createClient({
    baseUrl: host.urls.api,
    headers: { authorization: `Bearer ${hash.slice('#key='.length)}` },
  })
  const create = async () => {
    const { leadId, schools } = await createLead(host)
    const deliveryId = schools.find((one) => one.schoolId === schoolId)?.deliveryId ?? ''
    return { leadId, deliveryId }
  }
  const waitUntil = (deliveryId: string, isReady: (log: { state: string; attempts: number }) => boolean) =>
    vi.waitUntil(
      async () => {
        const { body } = await school(readDeliveryLog, { params: { deliveryId } })
        return body !== undefined && isReady(body)
      },
      { timeout: 60_000 },
    )

  const delivered = await create()
  const returned = await create()
  for (const { deliveryId } of [delivered, returned]) await waitUntil(deliveryId, ({ state }) => state === 'delivered')
  await school(requestReturn, { params: { deliveryId: returned.deliveryId }, body: { reason: 'duplicate' } })
  await staff.misdirect('lone-prairie-texas')
  const waiting = await create()
  await waitUntil(waiting.deliveryId, ({ attempts }) => attempts > 0)
  await school(recordDisposition, {
    params: { deliveryId: waiting.deliveryId },
    headers: { 'idempotency-key': 'untaken' },
    body: { disposition: 'contacted' },
  })
  const link = await staff.createSchoolLink(schoolId)
  await school(openSchoolSession, { body: { token: link.slice('#link='.length) } })
  await staff.createSchoolLink(schoolId)
  await staff.suppress('yan@mail.example')
  await staff.invite(schoolId, 'kim@mail.example')
  await setUpOwnerApp(host)
  await staff.rejectInboundLead()
  return {
    hash,
    leadId: delivered.leadId,
    deliveryId: delivered.deliveryId,
    waitingDeliveryId: waiting.deliveryId,
    quarantinedLeadId: await createQuarantinedLead(host),
  }
}
