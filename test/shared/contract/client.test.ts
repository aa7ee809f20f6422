import { describe, expect, expectTypeOf, it } from 'vitest'
import { readDocs, readHealth } from '#shared/contract/about.ts'
import { submitLead } from '#shared/contract/capture/capture.ts'
import { listSchools, readCareer } from '#shared/contract/catalog/catalog.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { createClient } from '#shared/contract/client.ts'

describe('the client', () => {
  it('fills the path, the query, the headers and the body', async () => {
    const { sent: requests, call } = createAnsweringClient(200, {}, 'application/json', {})
    await call(records.careers.put, {
      params: { id: 'a/b?c' },
      headers: { 'if-match': '"3"' },
      body: { title: 'Registrar', summary: 'Keeps records.', facts: [], sections: [] },
    })
    await call(listSchools, { params: { slug: 'nurse' }, query: { page: 2, state: 'TX', level: undefined } })

    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'PUT https://api.example/v1/ops/careers/a%2Fb%3Fc',
      'GET https://api.example/v1/careers/nurse/schools?page=2&state=TX',
    ])
    expect(requests[0]?.headers.get('if-match')).toBe('"3"')
    expect(requests[0]?.headers.get('content-type')).toBe('application/json')
    expect(requests[0]?.body).toBe('{"title":"Registrar","summary":"Keeps records.","facts":[],"sections":[]}')
    expect(requests[1]?.headers.has('content-type')).toBe(false)
  })

  it('takes a block of the firewall and a 429 of API Gateway for problems', async () => {
    const blocked = { type: '/docs', title: 'Blocked by the firewall', status: 403, code: 'FIREWALL_BLOCKED' }
    const firewall = createAnsweringClient(403, blocked, 'application/json')
    expect(await firewall.call(readHealth)).toMatchObject({ status: 403, problem: { code: 'FIREWALL_BLOCKED' } })
    const gateway = createAnsweringClient(429, { message: 'Too Many Requests' }, 'application/json')
    expect(await gateway.call(readHealth)).toMatchObject({ status: 429, problem: { code: 'TOO_MANY_REQUESTS' } })
  })

  it('sends the headers that it was made with on every call', async () => {
    const { sent: requests, call } = createAnsweringClient(200, { status: 'ok' })
    await call(readHealth)
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer key')
  })

  it('refuses a path with a part left empty before it asks anyone', async () => {
    const { sent: requests, call } = createAnsweringClient(200, {})
    await expect(call(readCareer, { params: { slug: '' } })).rejects.toThrow('needs a value for {slug}')
    expect(requests).toEqual([])
  })

  it('hands back the body, its text and the headers, typed by status', async () => {
    const { call } = createAnsweringClient(201, receipt)
    const response = await call(submitLead, lead)
    if (response.status !== 201) throw new Error('should be 201')
    expectTypeOf(response.body.outcome).toEqualTypeOf<'accepted' | 'unmatched' | 'duplicate'>()
    expect(response.body.leadId).toBe(receipt.leadId)
    expect(response.text).toBe(JSON.stringify(receipt))
    expect(response.headers.get('content-type')).toBe('application/json')
  })

  it('is not given what a route does not take, nor spared what it needs', () => {
    const { call } = createAnsweringClient(200, {})
    // @ts-expect-error The slug is missing.
    const withoutParams = () => call(readCareer, {})
    // @ts-expect-error A career takes no body.
    const withBody = () => call(readCareer, { params: { slug: 'nurse' }, body: {} })
    // @ts-expect-error There is no such education.
    const wrongEducation = () => call(submitLead, { body: { ...lead.body, education: { highestLevel: 'clever' } } })
    expect([withoutParams, withBody, wrongEducation]).toHaveLength(3)
  })

  it('hands back a problem as an answer', async () => {
    const problemBody = {
      type: '/docs#problem-NOT_FOUND',
      title: 'Not found',
      status: 404,
      code: 'NOT_FOUND',
    }
    const { call } = createAnsweringClient(404, problemBody, 'application/problem+json')
    const response = await call(readCareer, { params: { slug: 'nobody' } })
    expect(response.status).toBe(404)
    expect(response.problem).toEqual(problemBody)
  })

  it('reads an answer without a body, and one that is not JSON', async () => {
    const deletion = await createAnsweringClient(204).call(records.schools.delete, { params: { id: 'one' } })
    expect(deletion.body).toBeUndefined()
    const page = await createAnsweringClient(200, '<p>Hello</p>', 'text/html; charset=utf-8').call(readDocs)
    expect(page.body).toBe('<p>Hello</p>')
  })

  it('throws at a status that the route does not promise', async () => {
    const { call } = createAnsweringClient(502, '<h1>Bad gateway</h1>', 'text/html')
    await expect(call(readHealth)).rejects.toThrow(
      'GET /health answered 502: that status is not in the contract: <h1>Bad gateway</h1>',
    )
  })
})

describe('the client that checks answers', () => {
  it('takes the answer that the contract promises', async () => {
    await expect(createAnsweringClient(201, receipt).call(submitLead, lead)).resolves.toHaveProperty('status', 201)
  })

  it.each([
    ['a wrong field', { ...receipt, outcome: 'perhaps' }, 'outcome'],
    ['a field that is missing', { ...receipt, leadId: undefined }, 'leadId'],
    [
      'a field that the contract does not know',
      { ...receipt, email: 'ada@mail.example' },
      '/email is not in the contract',
    ],
    [
      'such a field within a list',
      { ...receipt, schools: receipt.schools.map((school) => ({ ...school, price: 4500 })) },
      '/schools/0/price is not in the contract',
    ],
  ])('throws at %s and names it', async (_, body, message) => {
    await expect(createAnsweringClient(201, body).call(submitLead, lead)).rejects.toThrow(message)
  })

  it('throws at a default that the answer leaves to its reader', async () => {
    const body = { id: 'one', version: 1, updatedAt: '2026-11-23T15:04:05.000Z', name: 'One', timeZone: 'UTC' }
    const { call } = createAnsweringClient(200, { ...body, titleIv: true })
    await expect(call(records.schools.get, { params: { id: 'one' } })).rejects.toThrow('/status was left out')
  })

  it('throws at a problem that the contract does not list for the route', async () => {
    const problemBody = { type: '/docs#problem-STILL_NEEDED', title: 'Still needed', status: 409, code: 'STILL_NEEDED' }
    const { call } = createAnsweringClient(409, problemBody, 'application/problem+json')
    await expect(call(readCareer, { params: { slug: 'nurse' } })).rejects.toThrow(
      'does not list the problem STILL_NEEDED',
    )
  })

  it('lets the server have its way where no check is asked for', async () => {
    const { call } = createAnsweringClient(201, { ...receipt, more: true }, 'application/json', {})
    await expect(call(submitLead, lead)).resolves.toHaveProperty('body.more', true)
  })
})

const receipt = {
  leadId: 'lead_4fJ0q2mXbW7cT1nZ8yKd5A',
  outcome: 'accepted',
  schools: [{ schoolId: 'tall-grass', name: 'Tall Grass College', deliveryId: 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A' }],
  receivedAt: '2026-11-23T15:04:05.000Z',
}

const lead = {
  headers: { 'idempotency-key': 'one' },
  body: {
    matchId: 'match',
    contact: { firstName: 'Ada', lastName: 'Example', email: 'a@mail.example', phone: '(512) 789-1111', zip: '78701' },
    education: { highestLevel: 'associate' as const },
    consent: { granted: true as const, sha256: '0'.repeat(64) },
    page: { url: 'https://careers.example/' },
  },
}

function createAnsweringClient(
  status: number,
  body?: object | string,
  contentType = 'application/json',
  options: { check?: 'answers' } = { check: 'answers' },
) {
  const requests: { url: string; method: string | undefined; headers: Headers; body: unknown }[] = []
  const call = createClient({
    baseUrl: 'https://api.example/',
    headers: { authorization: 'Bearer key' },
    async fetch(url, { method, headers, body: requestBody } = {}) {
      requests.push({ url: String(url), method, headers: new Headers(headers), body: requestBody })
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
      return new Response(text ?? null, { status, headers: text === undefined ? {} : { 'content-type': contentType } })
    },
    ...options,
  })
  return { sent: requests, call }
}
