import { beforeAll, describe, expect, it } from 'vitest'
import { listSchoolLeads } from '#functions/school/delivery/list-school-leads.ts'
import type { Route } from '#shared/contract/route.ts'
import { createLeadScenarios, type Road, roads, type Scenario, type ScenarioSystem } from './create-lead-scenarios.ts'
import { leadOperations, listLeadOperations, type Shows } from './lead-operations.ts'

const operations = listLeadOperations()
const inOrder = Object.keys(leadOperations).flatMap((name) => operations.find((route) => route.name === name) ?? [])
// Every call of an operation, by each kind of key that it has.
const keys = {
  school: ['manage', 'read'],
  operator: ['admin', 'read'],
  source: ['server'],
  anyone: [],
  person: [],
} as const
type Scope = 'manage' | 'admin' | 'read' | 'server'

let fixture: ScenarioSystem
let headersOf: { [key: string]: { authorization: string } }
beforeAll(async () => {
  fixture = await createLeadScenarios()
  const { api } = fixture.system
  const schoolViewer = await api.createApiKey({ caller: 'school', schoolId: 'tall-grass' }, 'read')
  const staffViewer = await api.createApiKey({ caller: 'operator' }, 'read')
  const server = await api.createApiKey({ caller: 'source', sourceId: 'landing' }, 'server')
  headersOf = {
    'source server': { authorization: `Bearer ${server.key}` },
    'school manage': { authorization: `Bearer ${fixture.schoolKey}` },
    'school read': { authorization: `Bearer ${schoolViewer.key}` },
    'operator admin': { authorization: `Bearer ${api.staffKey}` },
    'operator read': { authorization: `Bearer ${staffViewer.key}` },
  }
})

describe('the operations that answer with a lead', () => {
  it('each have a row that says which contact details they show', () => {
    expect(operations.map(({ name }) => name).toSorted()).toEqual(Object.keys(leadOperations).toSorted())
  })

  it.each(inOrder.map((route) => [route.name, route] as const))(
    'shows contact details of no other leads than it may: %s',
    async (name, route) => {
      const { shows } = leadOperations[name] ?? { shows: 'nothing' }
      const faults: string[] = []
      for (const scenario of fixture.scenarios)
        for (const scope of keys[route.caller])
          for (const text of await callOperation(route, scope, scenario)) {
            const isShown = listMarkers(route, scenario).some((marker) => text.includes(marker))
            const isAllowed = mayShow(shows, scope, scenario)
            if (isShown !== isAllowed)
              faults.push(`${scope} key, ${scenario.road}, ${scenario.stop}: ${isShown ? 'shown' : 'not shown'}`)
          }
      expect(faults).toEqual([])
    },
  )

  it('shows no contact details in an export of hashed suppressions', async () => {
    const { system, scenarios } = fixture
    const response = await system.api.staff('POST', '/v1/ops/suppressions/exports', { body: { format: 'sha256' } })
    expect(response.text.split('\n').length).toBeGreaterThan(roads.length)
    expect(scenarios.filter(({ markers }) => markers.some((marker) => response.text.includes(marker)))).toEqual([])
  })
})

describe('the check of what is shown', () => {
  it('finds a school list that ignores withdrawals and suppressions', async () => {
    const faults = await findFaultsOfList(
      ({ withdrawnAt: _, ...delivery }) => delivery,
      async () => false,
    )
    expect(faults).toContain('delivered, withdrawn')
    expect(faults).toContain('delivered, suppressed')
  })

  it('finds a school list that takes every lead for delivered', async () => {
    const deliveredAt = '2026-11-23T15:00:00.000Z'
    const faults = await findFaultsOfList((delivery) => ({ ...delivery, deliveredAt }), undefined)
    expect(faults).toEqual(expect.arrayContaining(['not sent, none', 'rejected, none', 'failed, none']))
  })

  it('finds a school list that ignores credits', async () => {
    const faults = await findFaultsOfList(({ returnedAt: _, ...delivery }) => delivery, undefined)
    expect(faults).toEqual(['credited, none'])
  })

  it('finds nothing in the list as it is', async () => {
    expect(await findFaultsOfList((delivery) => delivery, undefined)).toEqual([])
  })
})

const takenRoads: readonly Road[] = ['delivered', 'resent', 'opened']
const takeableRoads: readonly Road[] = ['not sent', 'not accepted', 'on hold']

/** Written by hand, and not by the rule that the operations call. */
function mayShow(shows: Shows, scope: Scope, { road, stop }: Scenario): boolean {
  switch (shows) {
    case 'nothing':
      return false
    case 'taken':
      return stop === 'none' && takenRoads.includes(road)
    case 'opened':
      return scope === 'manage' && stop === 'none' && [...takenRoads, ...takeableRoads].includes(road)
    case 'proven':
      return scope === 'admin'
    case 'revealed':
      return scope === 'admin' && road !== 'erased'
    case 'exported':
      return scope === 'admin' && road !== 'erased' && stop === 'none'
    case 'suppressed':
      return scope === 'admin' && road !== 'erased' && stop === 'suppressed'
  }
}

/** Staff read the answers of a person, what a school's system responds, and notes, unless the person wants no calls or was erased. */
function listMarkers(
  { caller }: Route,
  { road, markers, quoteMarkers: [opaque = '', answer = ''], noteMarker, stop }: Scenario,
): string[] {
  const notes = stop === 'none' && road !== 'erased' ? [] : [noteMarker]
  if (caller === 'school' || caller === 'source') return [...markers, opaque, answer, ...notes]
  return stop === 'none' ? [...markers, ...notes] : [...markers, opaque, ...notes]
}

/** The texts of the answers about this lead. */
async function callOperation(route: Route, scope: Scope, scenario: Scenario): Promise<string[]> {
  const day = fixture.system.api.clock.now.toISOString().slice(0, 10)
  const calls = leadOperations[route.name]?.calls(scenario, { day, erasureId: fixture.erasureId }) ?? []
  return Promise.all(
    calls.map(async ({ path, body }) => {
      const request = { headers: headersOf[`${route.caller} ${scope}`] ?? {}, ...(body && { body }) }
      return (await fixture.system.api.call(route.method, path, request)).text
    }),
  )
}

type AnyDelivery = {
  withdrawnAt?: string | undefined
  deliveredAt?: string | undefined
  returnedAt?: string | undefined
}

/** Lists the leads of the school with a store whose deliveries are changed, and returns what is shown wrongly. */
async function findFaultsOfList(
  change: (delivery: AnyDelivery) => AnyDelivery,
  isSuppressed: (() => Promise<boolean>) | undefined,
): Promise<string[]> {
  fixture = await createLeadScenarios()
  const deps = fixture.system.api.createDependencies('school')
  const deliveries = {
    ...deps.deliveries,
    listBySchool: async (...input: Parameters<typeof deps.deliveries.listBySchool>) => {
      const page = await deps.deliveries.listBySchool(...input)
      return { ...page, deliveries: page.deliveries.map((delivery) => Object.assign({}, change(delivery))) }
    },
  }
  const request = {
    principal: { caller: 'school', schoolId: 'tall-grass', scope: 'manage' },
    query: { limit: 100, order: 'oldest' },
  }
  const suppressions = { ...deps.suppressions, ...(isSuppressed && { isSuppressed }) }
  // @ts-expect-error the parts that this handler reads
  const { body } = await listSchoolLeads(request, { ...deps, deliveries, suppressions })
  const text = JSON.stringify(body)
  return fixture.scenarios
    .filter(
      (scenario) => scenario.markers.some((marker) => text.includes(marker)) !== mayShow('taken', 'manage', scenario),
    )
    .map(({ road, stop }) => `${road}, ${stop}`)
}
