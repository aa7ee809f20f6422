import type { FieldError } from '#shared/contract/problems.ts'
import type { SftpEndpoint } from '#shared/domain/delivery/files/file-endpoint.ts'
import type { DeliveryEndpoint } from '#shared/domain/routing/campaign.ts'
import { findShapeFaults } from '#shared/outbound/shape/find-shape-faults.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { sftpSecretNames } from '#shared/store/delivery/header-secret-store.ts'
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
  if (endpoint.kind === 'email-file') return []
  if (endpoint.kind === 'sftp')
    return findSftpFaults(endpoint, secrets, findUrlProblem).map((fault) => ({
      ...fault,
      pointer: `${parentPointer}${fault.pointer}`,
    }))
  const detail = findUrlProblem(endpoint.url)
  const urlFaults = detail ? [{ pointer: `${parentPointer}/url`, code: 'forbidden_url', detail }] : []
  const shapeFaults = endpoint.request ? await findShapeFaults(endpoint.request, { secrets }) : []
  return [
    ...urlFaults,
    ...shapeFaults.map((fault) => ({ ...fault, pointer: `${parentPointer}/request${fault.pointer}` })),
  ]
}

function findSftpFaults(
  { host }: SftpEndpoint,
  secrets: readonly string[],
  findUrlProblem: Dependencies['findUrlProblem'],
): FieldError[] {
  const hostFault = findUrlProblem(`https://${host}`)
  const hasSecret = Object.values(sftpSecretNames).some((name) => secrets.includes(name))
  return [
    ...(hostFault ? [{ pointer: '/host', code: 'forbidden_url', detail: hostFault }] : []),
    ...(hasSecret ? [] : [{ pointer: '/password', code: 'missing', detail: 'needs a password or a private key' }]),
  ]
}
