/** What the resolver says of a name without addresses: the domain or its records are gone, so its owner must act. */
const missingHostCodes: readonly string[] = ['ENOTFOUND', 'ENODATA', 'EBADNAME']

/** What the operating system says when this machine has no way to the address, or no means to open a connection. */
const localNetworkCodes: readonly string[] = [
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
  'EACCES',
  'EPERM',
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
  'ENOMEM',
]

type NetworkFailure = { stage: string; reason?: string | undefined }

/** Whether the host name of an endpoint does not exist. Any other failure to resolve it may be our resolver's. */
export function isMissingHost({ stage, reason = '' }: NetworkFailure): boolean {
  return stage === 'resolve' && missingHostCodes.includes(reason)
}

/** Whether an attempt certainly ended before anything left our network, for a reason of our own. */
export function isOurNetworkFault({ stage, reason = '' }: NetworkFailure): boolean {
  if (stage === 'resolve') return !missingHostCodes.includes(reason)
  return stage === 'connect' && isLocalNetworkCode(reason)
}

export function isLocalNetworkCode(code: string): boolean {
  return localNetworkCodes.includes(code)
}
