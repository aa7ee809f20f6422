import type { FieldError } from '#shared/contract/problems.ts'
import type { Endpoint } from '#shared/domain/routing/campaign.ts'
import { faultsOfShape } from '#shared/outbound/shape/faults-of-shape.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type Given = { endpoint: Endpoint; above: string; secrets: readonly string[] }

/** What is wrong with an endpoint beyond its form: an address that may not be called, a shape that cannot be written. */
export async function faultsOfEndpoint(
  { endpoint, above, secrets }: Given,
  { faultOfUrl }: Pick<Dependencies, 'faultOfUrl'>,
): Promise<FieldError[]> {
  if (endpoint.kind === 'email') return []
  const detail = faultOfUrl(endpoint.url)
  const ofUrl = detail ? [{ pointer: `${above}/url`, code: 'forbidden_url', detail }] : []
  const ofShape = endpoint.request ? await faultsOfShape(endpoint.request, { secrets }) : []
  return [...ofUrl, ...ofShape.map((fault) => ({ ...fault, pointer: `${above}/request${fault.pointer}` }))]
}
