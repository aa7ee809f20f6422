import { beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { listLeads } from '#shared/contract/capture/leads.ts'
import { readOverview } from '#shared/contract/reporting/overview.ts'
import { createTestSystem, submitTestLead, type TestSystem } from '#test/functions/create-test-system.ts'

let system: TestSystem
let morning: string
let evening: string
let night: string
beforeEach(async () => {
  system = await createTestSystem()
  // In Chicago: Monday at 9 AM and 9 PM, and Tuesday at 1 AM. In UTC, the evening is on Tuesday.
  morning = (await submitTestLead(system, 1)).leadId
  system.api.advanceClock(12 * 3600)
  evening = (await submitTestLead(system, 2)).leadId
  system.api.advanceClock(4 * 3600)
  night = (await submitTestLead(system, 3)).leadId
})

const monday = '2026-11-23'
const tuesday = '2026-11-24'

/** Every page of a list, one row each, as clients read it. */
async function listDay(query: { day?: string; timeZone?: string }): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const search = new URLSearchParams({ ...query, limit: '1', ...(cursor !== null && { cursor }) })
    const page = listLeads.responses[200].body.parse((await system.api.staff('GET', `/v1/ops/leads?${search}`)).body)
    ids.push(...page.leads.map(({ leadId }) => leadId))
    cursor = page.page.nextCursor
  } while (cursor !== null)
  return ids
}

async function exportDay(zone: { timeZone?: string }): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const body = { day: monday, contacts: 'masked', ...zone, ...(cursor !== undefined && { cursor }) }
    const response = await system.api.staff('POST', '/v1/ops/lead-exports', { body })
    ids.push(
      ...[
        ...z
          .string()
          .parse(response.body)
          .matchAll(/lead_[A-Za-z0-9_-]{22}/g),
      ].map(([id]) => id),
    )
    cursor = response.headers['x-next-cursor']
  } while (cursor !== undefined)
  return ids
}

async function countHours(timeZone: string, day: string): Promise<[hour: number, accepted: number][]> {
  const hours: [number, number][] = []
  let cursor: string | null = null
  do {
    const search = new URLSearchParams({ day, timeZone, ...(cursor !== null && { cursor }) })
    const page = readOverview.responses[200].body.parse(
      (await system.api.staff('GET', `/v1/ops/overview?${search}`)).body,
    )
    hours.push(...page.hours.map(({ hour, accepted }): [number, number] => [hour, accepted]))
    cursor = page.page.nextCursor
  } while (cursor !== null)
  return hours.toSorted(([one], [other]) => one - other)
}

describe('the leads of a day', () => {
  it('are those of the day in the time zone that staff choose, latest first', async () => {
    const timeZone = 'America/Chicago'
    expect(await listDay({ day: monday, timeZone })).toEqual([evening, morning])
    expect(await listDay({ day: tuesday, timeZone })).toEqual([night])
    expect(await listDay({ timeZone })).toEqual([night])
  })

  it('are those of the UTC day without a time zone', async () => {
    expect(await listDay({ day: monday })).toEqual([morning])
    expect(await listDay({ day: tuesday })).toEqual([night, evening])
  })

  it('are counted by the hours of that time zone', async () => {
    expect(await countHours('America/Chicago', monday)).toEqual([
      [9, 1],
      [21, 1],
    ])
    expect(await countHours('Asia/Kathmandu', tuesday)).toEqual([
      [8, 1],
      [12, 1],
    ])
  })

  it('are exported by the same day', async () => {
    expect(await exportDay({ timeZone: 'America/Chicago' })).toEqual([evening, morning])
    expect(await exportDay({})).toEqual([morning])
  })

  it('refuses a time zone that does not exist and names the field', async () => {
    const { status, body } = await system.api.staff('GET', '/v1/ops/leads?timeZone=Texas')
    expect([status, JSON.stringify(body)]).toEqual([422, expect.stringContaining('timeZone')])
  })
})
