import { beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { aTown, type Town } from '#test/functions/town.ts'

const link = z.object({ token: z.string() })
const session = z.object({ key: z.string(), schoolId: z.string(), scope: z.string() })
let town: Town
beforeEach(async () => {
  town = await aTown()
})

const make = async (more: object = {}) => {
  const answer = await town.house.staff('POST', '/v1/ops/portal-links', { body: { schoolId: 'tall-grass', ...more } })
  return link.parse(answer.body).token
}
const open = (token: string) => town.house.call('POST', '/v1/school-sessions', { body: { token } })
const asSchool = (key: string) => town.house.call('GET', '/v1/school', { headers: { authorization: `Bearer ${key}` } })

describe('a portal link', () => {
  it('signs one school in, once', async () => {
    const token = await make()
    const { key, schoolId } = session.parse((await open(token)).body)
    expect(schoolId).toBe('tall-grass')
    expect((await asSchool(key)).body).toMatchObject({ schoolId: 'tall-grass', scope: 'manage' })
    expect(await open(token)).toMatchObject({ status: 410, body: { code: 'LINK_USED' } })
  })

  it('signs in one of many who come at once', async () => {
    const token = await make()
    const answers = await Promise.all(Array.from({ length: 8 }, () => open(token)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  })

  it('gives a key that ends after twelve hours', async () => {
    const { key } = session.parse((await open(await make())).body)
    town.house.pass(12 * 3600)
    expect((await asSchool(key)).status).toBe(401)
  })

  it('may be for reading alone', async () => {
    const { key } = session.parse((await open(await make({ scope: 'read' }))).body)
    const refused = await town.house.call('PATCH', '/v1/school/campaigns/tall-grass-tx', {
      headers: { authorization: `Bearer ${key}` },
      body: { status: 'paused' },
    })
    expect(refused.status).toBe(403)
  })

  it('tells the same of a link that is used, too old, forged, or for something else', async () => {
    const used = await make()
    await open(used)
    const old = await make({ expiresInHours: 1 })
    const match = (
      await town.house.call('POST', '/v1/matches', {
        headers: { 'x-source-key': town.sourceKey },
        body: { careerSlug: 'health-record-technician', zip: '78701', education: { highestLevel: 'ged' } },
      })
    ).body
    town.house.pass(3600)
    const forged = `${(await make()).slice(0, -4)}AAAA`
    const answers = [used, old, forged, z.object({ matchId: z.string() }).parse(match).matchId]
    expect(new Set((await Promise.all(answers.map(open))).map(({ text }) => text)).size).toBe(1)
  })

  it('is made for a school that is there', async () => {
    const refused = await town.house.staff('POST', '/v1/ops/portal-links', { body: { schoolId: 'nowhere' } })
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/schoolId' }] } })
  })

  it('does not fill the ring of keys: a hundred and one links open a hundred and one sessions', async () => {
    for (let day = 0; day < 101; day++) {
      expect((await open(await make())).status).toBe(201)
      town.house.pass(86_400)
    }
  })
})
