import { describe, expect, it } from 'vitest'
import { matchSchools } from '#shared/contract/capture/capture.ts'
import { listSchools, readCareer } from '#shared/contract/catalog/catalog.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Route } from '#shared/contract/route.ts'
import { type JsonEvent, parseRequest } from '#shared/http/parse-request.ts'
import { apiEvent } from '#test/functions/house/api-event.ts'

const visitor = { careerSlug: 'nurse', zip: '78701-1234', education: { highestLevel: 'ged' } }

describe('a request', () => {
  it('is parsed part by part, with defaults, and what is not listed is left out', () => {
    const event = createEvent('GET', '/v1/careers/nurse/schools?page=2', { 'if-none-match': '"a"', cookie: 'secret' })
    expect(parseRequest(listSchools, event)).toEqual({
      params: { slug: 'nurse' },
      query: { page: 2, pageSize: 10 },
      headers: { 'if-none-match': '"a"' },
      body: undefined,
    })
  })

  it('has its body brought into its final form', () => {
    expect(parseRequest(matchSchools, { ...createEvent('POST', '/v1/matches'), body: visitor }).body).toMatchObject({
      zip: '78701',
    })
  })

  it('is refused with the faults of all its parts at once', () => {
    const event = { ...createEvent('PUT', '/v1/ops/schools/-', { 'if-match': '3' }), body: { name: '' } }
    const pointers = catchRefusal(records.schools.put, event)?.errors.map(({ pointer }) => pointer)
    expect(pointers).toEqual(['{id}', 'if-match', '/name', '/timeZone'])
  })

  it('for an address that cannot be is for nothing', () => {
    expect(catchRefusal(readCareer, createEvent('GET', '/v1/careers/Not_One'))?.code).toBe('NOT_FOUND')
  })

  it('tells 50 faults at most', () => {
    const body = { ...visitor, ...Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`x${at}`, 1])) }
    expect(catchRefusal(matchSchools, { ...createEvent('POST', '/v1/matches'), body })?.errors).toHaveLength(50)
  })
})

function createEvent(method: string, target: string, headers: { [name: string]: string } = {}): JsonEvent {
  return apiEvent(method, target, { headers }).event
}

function catchRefusal(route: Route, event: JsonEvent): Refusal | undefined {
  try {
    parseRequest(route, event)
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
