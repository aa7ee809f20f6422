import { listSchoolLeads } from '#functions/school/delivery/list-school-leads.ts'
import { takeLead } from '#functions/school/delivery/take-lead.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { RandomSource } from '../../proof/create-random.ts'
import { type EventLoop, type Process, rethrowUnexpected, startsAt } from '../create-event-loop.ts'
import type { createFaultInjector } from '../create-fault-injector.ts'
import { type SchoolId, schoolIds } from '../prepare-system.ts'

/** A lead whose contact details a school has read, and when it asked for them and had them. */
export type Reading = { schoolId: SchoolId; leadId: string; deliveryId: string; askedAt: number; at: number }
type ReadersSetup = {
  random: RandomSource
  loop: EventLoop
  injector: ReturnType<typeof createFaultInjector>
  endsAt: number
  calmAt: number
}

const readingsPerSchool = 12
const takeChance = 0.1
const maxLifetimeMs = 29_000
const emptyInput = { ip: '', spend: async () => {} }

/** Officers who read the leads of their school again and again, and open some that have not arrived. */
export function createReaders({ random, loop, injector, calmAt, endsAt }: ReadersSetup): { readings: Reading[] } {
  const readings: Reading[] = []

  function readLeads(schoolId: SchoolId) {
    const askedAt = loop.now()
    const task = async (process: Process) => {
      const deps = injector.createDependencies(process)
      const principal = { caller: 'school', schoolId, scope: 'manage', keyId: `key_${schoolId}` } as const
      const { body } = await listSchoolLeads(
        {
          params: undefined,
          query: { order: 'newest', limit: 100 },
          body: undefined,
          headers: undefined,
          principal,
          ...emptyInput,
        },
        deps,
      )
      for (const lead of body.leads) {
        const { deliveryId, leadId } = lead
        if (JSON.stringify(lead).includes('@mail.example'))
          readings.push({ schoolId, leadId, deliveryId, askedAt, at: loop.now() })
        else if (loop.now() < calmAt && random() < takeChance)
          await takeLead(
            { params: { deliveryId }, query: undefined, body: undefined, headers: undefined, principal, ...emptyInput },
            deps,
          ).catch(ignoreRefusal)
      }
    }
    loop.begin(`officer ${schoolId}`, task, { maxLifetimeMs, onEnd: rethrowUnexpected })
  }

  const readingEndsAt = Math.min(endsAt, calmAt + 3_600_000)
  for (const schoolId of schoolIds)
    for (let count = 0; count < readingsPerSchool; count++)
      loop.at(startsAt + random() * (readingEndsAt - startsAt), () => readLeads(schoolId))
  return { readings }
}

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof Refusal)) throw error
}
