import { describe, expect, it } from 'vitest'
import { getRetryDelay } from '#web/widget/get-retry-delay.ts'
import { readPageVisit } from '#web/widget/read-page-visit.ts'

describe('getRetryDelay', () => {
  it('doubles the delay, gives up after the fifth attempt, and spreads visitors', () => {
    const pauses = [0, 1, 2, 3, 4].map((attempt) => getRetryDelay({ status: 503 }, attempt, 0.5))
    expect(pauses).toEqual([800, 1600, 3200, 6400, undefined])
    expect(getRetryDelay({ status: 0 }, 0, 0)).toBe(600)
    expect(getRetryDelay({ status: 0 }, 0, 1)).toBe(1000)
  })

  it('waits as long as Retry-After says, up to 30 seconds', () => {
    expect(getRetryDelay({ status: 429, retryAfter: 5 }, 0, 0)).toBe(5000)
    expect(getRetryDelay({ status: 503, retryAfter: 3600 }, 0, 0)).toBe(30_000)
  })

  it.each([400, 401, 403, 404, 413, 422])('does not retry status %i', (status) => {
    expect(getRetryDelay({ status }, 0, 0.5)).toBeUndefined()
  })
})

describe('readPageVisit', () => {
  const pageLocation = { origin: 'https://careers.example', pathname: '/records', search: '' }

  it('reads address, referrer and UTM labels', () => {
    expect(
      readPageVisit(
        { ...pageLocation, search: '?utm_source=news&utm_x=&q=1&utm_constructor=a' },
        'https://search.example/',
      ),
    ).toEqual({
      page: {
        url: 'https://careers.example/records?utm_source=news&utm_x=&q=1&utm_constructor=a',
        referrer: 'https://search.example/',
      },
      utm: { source: 'news' },
    })
  })

  it('leaves out values that the API would refuse', () => {
    expect(readPageVisit({ ...pageLocation, search: `?q=${'x'.repeat(3000)}` }, 'android-app://com.example')).toEqual({
      page: { url: 'https://careers.example/records' },
    })
  })
})
