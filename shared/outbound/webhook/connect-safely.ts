import { isIPv4 } from 'node:net'
import type { buildConnector } from 'undici'
import { isLocalNetworkCode } from '../../domain/delivery/network-faults.ts'

const maxAddresses = 3

/**
 * Returns a connector that connects only to addresses that the SSRF guard has checked; TLS still verifies the host name.
 * IPv4 comes first, because networks without IPv6 are more common. If an address does not answer, it tries the next. The
 * error that is reported is one of the school's, if there was one: our network may lack IPv6.
 */
export function connectSafely(
  addresses: readonly string[],
  connect: buildConnector.connector,
  signal: AbortSignal,
): buildConnector.connector {
  const orderedAddresses = [
    ...addresses.filter((address) => isIPv4(address)),
    ...addresses.filter((address) => !isIPv4(address)),
  ]
  return (options, callback) => {
    const tryAddress = (index: number, schoolError?: Error) => {
      const address = orderedAddresses[index]
      if (address === undefined) return callback(new Error('There is no address to connect to'), null)
      connect({ ...options, hostname: address }, (...[error, socket]) => {
        if (!error) return callback(null, socket)
        const isLast = index + 1 >= Math.min(orderedAddresses.length, maxAddresses)
        const reportedError = isLocal(error) ? schoolError : error
        if (isLast || signal.aborted) return callback(reportedError ?? error, null)
        tryAddress(index + 1, reportedError)
      })
    }
    tryAddress(0)
  }
}

function isLocal(error: Error): boolean {
  return 'code' in error && typeof error.code === 'string' && isLocalNetworkCode(error.code)
}
