import { beforeEach, describe, expect, it } from 'vitest'
import { leadStory } from '#shared/contract/operator.ts'
import { aLead, aPerson, ask, aTown, enquire, revealed, send, storyOf, type Town } from '#test/functions/town.ts'

let town: Town
beforeEach(async () => {
  town = await aTown()
})

const day = '2026-11-23'
const post = (path: string, body: object, key?: string) =>
  town.house.staff('POST', path, { body, ...(key && { headers: { authorization: `Bearer ${key}` } }) })
const reader = async () => (await town.house.keyFor({ caller: 'operator' }, 'read')).key
const linesOf = (text: string) => text.trimEnd().split('\r\n')

describe('whose lead it is', () => {
  it('stands nowhere in the story until somebody asks, who is noted with the reason', async () => {
    const { leadId } = await enquire(town, 1, { page: { url: 'https://careers.example/a?email=ada1@mail.example' } })
    const before = JSON.stringify(await storyOf(town, leadId))
    const { email, phone } = aPerson(1)
    for (const secret of [email, phone, '5127891001', '198.51.100.7']) expect(before).not.toContain(secret)
    expect((await revealed(town, leadId)).contact.email).toBe(email)
    expect(leadStory.parse(await storyOf(town, leadId)).reveals).toMatchObject([
      { at: '2026-11-23T15:00:00.000Z', name: 'key 1', purpose: 'A test.' },
    ])
  })

  it('is not shown where it could not be noted who looked', async () => {
    const { leadId } = await enquire(town)
    town.house.watch.beforeCommit = async () => {
      throw new Error('The table is gone.')
    }
    const answer = await post(`/v1/ops/leads/${leadId}/reveals`, {})
    expect(answer.status).toBe(500)
    expect(answer.text).not.toContain('ada1')
  })

  it('is not for a key that may only read', async () => {
    const { leadId } = await enquire(town)
    expect((await post(`/v1/ops/leads/${leadId}/reveals`, {}, await reader())).status).toBe(403)
  })

  it('is found by e-mail and by phone, in any spelling', async () => {
    const { leadId } = await enquire(town, 1)
    await enquire(town, 2)
    for (const body of [{ email: ' ADA1@mail.example' }, { phone: '512.789.1001' }])
      expect((await post('/v1/ops/lead-searches', body)).body).toMatchObject({ leads: [{ leadId }] })
    expect((await post('/v1/ops/lead-searches', { email: 'nobody@mail.example' })).body).toEqual({ leads: [] })
    for (const body of [{}, { email: 'a@b.example', phone: '512 789 1001' }, { email: 'ada' }])
      expect((await post('/v1/ops/lead-searches', body)).status).toBe(422)
  })
})

describe('an export', () => {
  it('has a line for each lead of the day, masked, and tells nobody that anybody looked', async () => {
    const { leadId } = await enquire(town, 1)
    await enquire(town, 2)
    const { text, headers } = await post('/v1/ops/lead-exports', { day }, await reader())
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(linesOf(text)).toHaveLength(3)
    expect(text).not.toContain('ada1@')
    expect(leadStory.parse(await storyOf(town, leadId)).reveals).toEqual([])
  })

  it('shows contacts to whoever may write, and notes it with each lead', async () => {
    const { leadId } = await enquire(town, 1)
    const body = { day, contacts: 'revealed', purpose: 'Monthly audit' }
    expect((await post('/v1/ops/lead-exports', body, await reader())).status).toBe(403)
    expect((await post('/v1/ops/lead-exports', body)).text).toContain('ada1@mail.example,15127891001')
    expect(leadStory.parse(await storyOf(town, leadId)).reveals).toMatchObject([{ purpose: 'Monthly audit' }])
  })

  it('lets no spreadsheet take a name for a formula', async () => {
    const match = await ask(town)
    for (const [number, firstName] of ['=1+1', '+1', '-1', '@SUM(A1)', 'plain "quoted", name'].entries()) {
      const contact = aPerson(number + 1, { firstName })
      expect((await send(town, aLead(match, number + 1, { contact }))).status).toBe(201)
    }
    const { text } = await post('/v1/ops/lead-exports', { day, contacts: 'revealed' })
    for (const formula of ['=1+1', '+1', '-1', '@SUM(A1)']) expect(text).toContain(`,'${formula},`)
    expect(text).toContain('"plain ""quoted"", name"')
  })

  it('goes on page after page, and names its columns once', async () => {
    for (let person = 1; person <= 51; person++) await enquire(town, person)
    const first = await post('/v1/ops/lead-exports', { day })
    const cursor = first.headers['x-next-cursor']
    const second = await post('/v1/ops/lead-exports', { day, cursor })
    expect(second.headers['x-next-cursor']).toBeUndefined()
    const lines = [...linesOf(first.text), ...linesOf(second.text)]
    expect(lines).toHaveLength(52)
    expect(lines.filter((line) => line.startsWith('leadId,'))).toHaveLength(1)
  })

  it('holds only what its filter asks for', async () => {
    await enquire(town, 1)
    const { text } = await post('/v1/ops/lead-exports', { day, filter: { outcome: 'unmatched' } })
    expect(linesOf(text)).toHaveLength(1)
  })
})
