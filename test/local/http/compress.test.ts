import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { compress } from '#local/http/compress.ts'

const page = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'public, max-age=300' }
const bytes = Buffer.from('<p>A page.</p>'.repeat(200))

describe('compress', () => {
  it('sends a public page as gzip, with a weak tag, and says that it depends on the caller', async () => {
    const response = await compress({ headers: { ...page, etag: '"1"' }, bytes, acceptEncoding: 'br, gzip' })
    expect(response?.headers).toEqual({ vary: 'Accept-Encoding', 'content-encoding': 'gzip', etag: 'W/"1"' })
    expect(gunzipSync(response?.bytes ?? '')).toEqual(bytes)
    const again = await compress({ headers: { ...page, etag: '"1"' }, bytes, acceptEncoding: '*' })
    expect(again?.bytes).toBe(response?.bytes)
  })

  it.each(['', 'br', 'gzip;q=0', 'identity, gzip;q=0.0', 'xgzip'])(
    'leaves a page as it is for %j',
    async (acceptEncoding) => {
      expect(await compress({ headers: { ...page, vary: 'Origin' }, bytes, acceptEncoding })).toEqual({
        bytes,
        headers: { vary: 'Origin, Accept-Encoding' },
      })
    },
  )

  it.each([
    ['what is not to be stored', { ...page, 'cache-control': 'no-store' }, bytes],
    ['what says nothing of storing', { 'content-type': 'text/html' }, bytes],
    ['a short page', page, Buffer.from('<p>Short.</p>')],
    ['what is compressed already', { ...page, 'content-encoding': 'br' }, bytes],
    ['an image', { ...page, 'content-type': 'image/png' }, bytes],
    ['a career, whose strong tag clients compare', { ...page, 'content-type': 'application/json' }, bytes],
  ])('does not touch %s', async (_, headers, body) => {
    expect(await compress({ headers, bytes: body, acceptEncoding: 'gzip' })).toBeUndefined()
  })

  it('sends a large document as gzip', async () => {
    const headers = { ...page, 'content-type': 'application/json' }
    const response = await compress({ headers, bytes: Buffer.alloc(100_000, ' '), acceptEncoding: 'gzip, deflate' })
    expect(response?.bytes.length).toBeLessThan(1000)
  })
})
