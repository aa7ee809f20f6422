import { isIP } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import type { Log } from '#shared/platform/log.ts'

export type ServedCertificate = { host: string; validFrom: Date; validTo: Date }
/** Returns the certificate that people get; undefined if it cannot be read. */
export type CertificateReader = () => Promise<ServedCertificate | undefined>
type Setup = { publicUrl: string; now: () => Date; log: Log }

const timeoutMs = 10_000
const checkedEveryMs = 3600 * 1000

/**
 * Reads the certificate at the public address, once an hour. Some networks do not lead a machine to its own public address;
 * then the proxy on this machine is asked. Undefined for an address without TLS.
 */
export function createCertificateReader({ publicUrl, now, log }: Setup): CertificateReader | undefined {
  const { protocol, hostname, port } = new URL(publicUrl)
  if (protocol !== 'https:') return undefined
  const target = { host: hostname.replaceAll(/[[\]]/g, ''), port: Number(port || 443) }
  let last: { at: number; certificate: ServedCertificate | undefined } | undefined
  let lastFault: string | undefined

  return async () => {
    const at = now().getTime()
    if (last && at >= last.at && at < last.at + checkedEveryMs) return last.certificate
    let fault: string | undefined
    const certificate = await readServedCertificate(target, target.host)
      .catch(() => readServedCertificate({ ...target, host: '127.0.0.1' }, target.host))
      .catch((error: unknown) => {
        fault = String((error instanceof Error && 'code' in error && error.code) || error)
        return undefined
      })
    if (fault !== undefined && fault !== lastFault) log('certificate.unread', { host: target.host, reason: fault })
    lastFault = fault
    last = { at, certificate }
    return certificate
  }
}

/** It is read, not trusted: an expired certificate, or one of a private authority, has dates too. */
function readServedCertificate(address: { host: string; port: number }, host: string): Promise<ServedCertificate> {
  return new Promise((resolve, reject) => {
    const socket: TLSSocket = connect({
      ...address,
      ...(isIP(host) === 0 && { servername: host }),
      rejectUnauthorized: false,
      timeout: timeoutMs,
    })
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate()
      socket.destroy()
      if (certificate)
        resolve({ host, validFrom: new Date(certificate.validFrom), validTo: new Date(certificate.validTo) })
      else reject(new Error('no certificate'))
    })
    socket.once('timeout', () => socket.destroy(new Error('timeout')))
    socket.once('error', reject)
  })
}
