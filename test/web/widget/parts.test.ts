import { describe, expect, it } from 'vitest'
import { fact } from '#shared/domain/catalog/fact.ts'
import { toScriptJson } from '#web/landing/render-layout.ts'
import { createLink, element } from '#web/parts/element.ts'
import { renderErrorSummary } from '#web/parts/form-parts.ts'
import { renderFactsTable } from '#web/parts/render-facts-table.ts'
import { renderSchoolList } from '#web/parts/render-school-list.ts'
import { renderThanks } from '#web/parts/render-thanks.ts'
import { toHtml } from '#web/parts/to-html.ts'
import { formatFactValue, formatStaleness } from '#web/words/format-fact.ts'

const hostile = `"'></script><script>alert(1)</script><img src=x onerror=alert(2)>`
const wage = fact.parse({
  metric: 'mean-annual-wage',
  label: 'Average salary',
  value: 40430,
  unit: 'USD',
  statistic: 'mean',
  period: 'May 2015',
  source: { name: 'Bureau', url: 'https://www.bls.gov/oes/' },
  asOf: '2016-03-30T00:00:00Z',
  expiresAt: '2017-03-31T00:00:00Z',
})

describe('element trees', () => {
  it('renders hostile text as text', () => {
    const text = toHtml(element('p', { title: hostile }, hostile, [hostile]))
    expect(text).not.toMatch(/<script|<img|"'/)
    expect(text.match(/<[^>]*>/g)).toHaveLength(2)
  })

  it('refuses text that could end its style or script element', () => {
    expect(() => toHtml(element('style', {}, '</style><script>'))).toThrow('could end its style or script element')
  })

  it('links only to http and https addresses', () => {
    expect(toHtml(createLink('https://bls.gov', 'Bureau'))).toBe('<a href="https://bls.gov">Bureau</a>')
    for (const address of ['javascript:alert(1)', 'data:text/html,x', ' javascript:alert(1)', undefined])
      expect(toHtml(createLink(address, 'Bureau'))).toBe('Bureau')
  })

  it('keeps JSON inside its script element without changing its value', () => {
    const json = toScriptJson({ name: `${hostile}<!--\u2028]]>&` })
    expect(json).not.toMatch(/[<>&\u2028]/)
    expect(JSON.parse(json)).toEqual({ name: `${hostile}<!--\u2028]]>&` })
  })
})

describe('facts', () => {
  it.each([
    [{ metric: 'mean-annual-wage', value: 40430, unit: 'USD' }, '$40,430 a year'],
    [{ metric: 'mean-hourly-wage', value: 26.5, unit: 'USD' }, '$26.50 an hour'],
    [{ metric: 'median-hourly-wage-29-9021', value: 30, unit: 'USD' }, '$30 an hour'],
    [{ metric: 'hourly-wage', value: 19.5, unit: 'USD' }, '$19.50 an hour'],
    [{ metric: 'growth', value: -3, unit: 'percent' }, '-3%'],
    [{ metric: 'jobs', value: 188600, unit: 'jobs' }, '188,600 jobs'],
    [{ metric: 'field', value: 'Health' }, 'Health'],
  ])('formats the fact %j as %s', (factInput, expected) => {
    expect(formatFactValue(factInput)).toBe(expected)
  })

  it('marks a fact with its year once it is outdated, and not before', () => {
    expect(formatStaleness(wage, new Date('2017-03-30T23:59:59Z'))).toBeUndefined()
    expect(formatStaleness(wage, new Date('2017-03-31T00:00:00Z'))).toBe('2015 data')
    const table = (now: string) => toHtml(renderFactsTable([wage], { caption: 'Facts', now: new Date(now) }))
    expect(table('2017-01-01T00:00:00Z')).not.toContain('2015 data')
    expect(table('2018-01-01T00:00:00Z')).toMatch(/\$40,430.*> United States<.*May 2015.*2015 data.*bls\.gov/s)
  })
})

describe('the sponsored listing', () => {
  const schools = [1, 2].map((position) => ({
    position,
    schoolId: `school-${position}`,
    name: `School ${position}`,
    sponsored: position === 1,
    placementBasis: 'Sponsored: this school pays to be listed.',
    programCount: 1,
    programs: [{ programId: 'p', name: 'Records', level: 'associate' as const, modality: 'online' as const }],
    links: { programs: [], rel: 'sponsored nofollow' },
  }))
  const text = (listedSchools: typeof schools) =>
    toHtml(
      renderSchoolList(
        { disclosure: { text: 'They pay.' }, rankingBasis: 'By placement.', schools: listedSchools },
        () => undefined,
      ),
    )

  it('discloses payment above the list and at each paying school, even if the list is empty', () => {
    expect(text(schools)).toMatch(/They pay\..*School 1.*>Sponsored<.*School 2/s)
    expect(text(schools).match(/>Sponsored</g)).toHaveLength(1)
    expect(text([])).toContain('They pay.')
  })

  it('gives its labels no part that a page could restyle', () => {
    expect(text(schools)).not.toMatch(/class="(disclosure|sponsored)"[^>]* part=/)
  })
})

describe('the thank-you message', () => {
  const text = (schools: string[], withdrawalUrl?: string) =>
    toHtml(renderThanks({ outcome: 'accepted', schools }, withdrawalUrl)).match(/<p class="help">(.*)<\/p>/)?.[1]

  it('says how to opt out, with the link if there is one', () => {
    expect(text(['Tall Grass College'], '/v1/withdrawals/x')).toBe(
      'You can opt out at any time: <a href="/v1/withdrawals/x">Withdraw my agreement</a>, or contact any of these schools or this website.',
    )
    expect(text([], '/v1/withdrawals/x')).toMatch(/agreement<\/a>, or contact this website\.$/)
    expect(text(['Tall Grass College'])).toBe(
      'You can opt out at any time: contact any of these schools or this website.',
    )
    expect(text([])).toBe('You can opt out at any time: contact this website.')
  })
})

describe('the error summary', () => {
  it('renders no error summary without errors', () => {
    expect(renderErrorSummary([], [])).toBeUndefined()
  })
})
