import { describe, expect, it } from 'vitest'
import { createInbox } from '#local/pages/create-inbox.ts'
import { createSampleSchool } from '#local/pages/create-sample-school.ts'
import { createSignatureHeaders } from '#shared/outbound/webhook/signature.ts'
import { aRequest } from '../a-request.ts'

const now = () => new Date()
const hostile = `<script>alert("1")</script><img src=x onerror='alert(2)'>`

describe('inbox page', () => {
  it('shows that the inbox is empty', () => {
    expect(createInbox(now).handle(requestPath('/inbox'))?.body).toContain('No messages yet')
  })

  it('shows the latest message first, and message text only as text', async () => {
    const { mail, handle } = createInbox(now)
    await mail(aMessage({ subject: 'first' }))
    const { messageId } = await mail(aMessage({ subject: `second ${hostile}`, text: hostile }))

    const list = handle(requestPath('/inbox'))?.body ?? ''
    expect(list.indexOf('second')).toBeLessThan(list.indexOf('first'))
    const messagePage = handle(requestPath(`/inbox/${messageId}`))?.body ?? ''
    for (const page of [list, messagePage]) expect(page).not.toMatch(/<script|<img/)
    expect(messagePage).toContain(`<iframe sandbox title="The message as HTML" src="/inbox/${messageId}/html">`)
  })

  it('serves the HTML of a message under a policy that runs no script and loads nothing', async () => {
    const { mail, handle } = createInbox(now)
    const { messageId } = await mail(aMessage({ html: hostile }))
    const part = handle(requestPath(`/inbox/${messageId}/html`))
    expect(part?.body).toBe(hostile)
    expect(part?.headers?.['content-security-policy']).toMatch(/^sandbox; default-src 'none'/)
  })

  it('keeps the last 500 messages', async () => {
    const { mail, handle } = createInbox(now)
    for (let each = 1; each <= 501; each++) await mail(aMessage({ subject: `number ${each}` }))
    const { messages } = JSON.parse(handle(requestPath('/inbox.json'))?.body ?? '')
    expect([messages.length, messages[0].subject, messages.at(-1).subject]).toEqual([500, 'number 501', 'number 2'])
  })
})

describe('sample school page', () => {
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

  it('answers 204 to a valid signature, and counts repeats', () => {
    const school = aSchool()
    expect(school.handle(aWebhook({ id: 'dlv_1' }))?.statusCode).toBe(204)
    expect(school.handle(aWebhook({ id: 'dlv_1' }))?.statusCode).toBe(204)
    expect(listDeliveries(school)).toMatchObject([
      { webhookId: 'dlv_1', schoolId: 'oak', timesSeen: 2, verified: true, body: { a: 1 } },
    ])
  })

  it('answers 401 to an invalid signature, and does not count it as a repeat', () => {
    const school = aSchool()
    school.handle(aWebhook({ id: 'dlv_1' }))
    const forged = aWebhook({ id: 'dlv_1', secrets: [`whsec_${Buffer.alloc(32, 8).toString('base64')}`] })
    expect(school.handle(forged)?.statusCode).toBe(401)
    expect(school.handle(aRequest({ method: 'POST', path: '/school/oak' }))?.statusCode).toBe(401)
    expect(listDeliveries(school)).toMatchObject([
      { verified: false },
      { verified: false },
      { webhookId: 'dlv_1', verified: true },
    ])
  })

  it('shows bodies as text, and the endpoint with its secret', () => {
    const school = aSchool()
    school.handle(aWebhook({ id: 'dlv_1', body: JSON.stringify({ name: hostile }) }))
    const page = school.handle(requestPath('/school/oak'))?.body ?? ''
    expect(page).not.toMatch(/<script|<img/)
    expect(page).toContain(secret)
    expect(school.handle(requestPath('/school/elm'))?.body).toContain('No leads yet')
  })

  function aSchool() {
    return createSampleSchool({
      getEndpoint: (schoolId) => ({ url: `http://127.0.0.1/school/${schoolId}`, secret }),
      now,
    })
  }

  function aWebhook({ id, body = '{"a":1}', secrets = [secret] }: { id: string; body?: string; secrets?: string[] }) {
    const headers = Object.entries(createSignatureHeaders({ id, timestamp: new Date(), body, secrets }))
    return aRequest({ method: 'POST', path: '/school/oak', headers, body })
  }

  function listDeliveries(school: ReturnType<typeof aSchool>) {
    return JSON.parse(school.handle(requestPath('/school.json'))?.body ?? '').deliveries
  }
})

function requestPath(path: string) {
  return aRequest({ path })
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
