import { describe, expect, it } from 'vitest'
import { fact } from '#shared/domain/catalog/career.ts'
import { toScriptJson } from '#web/landing/render-layout.ts'
import { toHtml } from '#web/landing/to-html.ts'
import { createLink, element } from '#web/parts/element.ts'
import { renderErrorSummary } from '#web/parts/form-parts.ts'
import { renderFactsTable } from '#web/parts/render-facts-table.ts'
import { renderSchoolList } from '#web/parts/render-school-list.ts'
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

describe('a part of a page', () => {
  it('takes no markup from what it shows', () => {
    const text = toHtml(element('p', { title: hostile }, hostile, [hostile])).html
    expect(text).not.toMatch(/<script|<img|"'/)
    expect(text.match(/<[^>]*>/g)).toHaveLength(2)
  })

  it('links to the web only', () => {
    expect(toHtml(createLink('https://bls.gov', 'Bureau')).html).toBe('<a href="https://bls.gov">Bureau</a>')
    for (const address of ['javascript:alert(1)', 'data:text/html,x', ' javascript:alert(1)', undefined])
      expect(toHtml(createLink(address, 'Bureau')).html).toBe('Bureau')
  })

  it('keeps JSON within its script element, and the same', () => {
    const json = toScriptJson({ name: `${hostile}<!--\u2028]]>&` })
    expect(json).not.toMatch(/[<>&\u2028]/)
    expect(JSON.parse(json)).toEqual({ name: `${hostile}<!--\u2028]]>&` })
  })
})

describe('a fact', () => {
  it.each([
    [{ metric: 'mean-annual-wage', value: 40430, unit: 'USD' }, '$40,430 a year'],
    [{ metric: 'mean-hourly-wage', value: 26.5, unit: 'USD' }, '$26.50 an hour'],
    [{ metric: 'median-hourly-wage-29-9021', value: 30, unit: 'USD' }, '$30 an hour'],
    [{ metric: 'hourly-wage', value: 19.5, unit: 'USD' }, '$19.50 an hour'],
    [{ metric: 'growth', value: -3, unit: 'percent' }, '-3%'],
    [{ metric: 'jobs', value: 188600, unit: 'jobs' }, '188,600 jobs'],
    [{ metric: 'field', value: 'Health' }, 'Health'],
  ])('is told as people write it: %j is %s', (factInput, expected) => {
    expect(formatFactValue(factInput)).toBe(expected)
  })

  it('says from when on it is out of date, and not before', () => {
    expect(formatStaleness(wage, new Date('2017-03-30T23:59:59Z'))).toBeUndefined()
    expect(formatStaleness(wage, new Date('2017-03-31T00:00:00Z'))).toBe('Out of date since Mar 2017')
    const table = (now: string) => toHtml(renderFactsTable([wage], { caption: 'Facts', now: new Date(now) })).html
    expect(table('2017-01-01T00:00:00Z')).not.toContain('Out of date')
    expect(table('2018-01-01T00:00:00Z')).toMatch(/\$40,430.*mean, United States.*May 2015.*Out of date.*bls\.gov/s)
  })
})

describe('a listing', () => {
  const schools = [1, 2].map((position) => ({
    position,
    schoolId: `school-${position}`,
    name: `School ${position}`,
    sponsored: position === 1,
    placementBasis: 'Its place is paid for.',
    programs: [{ programId: 'p', name: 'Records', level: 'associate' as const, modality: 'online' as const }],
    links: { programs: [], rel: 'sponsored nofollow' },
  }))
  const text = (listedSchools: typeof schools) =>
    toHtml(
      renderSchoolList(
        { disclosure: { text: 'They pay.' }, rankingBasis: 'By placement.', schools: listedSchools },
        () => undefined,
      ),
    ).html

  it('says above it what is paid for, and at each school that pays, also where it is empty', () => {
    expect(text(schools)).toMatch(/They pay\..*School 1.*>Sponsored<.*Its place is paid for.*School 2/s)
    expect(text(schools).match(/>Sponsored</g)).toHaveLength(1)
    expect(text([])).toContain('They pay.')
  })

  it('gives pages nothing to restyle its labels by', () => {
    expect(text(schools)).not.toMatch(/class="(disclosure|sponsored)"[^>]* part=/)
  })
})

describe('the summary of errors', () => {
  it('is not there where nothing is wrong', () => {
    expect(renderErrorSummary([], [])).toBeUndefined()
  })
})
