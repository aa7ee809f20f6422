import { createHash, generateKeyPairSync, sign } from 'node:crypto'

/** Creates a certificate for one host name at run time, so that the repository holds no key and none expires. */
export function createSelfSigned(
  hostname: string,
  validity = { from: '20200101000000Z', to: '21200101000000Z' },
): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(set(sequence(oid('550403'), der(0x0c, Buffer.from(hostname)))))
  const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'))
  const alternativeName = der(0x04, sequence(der(0x82, Buffer.from(hostname))))
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, createHash('sha256').update(hostname).digest().subarray(0, 8).fill(1, 0, 1)),
    ecdsaWithSha256,
    name,
    sequence(time(validity.from), time(validity.to)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(oid('551d11'), alternativeName))),
  )
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)])
  const certificate = sequence(body, ecdsaWithSha256, der(0x03, signature))
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: pem(certificate) }
}

function der(tag: number, ...content: Buffer[]): Buffer {
  const value = Buffer.concat(content)
  const { length } = value
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), value])
}

const sequence = (...content: Buffer[]) => der(0x30, ...content)
const set = (content: Buffer) => der(0x31, content)
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))
const time = (at: string) => der(0x18, Buffer.from(at))

function pem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}
