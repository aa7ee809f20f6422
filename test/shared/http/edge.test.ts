import { describe, expect, it } from 'vitest'
import { verifyEdgeEvent } from '#shared/http/edge.ts'
import { apiEvent } from '#test/functions/house/api-event.ts'

const secret = 's'.repeat(64)
const edge = async () => [secret]
const createEvent = (headers: { [name: string]: string }) =>
  apiEvent('GET', '/health', { headers, ip: '192.0.2.1' }).event
const readSourceIp = async (viewer: string) => {
  const event = createEvent({ 'x-origin-proof': secret, 'cloudfront-viewer-address': viewer })
  return (await verifyEdgeEvent(event, edge)).requestContext.http.sourceIp
}

describe("the visitor's address", () => {
  it.each([
    ['198.51.100.7:46532', '198.51.100.7'],
    ['2001:db8::7:46532', '2001:db8::7'],
    ['2001:db8:1:2:3:4:5:6:46532', '2001:db8:1:2:3:4:5:6'],
    ['[2001:db8::7]:46532', '2001:db8::7'],
  ])('is read from %s', async (viewer, ip) => {
    expect(await readSourceIp(viewer)).toBe(ip)
  })

  it.each(['', 'somewhere:80', '198.51.100.7:1, 203.0.113.9:2', '198.51.100.7:80:80'])(
    "is the connection's address if the edge sends %j",
    async (viewer) => {
      expect(await readSourceIp(viewer)).toBe('192.0.2.1')
    },
  )

  it("is the connection's address if there is no edge, whatever the headers", async () => {
    const event = createEvent({ 'x-origin-proof': secret, 'cloudfront-viewer-address': '198.51.100.7:1' })
    expect(await verifyEdgeEvent(event, undefined)).toBe(event)
  })

  it('is not read if the secret is wrong', async () => {
    const event = createEvent({ 'x-origin-proof': `${secret}s`, 'cloudfront-viewer-address': '198.51.100.7:1' })
    await expect(verifyEdgeEvent(event, edge)).rejects.toMatchObject({ code: 'EDGE_REQUIRED' })
  })
})
