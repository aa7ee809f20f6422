import { toSchoolOwner } from '#shared/domain/delivery/binding.ts'
import { updateCircuit } from '#shared/domain/delivery/circuit-state.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { CompletedAttempt } from './report-attempt.ts'
import { getEndpointAddress } from './resolve-endpoint.ts'

export type UpdateEndpointHealthDependencies = Pick<Dependencies, 'endpointHealth'>

/** Disables an endpoint that answered 410 or a mailbox that does not exist, and saves the school's circuit if the attempt changed it. */
export async function updateEndpointHealth(
  { lease, route: { campaignId, endpoint, circuit }, result, verdict, attempt }: CompletedAttempt,
  { endpointHealth }: UpdateEndpointHealthDependencies,
): Promise<void> {
  const { finding } = verdict
  const schoolOwner = toSchoolOwner(lease)
  const { endedAt } = attempt
  if (finding === 'endpoint-gone' && endpoint) {
    const address = getEndpointAddress(endpoint)
    const why = endpoint.kind === 'email' ? 'bounced' : 'gone'
    await endpointHealth.disable(schoolOwner, { campaignId, kind: endpoint.kind, address, why, at: endedAt })
  }
  const nextCircuit = updateCircuit(circuit, result, finding, endedAt)
  if (nextCircuit !== circuit && (nextCircuit.failures > 0 || circuit.failures > 0))
    await endpointHealth.saveCircuit(schoolOwner, nextCircuit, circuit)
}
