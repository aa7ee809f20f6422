import { describe, expect, it } from 'vitest'
import { cleanContext } from '#shared/domain/capture/clean-context.ts'
import { readPageVisit } from '#web/form/read-page-visit.ts'
import { getRetryDelay } from '#web/widget/get-retry-delay.ts'

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
  const pageUrl = 'https://careers.example/records'

  it('reads address, referrer and UTM labels', () => {
    const query = '?utm_source=news&utm_x=&q=1&utm_constructor=a'
    expect(readPageVisit(new URL(`${pageUrl}${query}#top`), 'https://search.example/')).toEqual({
      page: { url: `${pageUrl}${query}`, referrer: 'https://search.example/' },
      utm: { source: 'news', constructor: 'a' },
    })
  })

  it('reads sub IDs and the click IDs of ad networks, and no other parameter', () => {
    const query = '?sub1=a&subId2=b&sub_id=c&gclid=d&fbclid=e&wbraid=f&sub=g&subject=h&email=i&id=j&sub3=&clid=k'
    const { subIds, utm } = readPageVisit(new URL(pageUrl + query), '')
    expect(subIds).toEqual({ sub1: 'a', subId2: 'b', sub_id: 'c', gclid: 'd', fbclid: 'e', wbraid: 'f', sub: 'g' })
    expect(utm).toBeUndefined()
    expect(cleanContext({ subIds }).body).toEqual({ subIds })
  })

  it('sends what the API cleans, within the limit of a request', () => {
    const query = `?utm_content=${'x'.repeat(3000)}&utm___proto__=a&utm_a%20b=c`
    const { page, utm } = readPageVisit(new URL(pageUrl + query), 'android-app://com.example')
    expect(page.url).toHaveLength(2048)
    expect(page.referrer).toBe('android-app://com.example')
    expect(utm).toEqual({ content: 'x'.repeat(300) })
    expect(cleanContext({ page, utm }).body).toMatchObject({ utm: { content: 'x'.repeat(200) }, page })
  })

  it.each([
    ['blob:https://careers.example/0d6b5bd5', 'https://careers.example'],
    ['data:text/html,<p>ada@mail.example', 'null'],
  ])('reads only the origin of the generated page %s', (address, url) => {
    expect(readPageVisit(new URL(address), '').page).toEqual({ url })
  })

  it('sends labels that end within a character, and no empty referrer', () => {
    const query = `?utm_content=${'a'.repeat(199)}%F0%9F%8E%93&utm_campaign=fall%E2%80%8E&utm_term=%00`
    const visit = readPageVisit(new URL(pageUrl + query), '')
    expect(visit.page).not.toHaveProperty('referrer')
    expect(cleanContext(visit).body).toMatchObject({ utm: { content: 'a'.repeat(199), campaign: 'fall' } })
  })
})
