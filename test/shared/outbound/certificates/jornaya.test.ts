import { describe, expect, it } from 'vitest'
import { fakeJornaya } from '#local/fake-jornaya.ts'
import { createJornaya } from '#shared/outbound/certificates/create-jornaya.ts'

const token = 'EC0C8691-75C7-BD90-28E1-0E0AD126E7DC'
const request = { certificate: token, email: 'ada@mail.example', phone: '+15127891001', reference: 'l', source: 's' }
const answerWith = (answer: () => Response | Promise<Response>) => {
  const urls: string[] = []
  const send: typeof fetch = async (url) => {
    urls.push(String(url))
    return answer()
  }
  return { urls, check: createJornaya({ accountCode: 'ABC 1', fetch: send }) }
}

describe('Jornaya', () => {
  it('is told the account and the token, and nothing of the person', async () => {
    const { urls, check } = answerWith(() => Response.json({ authenticate: { authentic: 1, token } }))
    expect(await check(request)).toEqual({ kind: 'authentic' })
    expect(urls).toEqual([`https://api.leadid.com/Authenticate?lac=ABC+1&id=${token}`])
  })

  it.each<[string, () => Response | Promise<Response>, string]>([
    ['a token that is not authentic', () => Response.json({ authenticate: { authentic: 0 } }), 'refused'],
    ['a text in place of a number', () => Response.json({ authenticate: { authentic: '1' } }), 'authentic'],
    ['another JSON', () => Response.json({ audit: {} }), 'unavailable'],
    ['a page', () => new Response('<html>'), 'unavailable'],
    ['status 401', () => new Response('', { status: 401 }), 'unavailable'],
    ['status 503', () => new Response('', { status: 503 }), 'unavailable'],
    ['no connection', () => Promise.reject(new TypeError('fetch failed')), 'unavailable'],
  ])('that answers with %s is understood', async (_, answer, kind) => {
    expect((await answerWith(answer).check(request)).kind).toBe(kind)
  })

  it('is not asked about a text that is no token', async () => {
    const { urls, check } = answerWith(() => Response.json({}))
    expect((await check({ ...request, certificate: `${token}&lac=other` })).kind).toBe('refused')
    expect(urls).toEqual([])
  })

  it('has a fake for sample data that answers as it does', async () => {
    const check = createJornaya({ accountCode: 'sample', fetch: fakeJornaya })
    const unknown = `00000000${token.slice(8)}`
    expect([await check(request), await check({ ...request, certificate: unknown })]).toMatchObject([
      { kind: 'authentic' },
      { kind: 'refused' },
    ])
  })
})
