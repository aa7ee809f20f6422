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

  it.each([
    '',
    'br',
    'gzip;q=0',
    'identity, gzip;q=0.0',
    'xgzip',
    'gzip;q=0, *',
    '*, gzip;q=0',
    'br, *;q=0',
    'X-GZIP;q=0',
  ])('leaves a page as it is for %j', async (acceptEncoding) => {
    expect(await compress({ headers: { ...page, vary: 'Origin' }, bytes, acceptEncoding })).toEqual({
      bytes,
      headers: { vary: 'Origin, Accept-Encoding' },
    })
  })

  it.each(['*;q=0, gzip', 'gzip;q=0.5, identity', 'GZIP', 'br;q=0, x-gzip'])(
    'sends gzip for %j',
    async (acceptEncoding) => {
      const response = await compress({ headers: page, bytes, acceptEncoding })
      expect(response?.headers).toMatchObject({ 'content-encoding': 'gzip' })
    },
  )

  it('says of a 304 that the response depends on the caller, as of the 200', async () => {
    const response = await compress({ headers: { etag: '"1"' }, bytes: Buffer.alloc(0), acceptEncoding: 'gzip' })
    expect(response?.headers).toEqual({ vary: 'Accept-Encoding' })
  })

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
