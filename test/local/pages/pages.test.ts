import { describe, expect, it } from 'vitest'
import { inbox } from '#local/pages/inbox.ts'
import { sampleSchool } from '#local/pages/sample-school.ts'
import { signatures } from '#shared/outbound/webhook/signature.ts'
import { received } from '../received.ts'

const now = () => new Date()
const hostile = `<script>alert("1")</script><img src=x onerror='alert(2)'>`

describe('the inbox', () => {
  it('says so when it is empty', () => {
    expect(inbox(now).answer(at('/inbox'))?.body).toContain('No message yet')
  })

  it('shows the latest first, and everything that came as text only', async () => {
    const { mail, answer } = inbox(now)
    await mail(aMessage({ subject: 'first' }))
    const { messageId } = await mail(aMessage({ subject: `second ${hostile}`, text: hostile }))

    const list = answer(at('/inbox'))?.body ?? ''
    expect(list.indexOf('second')).toBeLessThan(list.indexOf('first'))
    const one = answer(at(`/inbox/${messageId}`))?.body ?? ''
    for (const page of [list, one]) expect(page).not.toMatch(/<script|<img/)
    expect(one).toContain(`<iframe sandbox title="The message as HTML" src="/inbox/${messageId}/html">`)
  })

  it('shows the HTML of a message as it is, but lets it run and load nothing', async () => {
    const { mail, answer } = inbox(now)
    const { messageId } = await mail(aMessage({ html: hostile }))
    const part = answer(at(`/inbox/${messageId}/html`))
    expect(part?.body).toBe(hostile)
    expect(part?.headers?.['content-security-policy']).toMatch(/^sandbox; default-src 'none'/)
  })

  it('keeps the last 500', async () => {
    const { mail, answer } = inbox(now)
    for (let each = 1; each <= 501; each++) await mail(aMessage({ subject: `number ${each}` }))
    const { messages } = JSON.parse(answer(at('/inbox.json'))?.body ?? '')
    expect([messages.length, messages[0].subject, messages.at(-1).subject]).toEqual([500, 'number 501', 'number 2'])
  })
})

describe('the sample school', () => {
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

  it('answers 204 to what is signed with its secret, and counts repeats', () => {
    const school = aSchool()
    expect(school.answer(aWebhook({ id: 'dlv_1' }))?.statusCode).toBe(204)
    expect(school.answer(aWebhook({ id: 'dlv_1' }))?.statusCode).toBe(204)
    expect(seen(school)).toMatchObject([
      { webhookId: 'dlv_1', schoolId: 'oak', timesSeen: 2, verified: true, body: { a: 1 } },
    ])
  })

  it('answers 401 to what is not, and never takes it for the real one', () => {
    const school = aSchool()
    school.answer(aWebhook({ id: 'dlv_1' }))
    const forged = aWebhook({ id: 'dlv_1', secrets: [`whsec_${Buffer.alloc(32, 8).toString('base64')}`] })
    expect(school.answer(forged)?.statusCode).toBe(401)
    expect(school.answer(received({ method: 'POST', path: '/school/oak' }))?.statusCode).toBe(401)
    expect(seen(school)).toMatchObject([
      { verified: false },
      { verified: false },
      { webhookId: 'dlv_1', verified: true },
    ])
  })

  it('shows what came as text only, and where a campaign may send more', () => {
    const school = aSchool()
    school.answer(aWebhook({ id: 'dlv_1', body: JSON.stringify({ name: hostile }) }))
    const page = school.answer(at('/school/oak'))?.body ?? ''
    expect(page).not.toMatch(/<script|<img/)
    expect(page).toContain(secret)
    expect(school.answer(at('/school/elm'))?.body).toContain('No lead yet')
  })

  function aSchool() {
    return sampleSchool({ endpointOf: (schoolId) => ({ url: `http://127.0.0.1/school/${schoolId}`, secret }), now })
  }

  function aWebhook({ id, body = '{"a":1}', secrets = [secret] }: { id: string; body?: string; secrets?: string[] }) {
    const headers = Object.entries(signatures({ id, timestamp: new Date(), body, secrets }))
    return received({ method: 'POST', path: '/school/oak', headers, body })
  }

  function seen(school: ReturnType<typeof aSchool>) {
    return JSON.parse(school.answer(at('/school.json'))?.body ?? '').deliveries
  }
})

function at(path: string) {
  return received({ path })
}

function aMessage(more: { subject?: string; html?: string; text?: string }) {
  return {
    to: 'admissions@oak.example',
    subject: 'A lead',
    html: '<p>A lead</p>',
    text: 'A lead',
    headers: {},
    tags: { deliveryId: 'dlv_1' },
    ...more,
  }
}
