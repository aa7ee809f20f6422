import { beforeAll, describe, expect, it } from 'vitest'
import {
  aCampaign,
  aCareer,
  aProgram,
  bayShoreCampaign,
  career,
  createTestSystem,
  type TestSystem,
} from '#test/functions/create-test-system.ts'

let system: TestSystem
const put = (path: string, body: unknown) => system.api.staff('PUT', `/v1/ops/${path}`, { body })
beforeAll(async () => {
  system = await createTestSystem()
})

describe('a record', () => {
  it.each([
    ['programs', aProgram({ schoolId: 'nobody' }), '/schoolId', 'unknown_record'],
    ['programs', aProgram({ careerSlugs: [career, 'nothing'] }), '/careerSlugs/1', 'unknown_record'],
    ['campaigns', aCampaign({ schoolId: 'nobody', programIds: ['nothing'] }), '/schoolId', 'unknown_record'],
    ['campaigns', aCampaign({ programIds: ['tall-grass-hit', 'nothing'] }), '/programIds/1', 'unknown_record'],
    ['campaigns', aCampaign({ programIds: ['bay-shore-hit'] }), '/programIds/0', 'not_of_school'],
  ])('in %s must refer to existing records: %j', async (kind, body, pointer, code) => {
    const answer = await put(`${kind}/one`, body)
    expect([answer.status, answer.body]).toMatchObject([
      422,
      { errors: expect.arrayContaining([expect.objectContaining({ pointer, code })]) },
    ])
    expect((await system.api.staff('GET', `/v1/ops/${kind}/one`)).status).toBe(404)
  })

  it.each([`careers/${career}`, 'schools/tall-grass', 'programs/tall-grass-hit'])(
    'such as %s is not deleted while another refers to it',
    async (path) => {
      const answer = await system.api.staff('DELETE', `/v1/ops/${path}`)
      expect([answer.status, answer.body]).toMatchObject([409, { code: 'STILL_NEEDED' }])
      expect((await system.api.staff('GET', `/v1/ops/${path}`)).status).toBe(200)
    },
  )

  it('is deleted once no other record refers to it', async () => {
    const { api } = await createTestSystem()
    for (const path of ['campaigns/tall-grass-tx', 'programs/tall-grass-hit', 'schools/tall-grass'])
      expect((await api.staff('DELETE', `/v1/ops/${path}`)).status).toBe(204)
    expect((await api.call('GET', '/v1/programs/tall-grass-hit')).status).toBe(404)
  })

  it('takes the answers to a question that the other programs of its career take', async () => {
    const { api } = await createTestSystem()
    const asNumber = { id: 'gpa', kind: 'number', label: 'Grade point average?' }
    const asText = { id: 'gpa', kind: 'text', label: 'Tell us about your grades.' }
    const putQuestion = (id: string, question: object, fields: object = {}) =>
      api.staff('PUT', `/v1/ops/programs/${id}`, {
        headers: { 'if-match': '*' },
        body: aProgram({ questions: [question], ...fields }),
      })
    const ofBayShore = { schoolId: 'bay-shore' }
    expect((await putQuestion('tall-grass-hit', asNumber)).status).toBe(200)
    const refused = await putQuestion('bay-shore-hit', asText, ofBayShore)
    expect([refused.status, refused.body]).toMatchObject([
      422,
      {
        errors: [
          { pointer: '/questions/0/id', code: 'other_answers', detail: expect.stringContaining('tall-grass-hit') },
        ],
      },
    ])
    expect((await putQuestion('bay-shore-hit', asNumber, ofBayShore)).status).toBe(200)
    expect((await putQuestion('bay-shore-hit', { ...asText, id: 'grades' }, ofBayShore)).status).toBe(200)
    // The last program that asks it may change its kind.
    expect((await putQuestion('tall-grass-hit', asText)).status).toBe(200)
  })

  it.each([
    [
      { kind: 'choice', options: toOptions('day', 'night') },
      { kind: 'choice', options: toOptions('day', 'weekend') },
    ],
    [
      { kind: 'choice', options: toOptions('day', 'night') },
      { kind: 'multi-choice', options: toOptions('day', 'night') },
    ],
    [
      { kind: 'number', max: 4 },
      { kind: 'number', max: 5 },
    ],
  ])('refuses %j beside %j, because one answer could not suit both', async (one, other) => {
    const { api } = await createTestSystem()
    const put = (id: string, schoolId: string, question: object) =>
      api.staff('PUT', `/v1/ops/programs/${id}`, {
        headers: { 'if-match': '*' },
        body: aProgram({ schoolId, questions: [{ id: 'asked', label: 'Which?', ...question }] }),
      })
    expect((await put('tall-grass-hit', 'tall-grass', one)).status).toBe(200)
    expect((await put('bay-shore-hit', 'bay-shore', other)).body).toMatchObject({ errors: [{ code: 'other_answers' }] })
    const reordered = 'options' in one ? { ...one, options: one.options.toReversed() } : one
    expect((await put('bay-shore-hit', 'bay-shore', reordered)).status).toBe(200)
  })

  it('may refer to a related career that does not exist yet', async () => {
    expect((await put('careers/first', aCareer({ relatedCareers: [{ slug: 'later', reason: 'Near.' }] }))).status).toBe(
      201,
    )
  })
})

describe('a rule', () => {
  const test = { field: 'state', op: 'equals', value: 'TX' }
  const unfinished = { field: 'state', op: 'equals' }
  const bad = { field: 'nothing', op: 'equals', value: 'x' }

  it.each([
    [{ ...test, field: 'nothing' }, ['/rules/field']],
    [{ ...test, op: 'prefix' }, ['/rules/op']],
    [{ ...test, value: 'Texas' }, ['/rules/value']],
    [{ field: 'state', op: 'equals' }, ['/rules/value']],
    [{ all: [test, bad] }, ['/rules/all/1/field']],
    [{ any: [bad, bad] }, ['/rules/any/0/field', '/rules/any/1/field']],
    [
      { not: { any: [test, { all: [bad, test, bad] }] } },
      ['/rules/not/any/1/all/0/field', '/rules/not/any/1/all/2/field'],
    ],
    [{ any: [] }, ['/rules/any']],
    [{ any: [unfinished, unfinished, unfinished] }, [0, 1, 2].map((at) => `/rules/any/${at}/value`)],
    [{ not: unfinished }, ['/rules/not/value']],
    [{ ...test, reason: 'lower' }, ['/rules/reason']],
    [{ all: [test], extra: 1 }, ['/rules/extra']],
  ])('is rejected with pointers: %j', async (rules, pointers) => {
    const { status, body } = await put('campaigns/ruled', aCampaign({ rules }))
    expect([status, body]).toMatchObject([422, { errors: pointers.map((pointer) => ({ pointer })) }])
  })
})

describe('an endpoint', () => {
  it.each([
    'http://leads.tall-grass.example/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://2130706433/',
    'https://169.254.169.254/latest/meta-data/',
    'https://10.0.0.1/',
    'https://localhost/',
    'https://intranet/',
    'https://metadata.google.internal/',
    'https://leads.tall-grass.example:8080/',
    'https://user:word@leads.tall-grass.example/',
  ])('is rejected at the URL %s', async (url) => {
    const { status, body } = await put('campaigns/aimed', aCampaign({ endpoint: { kind: 'webhook', url } }))
    expect([status, body]).toMatchObject([422, { errors: [{ pointer: '/endpoint/url', code: 'forbidden_url' }] }])
  })

  it.each([
    [{ kind: 'carrier-pigeon' }, '/endpoint/kind'],
    [{ kind: 'webhook', url: 'ftp://tall-grass.example' }, '/endpoint/url'],
    [{ kind: 'email', to: 'nobody' }, '/endpoint/to'],
    [{ kind: 'email', to: [] }, '/endpoint/to'],
    [{ kind: 'email', to: ['a@b.example', 'A@b.example'] }, '/endpoint/to'],
    [{ kind: 'email', to: Array.from({ length: 11 }, (_, at) => `desk${at}@b.example`) }, '/endpoint/to'],
    [{ kind: 'email', to: 'a@b.example', subject: '{{ contact.middleName }}' }, '/endpoint/subject'],
    [{ kind: 'email', to: 'a@b.example', text: '{{ contact }}' }, '/endpoint/text'],
    [{ kind: 'email', to: 'a@b.example', text: 'Seen at {{ consent.ip }}' }, '/endpoint/text'],
    [{ kind: 'email', to: 'a@b.example', attachment: 'pdf' }, '/endpoint/attachment'],
    [{ kind: 'email', to: 'a@tall-grass.example', url: 'https://tall-grass.example' }, '/endpoint/url'],
    [{ kind: 'webhook', url: 'https://tall-grass.example/', secret: 'short' }, '/endpoint/secret'],
    [{ kind: 'webhook', url: 'https://tall-grass.example/', secret: `whsec_${'A'.repeat(33)}` }, '/endpoint/secret'],
    [{ kind: 'webhook', url: 'https://tall-grass.example/', secret: `whsec_${'A'.repeat(33)}B==` }, '/endpoint/secret'],
  ])('is rejected if it is %j', async (endpoint, pointer) => {
    const { status, body } = await put('campaigns/aimed', bayShoreCampaign({ endpoint }))
    expect([status, body]).toMatchObject([
      422,
      { errors: expect.arrayContaining([expect.objectContaining({ pointer })]) },
    ])
  })
})

function toOptions(...values: string[]) {
  return values.map((value) => ({ value, label: value }))
}
