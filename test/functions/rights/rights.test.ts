import { describe, expect, it } from 'vitest'
import { readErasure } from '#shared/contract/aftercare/erasures.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { fillPath } from '#shared/contract/fill-path.ts'
import type { Route } from '#shared/contract/route.ts'
import { routes } from '#shared/contract/routes.ts'
import { readDeliveryLog } from '#shared/contract/school.ts'
import { replayJob } from '#shared/domain/delivery/replay.ts'
import { aLead, ask, aTown, career, enquire, type Town } from '#test/functions/town.ts'
import { type Actor, actorsOf } from './actors.ts'
import { expectations, isLetIn } from './expectations.ts'

const all: readonly Route[] = Object.values(routes).flat()

it('is expected of every operation, and of no other', () => {
  expect(Object.keys(expectations).toSorted()).toEqual(all.map(({ name }) => name).toSorted())
})

it.each(all.map((route) => [route.name, route] as const))(
  '%s lets in whom it is for, shows each their own, and tells nobody what is there',
  async (_, route) => tryEveryDoor(route, await aTownWithLeads()),
)

describe('would be seen to fail', () => {
  const wrongly = async (route: Route, call: (given: Town['house']) => Town['house']['call']) => {
    const { town, objects } = await aTownWithLeads()
    const house = { ...town.house, call: call(town.house) }
    return tryEveryDoor(route, { town: { ...town, house }, objects })
  }

  it('if one school could read as another', async () => {
    const asA =
      (house: Town['house']) =>
      async (...[method, target, given]: Parameters<Town['house']['call']>) => {
        const answer = await house.call(method, target, given)
        if (answer.status !== 404) return answer
        return house.call(method, target, {
          headers: { authorization: `Bearer ${await house.schoolKey('tall-grass')}` },
        })
      }
    await expect(wrongly(readDeliveryLog, asA)).rejects.toThrow()
  })

  it('if a key that may only read could write', async () => {
    const asStaff =
      (house: Town['house']) =>
      async (...[method, target, given]: Parameters<Town['house']['call']>) => {
        const answer = await house.call(method, target, given)
        return answer.status === 403 ? house.staff(method, target, { body: given?.body }) : answer
      }
    await expect(wrongly(records.schools.put, asStaff)).rejects.toThrow()
  })

  it('if what is there were told from what is not to those who are kept out', async () => {
    const hinting =
      (house: Town['house']) =>
      async (...[method, target, given]: Parameters<Town['house']['call']>) => {
        const answer = await house.call(method, target, given)
        return answer.status === 401 ? { ...answer, text: `${answer.text} ${target.includes('nothing')}` } : answer
      }
    await expect(wrongly(records.schools.get, hinting)).rejects.toThrow()
  })
})

async function tryEveryDoor(route: Route, { town, objects }: Awaited<ReturnType<typeof aTownWithLeads>>) {
  const audience = expectations[route.name]
  if (!audience) throw new Error(`Nothing is expected of ${route.name}.`)
  for (const { actor, headers } of await actorsOf(town)) {
    const ask = async (target: Target) => call(town, route, headers, await objects(target, actor))
    const [own, other, missing] = [await ask('own'), await ask('other'), await ask('missing')]
    const may = isLetIn(actor, audience)
    expect({ actor, isLetIn: ![401, 403].includes(own.status) }).toEqual({ actor, isLetIn: may })
    // Whoever is kept out learns nothing, and another's is as absent as what never was.
    if (!may) expect([actor, own, other]).toEqual([actor, missing, missing])
    if (audience.startsWith('schools')) {
      expect([actor, other]).toEqual([actor, missing])
      expect(own.text).not.toContain((await objects('other', actor)).deliveryId)
    }
    if (may) expect([200, 201, 202, 204, 409, 410, 422]).toContain(own.status)
  }
}

describe('what a key of one source was answered', () => {
  it('is not told to another that sends the same', async () => {
    const { town } = await aTownWithLeads()
    const other = await town.house.staff('PUT', '/v1/ops/sources/other', { body: { name: 'Other', mode: 'live' } })
    const key = JSON.parse(other.text).key
    const body = aLead(await ask(town), 7)
    const send = (sourceKey: string) =>
      town.house.call('POST', '/v1/leads', { headers: { 'x-source-key': sourceKey, 'idempotency-key': 'same' }, body })
    const first = await send(town.sourceKey)
    const second = await send(key)
    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.headers['idempotency-replayed']).toBeUndefined()
    expect(JSON.parse(second.text).leadId).not.toBe(JSON.parse(first.text).leadId)
  })
})

type Target = 'own' | 'other' | 'missing'
type Ids = { [parameter: string]: string; deliveryId: string }

/** A lead that both schools have, and ids for whatever an address may name. What is one school's is another's to the other. */
async function aTownWithLeads() {
  const town = await aTown()
  await town.house.reconcile()
  const { leadId, schools } = await enquire(town)
  const [ofA = '', ofB = ''] = schools.map(({ deliveryId }) => deliveryId)
  const { keyId } = await town.house.keyFor({ caller: 'operator' }, 'read')
  const started = await town.house.staff('POST', '/v1/ops/replays', { body: { filter: {}, dryRun: false } })
  const { replayId } = replayJob.parse(started.body)
  const nobody = await town.house.staff('POST', '/v1/ops/erasures', { body: { email: 'nobody@mail.example' } })
  const { erasureId } = readErasure.responses[200].body.parse(nobody.body)
  const objects = async (target: Target, actor: Actor): Promise<Ids> => {
    const isB = actor === 'school B'
    const deliveryId = (target === 'own') === isB ? ofB : ofA
    const campaignId = (target === 'own') === isB ? 'bay-shore-tx' : 'tall-grass-tx'
    if (target !== 'missing')
      return {
        slug: career,
        programId: 'tall-grass-hit',
        leadId,
        deliveryId,
        campaignId,
        keyId,
        replayId,
        erasureId,
        report: 'daily',
      }
    const never = '9'.repeat(22)
    return {
      slug: 'nothing-there',
      programId: 'nothing-there',
      id: 'nothing-there',
      campaignId: 'nothing-there',
      leadId: `lead_${never}`,
      deliveryId: `dlv_${never}`,
      keyId: `key_${never}`,
      replayId: `rpl_${never}`,
      erasureId: `ers_${never}`,
      report: 'daily',
    }
  }
  return { town, objects }
}

const existing: { [kind: string]: string } = {
  careers: career,
  schools: 'tall-grass',
  programs: 'tall-grass-hit',
  campaigns: 'tall-grass-tx',
  sources: 'landing',
}

async function call(town: Town, route: Route, headers: { [name: string]: string }, ids: Ids) {
  const kind = route.path.split('/')[3] ?? ''
  const id = route.caller === 'school' ? (ids.campaignId ?? '') : (existing[kind] ?? '')
  const path = fillPath(route.path, { id, ...ids })
  const body = withIds(route.example?.body, ids)
  return town.house.call(route.method, path, {
    headers: { 'idempotency-key': 'rights', ...headers },
    ...(body !== undefined && { body }),
  })
}

/** What a body names by an id is asked for as what an address names. */
function withIds(body: unknown, ids: Ids): unknown {
  if (typeof body !== 'object' || body === null) return body
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, ids[name] ?? value]))
}
