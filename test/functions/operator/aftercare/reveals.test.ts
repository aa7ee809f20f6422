import { beforeEach, describe, expect, it } from 'vitest'
import { leadTimeline } from '#shared/contract/capture/leads.ts'
import {
  aLead,
  aPerson,
  createTestSystem,
  postLead,
  readLead,
  requestMatch,
  revealContact,
  submitTestLead,
  type TestSystem,
} from '#test/functions/create-test-system.ts'
import { memoryEngine } from '#test/memory-engine.ts'

let system: TestSystem
beforeEach(async () => {
  system = await createTestSystem()
})

const day = '2026-11-23'
const post = (path: string, body: object, key?: string) =>
  system.api.staff('POST', path, { body, ...(key && { headers: { authorization: `Bearer ${key}` } }) })
const createReadKey = async () => (await system.api.createApiKey({ caller: 'operator' }, 'read')).key
const splitLines = (text: string) => text.trimEnd().split('\r\n')

describe('an erasure between reading a lead and recording who views it', () => {
  const path = '/v1/ops/erasures'
  /** Erases the first lead as soon as it was read once. */
  async function createErasingSystem() {
    const hook = { afterRead: async () => {} }
    const createEngine = (now: () => Date) => {
      const engine = memoryEngine(now)
      return {
        ...engine,
        transact: async (writes: Parameters<typeof engine.transact>[0]) => {
          const isReveal = writes.some((write) => 'put' in write && write.put.sk.startsWith('REVEAL#'))
          const { afterRead } = hook
          if (isReveal) hook.afterRead = async () => {}
          if (isReveal) await afterRead()
          return engine.transact(writes)
        },
      }
    }
    const erasing = await createTestSystem({ createEngine })
    const { leadId } = await submitTestLead(erasing, 1)
    await submitTestLead(erasing, 2)
    hook.afterRead = async () => void (await erasing.api.staff('POST', path, { body: { leadId } }))
    return { erasing, leadId }
  }

  it('leaves the person out of the export', async () => {
    const { erasing } = await createErasingSystem()
    const body = { day, contacts: 'revealed', purpose: 'A test.' }
    const { status, text } = await erasing.api.staff('POST', '/v1/ops/lead-exports', { body })
    expect([status, text.includes('ada1@'), text.includes('ada2@')]).toEqual([200, false, true])
  })

  it('shows nothing', async () => {
    const { erasing, leadId } = await createErasingSystem()
    const response = await erasing.api.staff('POST', `/v1/ops/leads/${leadId}/reveals`, {
      body: { purpose: 'A call.' },
    })
    expect(response).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
  })
})

describe('contact details of a lead', () => {
  it.each([{}, { purpose: '' }, { purpose: ' ' }, { purpose: 'x'.repeat(201) }])(
    'are not shown without a purpose: %j',
    async (body) => {
      const { leadId } = await submitTestLead(system)
      const response = await system.api.staff('POST', `/v1/ops/leads/${leadId}/reveals`, { body })
      expect(response).toMatchObject({ status: 422, body: { errors: [{ pointer: '/purpose' }] } })
    },
  )

  it('are not exported without a purpose', async () => {
    const body = { day: '2026-11-23', contacts: 'revealed' }
    const response = await system.api.staff('POST', '/v1/ops/lead-exports', { body })
    expect(response).toMatchObject({ status: 422, body: { errors: [{ pointer: '/purpose' }] } })
  })

  it('stay masked in the timeline until a reveal, which is recorded with its purpose', async () => {
    const { leadId } = await submitTestLead(system, 1, {
      page: { url: 'https://careers.example/a?email=ada1@mail.example' },
    })
    const before = JSON.stringify(await readLead(system, leadId))
    const { email, phone } = aPerson(1)
    for (const secret of [email, phone, '5127891001', '198.51.100.7']) expect(before).not.toContain(secret)
    expect((await revealContact(system, leadId)).contact.email).toBe(email)
    expect(leadTimeline.parse(await readLead(system, leadId)).reveals).toMatchObject([
      { at: '2026-11-23T15:00:00.000Z', name: 'key 1', purpose: 'A test.' },
    ])
  })

  it('are not shown if the reveal cannot be recorded', async () => {
    const { leadId } = await submitTestLead(system)
    system.api.watch.beforeCommit = async () => {
      throw new Error('The table is gone.')
    }
    const answer = await post(`/v1/ops/leads/${leadId}/reveals`, { purpose: 'A test.' })
    expect(answer.status).toBe(500)
    expect(answer.text).not.toContain('ada1')
  })

  it('are refused to a read-only key', async () => {
    const { leadId } = await submitTestLead(system)
    expect((await post(`/v1/ops/leads/${leadId}/reveals`, {}, await createReadKey())).status).toBe(403)
  })

  it('are searchable by email and phone in any notation', async () => {
    const { leadId } = await submitTestLead(system, 1)
    await submitTestLead(system, 2)
    for (const body of [{ email: ' ADA1@mail.example' }, { phone: '512.789.1001' }])
      expect((await post('/v1/ops/lead-searches', body)).body).toMatchObject({ leads: [{ leadId }] })
    expect((await post('/v1/ops/lead-searches', { email: 'unknown@mail.example' })).body).toEqual({ leads: [] })
    for (const body of [{}, { email: 'a@b.example', phone: '512 789 1001' }, { email: 'ada' }])
      expect((await post('/v1/ops/lead-searches', body)).status).toBe(422)
  })
})

describe('a CSV export of leads', () => {
  it('has campaign, price and what the visitor said, and labels only if contacts are revealed', async () => {
    const said = {
      age: 31,
      military: true,
      gpa: 3.5,
      modality: 'online',
      utm: { source: 'news' },
      subIds: { sub1: 'a' },
    }
    const { leadId } = await submitTestLead(system, 1, said)
    const exportRow = async (contacts: object) => {
      const body = { day: system.api.clock.now.toISOString().slice(0, 10), ...contacts }
      const { text } = await system.api.staff('POST', '/v1/ops/lead-exports', { body })
      const [header = '', row = ''] = text.trim().split('\r\n')
      const cells = row.split(',')
      return Object.fromEntries(header.split(',').map((column, index) => [column, cells[index]]))
    }
    const answers = { modality: 'online', age: '31', military: 'true', gpa: '3.5' }
    expect(await exportRow({ contacts: 'masked' })).toMatchObject({ ...answers, utm: '', subIds: '' })
    const row = await exportRow({ contacts: 'revealed', purpose: 'A test.' })
    expect(row).toMatchObject({ ...answers, utm: 'source=news', subIds: 'sub1=a' })
    const { deliveries } = leadTimeline.parse(await readLead(system, leadId))
    expect(row.campaigns).toBe(deliveries.map(({ campaignId }) => campaignId).join('; '))
    expect(row.pricesCents).toBe(deliveries.map(({ priceCents }) => priceCents).join('; '))
    expect(deliveries.length).toBeGreaterThan(0)
  })

  it('has one masked row per lead of the day and records no reveal', async () => {
    const { leadId } = await submitTestLead(system, 1)
    await submitTestLead(system, 2)
    const { text, headers } = await post('/v1/ops/lead-exports', { day }, await createReadKey())
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(splitLines(text)).toHaveLength(3)
    expect(text).not.toContain('ada1@')
    expect(leadTimeline.parse(await readLead(system, leadId)).reveals).toEqual([])
  })

  it('shows contacts to an admin key and records a reveal for each lead', async () => {
    const { leadId } = await submitTestLead(system, 1)
    const body = { day, contacts: 'revealed', purpose: 'Monthly audit' }
    expect((await post('/v1/ops/lead-exports', body, await createReadKey())).status).toBe(403)
    expect((await post('/v1/ops/lead-exports', body)).text).toContain('ada1@mail.example,+15127891001')
    expect(leadTimeline.parse(await readLead(system, leadId)).reveals).toMatchObject([{ purpose: 'Monthly audit' }])
  })

  it('quotes names that a spreadsheet would run as a formula', async () => {
    const match = await requestMatch(system)
    for (const [number, firstName] of ['=A1+1', '+A1', '-A1', '@SUM(A1)', 'plain "quoted", name'].entries()) {
      const contact = aPerson(number + 1, { firstName })
      expect((await postLead(system, aLead(match, number + 1, { contact }))).status).toBe(201)
    }
    const { text } = await post('/v1/ops/lead-exports', { day, contacts: 'revealed', purpose: 'A test.' })
    for (const formula of ['=A1+1', '+A1', '-A1', '@SUM(A1)']) expect(text).toContain(`,'${formula},`)
    expect(text).toContain('"plain ""quoted"", name"')
  })

  it('continues page by page with one header row', async () => {
    for (let person = 1; person <= 51; person++) await submitTestLead(system, person)
    const first = await post('/v1/ops/lead-exports', { day })
    const cursor = first.headers['x-next-cursor']
    const second = await post('/v1/ops/lead-exports', { day, cursor })
    expect(second.headers['x-next-cursor']).toBeUndefined()
    const lines = [...splitLines(first.text), ...splitLines(second.text)]
    expect(lines).toHaveLength(52)
    expect(lines.filter((line) => line.startsWith('\uFEFFleadId,'))).toHaveLength(1)
  })

  it('contains only leads that match its filter', async () => {
    await submitTestLead(system, 1)
    const { text } = await post('/v1/ops/lead-exports', { day, filter: { outcome: 'unmatched' } })
    expect(splitLines(text)).toHaveLength(1)
  })
})
