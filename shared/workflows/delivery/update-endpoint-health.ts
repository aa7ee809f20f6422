import { toSchoolOwner } from '../../domain/delivery/binding.ts'
import { updateCircuit } from '../../domain/delivery/circuit-state.ts'
import { listRecipients } from '../../domain/delivery/email-endpoint.ts'
import type { DeliveryEndpoint } from '../../domain/routing/campaign.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import type { CompletedAttempt } from './report-attempt.ts'

export type UpdateEndpointHealthDependencies = Pick<Dependencies, 'endpointHealth'>

/** Disables an endpoint that answered 410 or a mailbox that does not exist, and saves the school's circuit if the attempt changed it. */
export async function updateEndpointHealth(
  { lease, route: { campaignId, endpoint, circuit }, result, verdict, attempt }: CompletedAttempt,
  { endpointHealth }: UpdateEndpointHealthDependencies,
): Promise<void> {
  const { finding } = verdict
  const schoolOwner = toSchoolOwner(lease)
  const { endedAt } = attempt
  for (const [kind, address] of listGone(endpoint, finding, result)) {
    const why = kind === 'email' ? 'bounced' : 'gone'
    await endpointHealth.disable(schoolOwner, { campaignId, kind, address, why, at: endedAt })
  }
  const nextCircuit = updateCircuit(circuit, result, finding, endedAt)
  if (nextCircuit !== circuit && (nextCircuit.failures > 0 || circuit.failures > 0))
    await endpointHealth.saveCircuit(schoolOwner, nextCircuit, circuit)
}

/** The addresses that exist no longer: of several recipients, those that the mail server does not know. */
function listGone(
  endpoint: DeliveryEndpoint | undefined,
  finding: CompletedAttempt['verdict']['finding'],
  { unknownMailboxes = [] }: CompletedAttempt['result'],
): (readonly ['webhook' | 'email', string])[] {
  const isGone = finding === 'endpoint-gone'
  if (endpoint?.kind === 'webhook') return isGone ? [['webhook', endpoint.url]] : []
  if (!endpoint || endpoint.kind === 'sftp') return []
  return (isGone ? listRecipients(endpoint) : unknownMailboxes).map((address) => ['email', address] as const)
}
