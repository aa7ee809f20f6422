import type { buildConnector } from 'undici'
import { expect, it } from 'vitest'
import { connectSafely } from '#shared/outbound/webhook/connect-safely.ts'

it.each([
  { codes: { '8.8.8.8': 'ECONNREFUSED', '2600::1': 'ENETUNREACH' }, reported: 'ECONNREFUSED' },
  { codes: { '8.8.8.8': 'ENETUNREACH', '8.8.4.4': 'ECONNRESET', '2600::1': 'ENETUNREACH' }, reported: 'ECONNRESET' },
  { codes: { '8.8.8.8': 'ENETUNREACH', '2600::1': 'EHOSTUNREACH' }, reported: 'EHOSTUNREACH' },
  { codes: { '2600::1': 'ENETUNREACH' }, reported: 'ENETUNREACH' },
])("reports an error of the school rather than one of this machine's network: %j", async ({ codes, reported }) => {
  const failureCodes = new Map<string, string>(Object.entries(codes))
  const connect: buildConnector.connector = ({ hostname }, callback) =>
    callback(Object.assign(new Error('failed'), { code: failureCodes.get(hostname) }), null)
  const connectToChecked = connectSafely([...failureCodes.keys()], connect, new AbortController().signal)
  const { promise, resolve } = Promise.withResolvers<unknown>()
  connectToChecked({ hostname: 'school.com', protocol: 'https:', port: '443' }, (...[error]) => resolve(error))
  expect(await promise).toMatchObject({ code: reported })
})
