import { describe, expect, it } from 'vitest'
import { submitLead } from '#shared/contract/capture/capture.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { Refusal } from '#shared/contract/problems.ts'
import type { Route } from '#shared/contract/route.ts'
import { routes } from '#shared/contract/routes.ts'
import { parseRequest } from '#shared/http/parse-request.ts'

const all: readonly Route[] = Object.values(routes).flat()
/** Vendors of lead forms add fields when they like, and their documents ask that unknown ones are ignored. */
const ofVendors = ['takeGoogleLead', 'takeMetaLeads']
const withBody = all.filter(({ body }) => body).map((route) => [route.name, route] as const)

it('refuses a rule that is nested too deep to judge, before it walks it', () => {
  expect(listErrorCodes(records.campaigns.put, { ...campaign, rules: nestNots(1500) })).toEqual(['too_deep'])
})

describe.each(withBody)('the body of %s', (name, route) => {
  const levels = route.maxBodyDepth ?? 8

  it('accepts the maximum depth and rejects a deeper body', () => {
    expect(listErrorCodes(route, nest(levels))).not.toContain('too_deep')
    expect(listErrorCodes(route, nest(levels + 1))).toEqual(['too_deep'])
    expect(listErrorCodes(route, nest(100_000))).toEqual(['too_deep'])
  })

  const isOfVendor = ofVendors.includes(name)
  it(`${isOfVendor ? 'ignores' : 'rejects'} a field that the contract does not list`, () => {
    const codes = listErrorCodes(route, { ...toFields(route.example?.body), aFieldOfNobody: 1 })
    if (isOfVendor) expect(codes).toEqual([])
    else expect(codes).toContain('unknown_field')
  })
})

it('accepts rule trees from staff, and no nested body from visitors', () => {
  expect(listErrorCodes(records.campaigns.put, { ...campaign, rules: nestNots(20) })).toEqual([])
  expect(submitLead).not.toHaveProperty('maxBodyDepth')
})

const campaign = records.campaigns.put.example.body

function nestNots(levels: number): object {
  let rules: object = { field: 'age', op: 'at-least', value: 18 }
  for (let level = 0; level < levels; level++) rules = { not: rules }
  return rules
}

function nest(levels: number): object {
  let value: object = {}
  for (let level = 1; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value }
  return value
}

function toFields(body: unknown): object {
  return typeof body === 'object' && body !== null ? body : {}
}

function listErrorCodes(route: Route, body: unknown): string[] {
  const params: { [name: string]: string } | undefined = route.params && { id: 'deep', ...route.example?.params }
  try {
    parseRequest(route, { ...(params && { pathParameters: params }), headers: {}, body })
    return []
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.errors.map(({ code }) => code)
  }
}
