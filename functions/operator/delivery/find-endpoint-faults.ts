import type { FieldError } from '#shared/contract/problems.ts'
import type { DeliveryEndpoint } from '#shared/domain/routing/campaign.ts'
import { findShapeFaults } from '#shared/outbound/shape/find-shape-faults.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { findEmailFaults } from './find-email-faults.ts'

type EndpointInput = {
  endpoint: DeliveryEndpoint
  parentPointer: string
  secrets: readonly string[]
  sendIpAndUserAgent: boolean
}

/** Returns what the schema cannot check: a URL that the SSRF guard refuses, and templates that cannot be rendered. */
export async function findEndpointFaults(
  { endpoint, parentPointer, secrets, sendIpAndUserAgent }: EndpointInput,
  { findUrlProblem }: Pick<Dependencies, 'findUrlProblem'>,
): Promise<FieldError[]> {
  if (endpoint.kind === 'email') {
    const faults = await findEmailFaults(endpoint, { sendIpAndUserAgent })
    return faults.map((fault) => ({ ...fault, pointer: `${parentPointer}${fault.pointer}` }))
  }
  const detail = findUrlProblem(endpoint.url)
  const urlFaults = detail ? [{ pointer: `${parentPointer}/url`, code: 'forbidden_url', detail }] : []
  const shapeFaults = endpoint.request ? await findShapeFaults(endpoint.request, { secrets }) : []
  return [
    ...urlFaults,
    ...shapeFaults.map((fault) => ({ ...fault, pointer: `${parentPointer}/request${fault.pointer}` })),
  ]
}
