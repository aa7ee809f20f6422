import { describe, expect, it } from 'vitest'
import { createPortalLink } from '#shared/contract/access/portal-links.ts'
import { appHeader } from '#shared/contract/access/session-carriers.ts'
import { listSessions } from '#shared/contract/access/sessions.ts'
import { readErasure } from '#shared/contract/aftercare/erasures.ts'
import { addSuppression } from '#shared/contract/aftercare/suppressions.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { readDeliveryLog } from '#shared/contract/delivery/school-leads.ts'
import { fillPath } from '#shared/contract/fill-path.ts'
import type { Route } from '#shared/contract/route.ts'
import { routes } from '#shared/contract/routes.ts'
import { replayJob } from '#shared/domain/delivery/replay-job.ts'
import {
  aLead,
  career,
  createTestSystem,
  parseKey,
  requestMatch,
  submitTestLead,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { aForm } from '#test/functions/inbound/inbound-fixture.ts'
import { addEntry } from '#test/functions/ledger/accounts.ts'
import { createPerson } from '#test/functions/operator/access/people/create-people-system.ts'
import { type CallerName, createActors } from './actors.ts'
import { expectations, isAdmitted } from './expectations.ts'

const all: readonly Route[] = Object.values(routes).flat()

it('has one row of expected rights for each operation', () => {
  expect(Object.keys(expectations).toSorted()).toEqual(all.map(({ name }) => name).toSorted())
})

it.each(all.map((route) => [route.name, route] as const))(
  '%s serves its callers, shows each only their own data, and tells nobody else what exists',
  async (_, route) => checkRights(route, await createSystemWithLeads()),
)

describe('the rights test detects', () => {
  const runWithBrokenApi = async (route: Route, call: (api: TestSystem['api']) => TestSystem['api']['call']) => {
    const { system, objects } = await createSystemWithLeads()
    const api = { ...system.api, call: call(system.api) }
    return checkRights(route, { system: { ...system, api }, objects })
  }

  it('detects: a school that can read as another school', async () => {
    const asA =
      (api: TestSystem['api']) =>
      async (...[method, target, options]: Parameters<TestSystem['api']['call']>) => {
        const response = await api.call(method, target, options)
        if (response.status !== 404) return response
        return api.call(method, target, {
          headers: { authorization: `Bearer ${await api.schoolKey('tall-grass')}` },
        })
      }
    await expect(runWithBrokenApi(readDeliveryLog, asA)).rejects.toThrow()
  })

  it('detects: a read-only key that can write', async () => {
    const asStaff =
      (api: TestSystem['api']) =>
      async (...[method, target, options]: Parameters<TestSystem['api']['call']>) => {
        const response = await api.call(method, target, options)
        return response.status === 403 ? api.staff(method, target, { body: options?.body }) : response
      }
    await expect(runWithBrokenApi(records.schools.put, asStaff)).rejects.toThrow()
  })

  it('detects: a refusal that shows whether the record exists', async () => {
    const leakExistence =
      (api: TestSystem['api']) =>
      async (...[method, target, options]: Parameters<TestSystem['api']['call']>) => {
        const response = await api.call(method, target, options)
        return response.status === 401
          ? { ...response, text: `${response.text} ${target.includes('nothing')}` }
          : response
      }
    await expect(runWithBrokenApi(records.schools.get, leakExistence)).rejects.toThrow()
  })
})

async function checkRights(route: Route, { system, objects }: Awaited<ReturnType<typeof createSystemWithLeads>>) {
  const audience = expectations[route.name]
  if (!audience) throw new Error(`Nothing is expected of ${route.name}.`)
  for (const { actor, headers } of await createActors(system)) {
    const ask = async (target: Target) => call(system, route, headers, await objects(target, actor))
    const [own, other, missing] = [await ask('own'), await ask('other'), await ask('missing')]
    const isExpected = isAdmitted(actor, audience)
    expect({ actor, isAdmitted: ![401, 403].includes(own.status) }).toEqual({ actor, isAdmitted: isExpected })
    // A refused caller learns nothing: the record of another looks like one that never existed.
    if (!isExpected) expect([actor, own, other]).toEqual([actor, missing, missing])
    if (audience.startsWith('schools')) {
      expect([actor, other]).toEqual([actor, missing])
      expect(own.text).not.toContain((await objects('other', actor)).deliveryId)
    }
    // A lead of another source looks like one that never existed.
    if (audience === 'servers of sources') expect([actor, other]).toEqual([actor, missing])
    // No provider is set in this system, so signing in at it does not exist.
    const statuses = [200, 201, 202, 204, 409, 410, 422, 428, ...(route.name.endsWith('ProviderSignIn') ? [404] : [])]
    if (isExpected) expect(statuses).toContain(own.status)
  }
}

describe('the stored response of a source', () => {
  it('is not returned to another source that sends the same key and body', async () => {
    const { system } = await createSystemWithLeads()
    const other = await system.api.staff('PUT', '/v1/ops/sources/other', { body: { name: 'Other', mode: 'live' } })
    const key = JSON.parse(other.text).key
    const body = aLead(await requestMatch(system), 7)
    const send = (sourceKey: string) =>
      system.api.call('POST', '/v1/leads', { headers: { 'x-source-key': sourceKey, 'idempotency-key': 'same' }, body })
    const first = await send(system.sourceKey)
    const second = await send(key)
    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.headers['idempotency-replayed']).toBeUndefined()
    expect(JSON.parse(second.text).leadId).not.toBe(JSON.parse(first.text).leadId)
  })
})

type Target = 'own' | 'other' | 'missing'
type Ids = { [parameter: string]: string; deliveryId: string }

/** A lead that both schools have, and ids for whatever an address may name. What is one school's is another's to the other. */
async function createSystemWithLeads() {
  const system = await createTestSystem()
  await system.api.reconcile()
  const { leadId, schools } = await submitTestLead(system)
  const otherSource = await system.api.staff('PUT', '/v1/ops/sources/other-page', {
    body: { name: 'Other', mode: 'live' },
  })
  const otherLead = await submitTestLead({ ...system, sourceKey: parseKey(otherSource.body) }, 2)
  const [schoolADelivery = '', schoolBDelivery = ''] = schools.map(({ deliveryId }) => deliveryId)
  for (const account of ['schools/tall-grass', 'schools/bay-shore', 'sources/landing'])
    await addEntry(system, account, { kind: 'payment', amountCents: 100 }, 'rights')
  const { keyId } = await system.api.createApiKey({ caller: 'operator' }, 'read')
  const replay = await system.api.staff('POST', '/v1/ops/replays', { body: { filter: {}, dryRun: false } })
  const { replayId } = replayJob.parse(replay.body)
  const erasure = await system.api.staff('POST', '/v1/ops/erasures', { body: { email: 'nobody@mail.example' } })
  const { erasureId } = readErasure.responses[200].body.parse(erasure.body)
  const added = await system.api.staff('POST', '/v1/ops/suppressions', {
    body: { email: 'nobody@mail.example', reason: 'A test.' },
  })
  const { suppressionId, withdrawalId = '' } = addSuppression.responses[201].body.parse(added.body)
  const link = await system.api.staff('POST', '/v1/ops/portal-links', { body: { schoolId: 'tall-grass' } })
  const { linkId, token } = createPortalLink.responses[201].body.parse(link.body)
  await system.api.call('POST', '/v1/school-sessions', { body: { token } })
  const sessionList = await system.api.staff('GET', '/v1/ops/sessions')
  const { sessionId = '' } = listSessions.responses[200].body.parse(sessionList.body).sessions[0] ?? {}
  const people = {
    A: (await createPerson(system.api)).person.personId,
    B: (await createPerson(system.api, 'officer', { holder: { caller: 'school', schoolId: 'bay-shore' } })).person
      .personId,
  }
  await system.api.staff('PUT', '/v1/ops/sources/forms', {
    body: { ...{ name: 'Lead forms', mode: 'live', inboundKey }, inbound: { vendor: 'google', forms: [aForm()] } },
  })
  const inboundId = `inb_${'8'.repeat(22)}`
  await system.api.createDependencies('capture').rejectedInbound.record({
    ...{ inboundId, sourceId: 'forms', vendor: 'google', vendorLeadId: 'lead-1', formId: '1', test: false },
    ...{ at: '2026-11-23T15:00:00.000Z', code: 'FORM_UNKNOWN', errors: [] },
  })
  const { signLink } = system.api.createDependencies('operator').digests
  const objects = async (target: Target, actor: CallerName): Promise<Ids> => {
    const isB = actor === 'school B'
    const deliveryId = (target === 'own') === isB ? schoolBDelivery : schoolADelivery
    const campaignId = (target === 'own') === isB ? 'bay-shore-tx' : 'tall-grass-tx'
    if (target !== 'missing')
      return {
        slug: career,
        programId: 'tall-grass-hit',
        leadId: target === 'other' && actor === 'a server key' ? otherLead.leadId : leadId,
        deliveryId,
        campaignId,
        keyId,
        linkId,
        sessionId,
        personId: (target === 'own') === isB ? people.B : people.A,
        replayId,
        erasureId,
        suppressionId,
        withdrawalId,
        dispositionId: `dsp_${'9'.repeat(22)}`,
        token: `${leadId}.${signLink(leadId)}`,
        report: 'daily',
        accountKind: 'schools',
        accountId: 'tall-grass',
        // The statements of another are at no address of one's own.
        sourceId: 'forms',
        inboundId,
        month: target === 'other' && !actor.startsWith('staff') ? '2020-01' : '2026-11',
        day: '2026-11-23',
      }
    const unusedId = '9'.repeat(22)
    return {
      slug: 'nothing-there',
      programId: 'nothing-there',
      id: 'nothing-there',
      campaignId: 'nothing-there',
      leadId: `lead_${unusedId}`,
      deliveryId: `dlv_${unusedId}`,
      keyId: `key_${unusedId}`,
      linkId: `lnk_${unusedId}`,
      sessionId: `key_${unusedId}`,
      personId: `psn_${unusedId}`,
      replayId: `rpl_${unusedId}`,
      erasureId: `ers_${unusedId}`,
      suppressionId: `sup_${unusedId}`,
      withdrawalId: `wdr_${unusedId}`,
      dispositionId: `dsp_${unusedId}`,
      token: `lead_${unusedId}.${'9'.repeat(43)}`,
      report: 'daily',
      accountKind: 'schools',
      accountId: 'nothing-there',
      sourceId: 'nothing-there',
      inboundId: `inb_${unusedId}`,
      month: '2020-01',
      day: '2026-11-23',
    }
  }
  return { system, objects }
}

const existingIds: { [kind: string]: string } = {
  careers: career,
  schools: 'tall-grass',
  programs: 'tall-grass-hit',
  campaigns: 'tall-grass-tx',
  sources: 'landing',
}

/** As the example of the contract has it. */
const inboundKey = 'a-key-of-your-own-choice'
let signInCount = 0

async function call(system: TestSystem, route: Route, headers: { [name: string]: string }, ids: Ids) {
  const kind = route.path.split('/')[3] ?? ''
  const id = route.caller === 'school' ? (ids.campaignId ?? '') : (existingIds[kind] ?? '')
  const path = fillPath(route.path, { id, section: 'capture', ...ids })
  const body = withIds(route.example?.body, ids)
  // What only console and portal send, from an address of its own, because signing in and wrong signatures are limited.
  const signInCall = /^\/v1\/(?:(?:provider-)?sign-in|inbound)/.test(route.path)
    ? {
        headers: { [appHeader]: 'portal' },
        ip: `192.0.2.${signInCount++ % 250}`,
      }
    : undefined
  return system.api.call(route.method, path, {
    ...(signInCall && { ip: signInCall.ip }),
    headers: { 'idempotency-key': 'rights', ...signInCall?.headers, ...headers },
    ...(body !== undefined && { body }),
  })
}

/** What a body names by an id is asked for as what an address names. */
function withIds(body: unknown, ids: Ids): unknown {
  if (typeof body !== 'object' || body === null) return body
  // No email of a sign-in is asked for twice: they are limited.
  if ('app' in body) return { ...body, email: `person-${signInCount}@mail.example` }
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, ids[name] ?? value]))
}
