import { beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { createTestSystem, type TestSystem } from '#test/functions/create-test-system.ts'

const link = z.object({ token: z.string() })
const session = z.object({ key: z.string(), schoolId: z.string(), scope: z.string() })
let system: TestSystem
beforeEach(async () => {
  system = await createTestSystem()
})

const createLink = async (more: object = {}) => {
  const answer = await system.api.staff('POST', '/v1/ops/portal-links', { body: { schoolId: 'tall-grass', ...more } })
  return link.parse(answer.body).token
}
const openSession = (token: string) => system.api.call('POST', '/v1/school-sessions', { body: { token } })
const readCode = ({ body }: { body: unknown }) => z.object({ code: z.string() }).parse(body).code
const asSchool = (key: string) => system.api.call('GET', '/v1/school', { headers: { authorization: `Bearer ${key}` } })

describe('a portal link', () => {
  it('signs its school in once', async () => {
    const token = await createLink()
    const { key, schoolId } = session.parse((await openSession(token)).body)
    expect(schoolId).toBe('tall-grass')
    expect((await asSchool(key)).body).toMatchObject({ schoolId: 'tall-grass', scope: 'manage' })
    expect(await openSession(token)).toMatchObject({ status: 410, body: { code: 'LINK_USED' } })
  })

  it('signs in one of many concurrent requests', async () => {
    const token = await createLink()
    const answers = await Promise.all(Array.from({ length: 8 }, () => openSession(token)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  })

  it('returns a key that expires after 12 hours', async () => {
    const { key } = session.parse((await openSession(await createLink())).body)
    system.api.advanceClock(12 * 3600)
    expect((await asSchool(key)).status).toBe(401)
  })

  it('can be read-only', async () => {
    const { key } = session.parse((await openSession(await createLink({ scope: 'read' }))).body)
    const refused = await system.api.call('PATCH', '/v1/school/campaigns/tall-grass-tx', {
      headers: { authorization: `Bearer ${key}` },
      body: { status: 'paused' },
    })
    expect(refused.status).toBe(403)
  })

  it('says whether it was used, has expired, or is none, and tells a forged link from no foreign one', async () => {
    const usedToken = await createLink()
    await openSession(usedToken)
    const oldToken = await createLink({ expiresInHours: 1 })
    const match = (
      await system.api.call('POST', '/v1/matches', {
        headers: { 'x-source-key': system.sourceKey },
        body: { careerSlug: 'health-record-technician', zip: '78701', education: { highestLevel: 'ged' } },
      })
    ).body
    system.api.advanceClock(3600)
    const forgedToken = `${(await createLink()).slice(0, -4)}AAAA`
    const tokens = [usedToken, oldToken, forgedToken, z.object({ matchId: z.string() }).parse(match).matchId]
    const refusals = await Promise.all(tokens.map(openSession))
    expect(refusals.map(readCode)).toEqual(['LINK_USED', 'LINK_EXPIRED', 'LINK_UNKNOWN', 'LINK_UNKNOWN'])
    expect(refusals[2]?.text).toBe(refusals[3]?.text)
  })

  it('is refused for an unknown school', async () => {
    const refused = await system.api.staff('POST', '/v1/ops/portal-links', { body: { schoolId: 'nowhere' } })
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/schoolId' }] } })
  })

  it('does not fill the key ring: 101 links open 101 sessions', async () => {
    for (let day = 0; day < 101; day++) {
      expect((await openSession(await createLink())).status).toBe(201)
      system.api.advanceClock(86_400)
    }
  })
})
