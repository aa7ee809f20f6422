import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { buildSample } from '#local/sample/build-sample.ts'
import { source } from '#shared/domain/capture/source.ts'
import { career } from '#shared/domain/catalog/career.ts'
import { program } from '#shared/domain/catalog/program.ts'
import { school } from '#shared/domain/catalog/school.ts'
import { campaignInput } from '#shared/domain/routing/campaign.ts'

const today = '2026-11-23T00:00:00Z'
const reference = 'health-record-technician'
const records = buildSample({ webhookUrl: 'https://receiver.example/schools' })
const careers = parseRecords('careers', career)
const schools = parseRecords('schools', school)
const programs = parseRecords('programs', program)
const campaigns = parseRecords('campaigns', campaignInput)
const sources = parseRecords('sources', source)

describe('sample records', () => {
  it('match their schemas, have unique ids and are enough for a demonstration', () => {
    expect([careers.length, schools.length, programs.length, campaigns.length, sources.length]).toEqual([
      5, 16, 31, 24, 1,
    ])
    expect(new Set(records.map(({ kind, id }) => `${kind}/${id}`)).size).toBe(77)
  })

  it('are ordered: schools before programs, programs before campaigns', () => {
    const order = ['careers', 'schools', 'programs', 'campaigns', 'sources']
    expect(records.map(({ kind }) => kind)).toEqual(order.flatMap((kind) => listRecords(kind).map(() => kind)))
  })

  it('name only records that exist, and campaigns only programs of their own school', () => {
    const referencedIds = [
      ...careers.flatMap(({ relatedCareers }) => relatedCareers.map(({ slug }) => `careers/${slug}`)),
      ...programs.flatMap(({ careerSlugs }) => careerSlugs.map((slug) => `careers/${slug}`)),
      ...programs.map(({ schoolId }) => `schools/${schoolId}`),
    ]
    const existingIds = new Set(records.map(({ kind, id }) => `${kind}/${id}`))
    expect(referencedIds.filter((one) => !existingIds.has(one))).toEqual([])
    for (const { schoolId, programIds } of campaigns)
      expect(programIds.map((id) => findProgram(id)?.schoolId)).toEqual(programIds.map(() => schoolId))
  })

  it('link only to .example, except for cited sources', () => {
    const citedUrls = new Set(careers.flatMap(({ facts }) => facts.map(({ source }) => source.url)))
    for (const { relatedArticles = [], sections } of careers) {
      for (const { url } of relatedArticles) citedUrls.add(url)
      for (const { body } of sections) for (const [, url] of body.matchAll(/\]\((https:[^)]+)\)/g)) citedUrls.add(url)
    }
    expect(
      [...citedUrls].filter((url) => !/^https:\/\/www\.(bls\.gov|ahima\.org|onetonline\.org)\//.test(url ?? '')),
    ).toEqual([])
    const hosts = collectStrings(records)
      .flatMap((text) => [...text.matchAll(/(?:https?:\/\/|@)([^/\s:]+)[^\s)]*/g)])
      .filter(([address]) => !citedUrls.has(address))
      .map(([, host]) => host)
    expect(hosts.length).toBeGreaterThan(campaigns.length)
    expect(hosts.filter((host) => !host?.endsWith('.example'))).toEqual([])
  })
})

describe('sample careers', () => {
  const facts = careers.flatMap(({ facts }) => facts)

  it('have the figures of the reference page with their measure and date', () => {
    const figures = careers.find(({ id }) => id === reference)?.facts.filter(({ value }) => typeof value === 'number')
    expect(figures?.map(({ value, unit, statistic, period }) => [value, unit, statistic, period])).toEqual([
      [50250, 'USD', 'median', 'May 2024'],
      [35780, 'USD', '10th percentile', 'May 2024'],
      [80950, 'USD', '90th percentile', 'May 2024'],
      [7.1, 'percent', 'projected change', '2024-2034'],
      [15, 'percent', 'projected change', '2014-2024'],
      [40430, 'USD', 'mean', 'May 2015'],
      [106070, 'USD', 'mean', 'May 2015'],
    ])
  })

  it('mark every figure as stale, while some facts are current', () => {
    const fresh = facts.filter(({ expiresAt }) => expiresAt >= today)
    expect(fresh).not.toEqual([])
    expect(fresh.filter(({ value }) => typeof value === 'number')).toEqual([])
    expect(facts.filter(({ asOf, expiresAt }) => asOf >= expiresAt)).toEqual([])
  })

  it.each([
    'work in medical offices to manage and update',
    'can be analyzed for quality assessment and insurance billing',
    'ensuring that the data is accurate, confidential',
    'spend a considerable amount of time inputting',
    'used to submit claims to insurance companies',
    'may prepare you for work in this field',
    'could increase your salary potential by earning',
    'which is faster than average growth',
    'rather than focusing on health information management',
    'coordinating staff and managing the budget',
    'but are popular choices among our users',
  ])('do not copy “%s” from the reference page', (fragment) => {
    expect(collectStrings(records).join('\n').toLowerCase()).not.toContain(fragment)
  })
})

describe('sample schools and programs', () => {
  it('give the reference career two pages of ten schools, and every career a listing', () => {
    expect(new Set(programs.filter(isForReferenceCareer).map(({ schoolId }) => schoolId)).size).toBe(16)
    expect(new Set(programs.flatMap(({ careerSlugs }) => careerSlugs)).size).toBe(careers.length)
  })

  it('have unique names and ranks, and a campaign for each school', () => {
    expect(new Set(schools.map(({ name }) => name)).size).toBe(schools.length)
    expect(new Set(programs.map(({ rank }) => rank)).size).toBe(programs.length)
    expect(new Set(campaigns.map(({ schoolId }) => schoolId)).size).toBe(schools.length)
  })

  it('mark exactly the programs with a campaign as sponsored', () => {
    const sponsored = programs.filter(({ sponsored }) => sponsored).map(({ id }) => id)
    expect(new Set(sponsored)).toEqual(new Set(campaigns.flatMap(({ programIds }) => programIds)))
  })

  it('include every kind of question', () => {
    const kinds = programs.flatMap(({ questions }) => questions.map(({ kind }) => kind))
    expect(new Set(kinds)).toEqual(new Set(['text', 'number', 'choice', 'multi-choice', 'date', 'yes-no']))
  })
})

describe('sample campaigns', () => {
  const byPriority = campaigns.toSorted((one, other) => one.priority - other.priority)

  it('rank below a user-created one, in unique positions, with the only exclusive one last', () => {
    expect(new Set(byPriority.map(({ priority }) => priority)).size).toBe(campaigns.length)
    expect([byPriority[0]?.priority, byPriority.at(-1)?.priority]).toEqual([200, 300])
    expect(byPriority.filter(({ sharing }) => sharing === 'exclusive')).toEqual(byPriority.slice(-1))
  })

  it.each(['TX', 'CA', 'FL', 'OH'])('send a typical visitor from %s to two webhooks and a mailbox first', (state) => {
    const first = byPriority
      .filter(({ status, programIds }) => status === 'active' && programIds.some((id) => isOpenToAnyone(id, state)))
      .slice(0, 3)
    expect(first.map(({ endpoint }) => endpoint.kind).sort()).toEqual(['email', 'webhook', 'webhook'])
    for (const { rules, caps, hours } of first) expect([rules, caps, hours]).toEqual([undefined, [], undefined])
  })

  it('include a daily cap, a monthly cap, a rule, delivery hours, and a paused campaign of a school with an active one', () => {
    expect(campaigns.flatMap(({ caps }) => caps.map(({ period }) => period)).sort()).toEqual(['day', 'month'])
    expect(campaigns.filter(({ rules }) => rules)).toHaveLength(1)
    expect(campaigns.filter(({ hours }) => hours)).toHaveLength(1)
    const paused = campaigns.filter(({ status }) => status === 'paused').map(({ schoolId }) => schoolId)
    const activeCampaigns = campaigns.filter(({ schoolId, status }) => paused.includes(schoolId) && status === 'active')
    expect([paused.length, activeCampaigns.length]).toEqual([1, 1])
  })
})

function listRecords(kind: string) {
  return records.filter((record) => record.kind === kind)
}

function parseRecords<Body>(kind: string, schema: z.ZodType<Body>) {
  return listRecords(kind).map(({ id, body }) => ({ id, ...schema.parse(body) }))
}

function findProgram(id: string) {
  return programs.find((one) => one.id === id)
}

function isForReferenceCareer({ careerSlugs }: { careerSlugs: string[] }) {
  return careerSlugs.includes(reference)
}

function isOpenToAnyone(programId: string, state: string) {
  const matchingProgram = findProgram(programId)
  if (!matchingProgram || !isForReferenceCareer(matchingProgram)) return false
  return (
    (matchingProgram.states ?? [state]).includes(state) &&
    matchingProgram.questions.every(({ required, rules }) => !required && !rules)
  )
}

function collectStrings(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return value && typeof value === 'object' ? Object.values(value).flatMap(collectStrings) : []
}
