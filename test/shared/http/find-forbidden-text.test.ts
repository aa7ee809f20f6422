import { describe, expect, it } from 'vitest'
import { findForbiddenText } from '#shared/http/find-forbidden-text.ts'
import { aLead, aVisitor, createTestSystem, postLead, requestMatch } from '#test/functions/create-test-system.ts'

const hidden = {
  NUL: '\u0000',
  backspace: '\b',
  escape: '\u001b',
  'a C1 control': '\u0085',
  'a right-to-left override': '\u202e',
  'a right-to-left isolate': '\u2067',
  'a right-to-left mark': '\u200f',
  'an Arabic letter mark': '\u061c',
  'half a surrogate pair': '\ud800',
}

describe.each(Object.entries(hidden))('%s', (_, mark) => {
  it('is found at any depth of a body', () => {
    const body = { a: `x${mark}`, b: [{ 'c/d': mark }], e: 1, f: null, g: 'fine' }
    expect(findForbiddenText(body).map(({ pointer }) => pointer)).toEqual(['/a', '/b/0/c~1d'])
  })

  it('is refused in every text of a visitor, with one error per field', async () => {
    const system = await createTestSystem()
    const match = await requestMatch(system)
    const spoilt = `Ad${mark}a`
    const contact = {
      firstName: spoilt,
      lastName: spoilt,
      email: `${mark}ada@mail.example`,
      phone: `${mark}(512) 789-1111`,
    }
    const lead = aLead(match, 1)
    const { status, body, text } = await postLead(system, {
      ...lead,
      contact: { ...lead.contact, ...contact },
      answers: { why: spoilt, which: [spoilt] },
      subIds: { a: spoilt },
      utm: { source: spoilt },
      page: { url: `https://careers.example/${mark}`, referrer: `https://careers.example/${mark}` },
    })
    expect(status).toBe(422)
    const pointers = (body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer)
    expect(pointers.toSorted()).toEqual([
      '/answers/which/0',
      '/answers/why',
      '/contact/email',
      '/contact/firstName',
      '/contact/lastName',
      '/contact/phone',
      '/page/referrer',
      '/page/url',
      '/subIds/a',
      '/utm/source',
    ])
    expect(text).not.toContain(mark)
  })
})

it('allows line breaks, accents and right-to-left scripts in text', async () => {
  const text = 'Zoë asks:\r\n\tשלום, مرحبا 👩🏽‍⚕️\nand more'
  expect(findForbiddenText({ text })).toEqual([])
  const { api } = await createTestSystem()
  expect((await api.call('POST', '/v1/matches', { body: aVisitor({ answers: { why: text } }) })).status).toBe(200)
})
