import * as z from 'zod'
import { buildContact } from './build-contact.ts'
import type { SimulatedSystem } from './open-simulated-system.ts'

export type SentLead = { leadId: string; number: number; deliveries: { deliveryId: string; schoolId: string }[] }

const atOnce = 20
const suppressionFiles = 10
const peoplePerFile = 400

/**
 * What becomes of the leads of the program itself: dispositions, returns of which staff decide half, withdrawals, erasures, and
 * suppressions from files. Each is a call of the API, so the audit log has them.
 */
export async function recordAftercare(leads: readonly SentLead[], system: SimulatedSystem): Promise<void> {
  const keys = new Map<string, string>()
  for (const schoolId of new Set(leads.flatMap(({ deliveries }) => deliveries.map((one) => one.schoolId))))
    keys.set(schoolId, await createSchoolKey(schoolId, system))
  await inBatches(leads, async ({ leadId, number, deliveries: [delivery] }, index) => {
    if (!delivery) return
    const key = keys.get(delivery.schoolId) ?? ''
    const path = `/v1/school/deliveries/${delivery.deliveryId}`
    const isReturned = index % 5 === 0
    await system.call({
      ...{ method: 'POST', target: `${path}/dispositions`, key },
      body: { disposition: isReturned ? 'bad-contact' : 'contacted' },
    })
    if (isReturned) {
      await system.call({ method: 'POST', target: `${path}/returns`, key, body: { reason: 'invalid-contact' } })
      const target = `/v1/ops/deliveries/${delivery.deliveryId}/return/accept`
      if (index % 10 === 0) await system.callAsStaff({ method: 'POST', target, body: {} })
    }
    if (index % 20 === 3)
      await system.callAsStaff({
        ...{ method: 'POST', target: '/v1/ops/suppressions' },
        body: { leadId, means: 'phone', reason: 'Stop all calls.' },
      })
    if (index % 100 === 7) {
      const body = { email: buildContact(number).email, reason: 'The person asked for it.' }
      await system.callAsStaff({ method: 'POST', target: '/v1/ops/erasures', body })
    }
  })
  for (let file = 0; file < suppressionFiles; file++) {
    const people = Array.from({ length: peoplePerFile }, (_, index) => `nobody.${file}.${index}@mail.example.com`)
    const body = { csv: ['email', ...people].join('\n'), reason: 'Do-not-call list.' }
    await system.callAsStaff({ method: 'POST', target: '/v1/ops/suppressions/imports', body })
  }
}

async function createSchoolKey(schoolId: string, system: SimulatedSystem): Promise<string> {
  const body = { holder: { caller: 'school', schoolId }, scope: 'manage', name: 'Big bench' }
  const response = await system.callAsStaff({ method: 'POST', target: '/v1/ops/keys', body })
  return z.object({ key: z.string() }).parse(JSON.parse(response.body)).key
}

async function inBatches<Item>(items: readonly Item[], run: (item: Item, index: number) => Promise<void>) {
  for (let first = 0; first < items.length; first += atOnce)
    await Promise.all(items.slice(first, first + atOnce).map((item, index) => run(item, first + index)))
}
