import { type DecisionInputs, decide } from '#shared/domain/routing/decide.ts'
import { planDeliveries } from '#shared/domain/routing/plan-deliveries.ts'
import { aCandidate, aSource } from '#test/builders/catalog.ts'
import { aConsent, aLead, aLeadProfile } from '#test/builders/lead.ts'
import { inputs } from '#test/builders/routing.ts'

const blog = aSource({ id: 'blog', name: 'A blog' })
const alder = aCandidate({
  campaign: { id: 'alder-online', priceCents: 4000, caps: [{ period: 'day', limit: 9 }] },
  school: { id: 'alder', name: 'Alder College', caps: [{ period: 'month', limit: 90_000, unit: 'cents' }] },
  programs: [{ id: 'coding', name: 'Medical Coding', level: 'certificate', modality: 'hybrid' }],
})
export const birch = aCandidate({ campaign: { id: 'birch', priority: 900 }, school: { id: 'birch' } })
export const paused = aCandidate({ campaign: { id: 'paused', status: 'paused' } })

type PlanOverrides = Partial<Pick<Parameters<typeof planDeliveries>[0], 'lead' | 'consent' | 'source'>> &
  Partial<Pick<DecisionInputs, 'candidates' | 'counters'>>
/** Decides on a lead with these candidates and plans its deliveries. */
export function planTestDeliveries({
  lead = aLead(),
  consent = aConsent(),
  source = blog,
  ...overrides
}: PlanOverrides) {
  const { candidates = [paused, birch, alder], counters = {} } = overrides
  let deliveryCount = 0
  const decision = decide(inputs({ candidates, counters, method: source.method }))
  const person = { email: 'e', phone: 'p', both: 'ep' }
  const newDeliveryId = () => `dlv_${++deliveryCount}`
  const profile = aLeadProfile()
  return planDeliveries({ lead, profile, consent, source, person, candidates, counters, decision, newDeliveryId })
}
