import { describe, expect, it } from 'vitest'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import { findForbiddenText } from '#shared/http/find-forbidden-text.ts'
import {
  aLead,
  aVisitor,
  createTestSystem,
  postLead,
  readLead,
  requestMatch,
} from '#test/functions/create-test-system.ts'

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

  it('is removed from every text of a visitor, who could not see what is wrong', async () => {
    const system = await createTestSystem()
    const match = await requestMatch(system)
    const dirty = `Ad${mark}a`
    const contact = {
      firstName: dirty,
      lastName: `${mark}Example${mark}`,
      email: `${mark}ada@mail.example`,
      phone: `${mark}(512) 789-1111`,
      zip: `78701${mark}`,
    }
    const url = `https://careers.example/${mark}`
    const { status, body } = await postLead(system, {
      ...aLead(match, 1),
      contact,
      answers: { why: dirty, which: [dirty] },
      subIds: { a: dirty },
      utm: { source: dirty },
      page: { url, referrer: url },
    })
    expect(status).toBe(201)
    const timeline = await readLead(system, leadReceipt.parse(body).leadId)
    expect(findForbiddenText(timeline)).toEqual([])
    expect(timeline).toMatchObject({ answers: { why: 'Ada', which: ['Ada'] }, utm: { source: 'Ada' } })
    expect(JSON.stringify(timeline)).not.toContain(mark)
  })

  it('is refused in a text that staff can correct', async () => {
    const { api } = await createTestSystem()
    const body = { csv: `phone\n${mark}(512) 789-1111`, reason: `No${mark}calls` }
    const response = await api.staff('POST', '/v1/ops/suppressions/imports', { body })
    expect(response.status).toBe(422)
    expect(response.body).toMatchObject({ errors: [{ pointer: '/reason' }] })
  })
})

it('allows line breaks, accents and right-to-left scripts in text', async () => {
  const text = 'Zoë asks:\r\n\tשלום, مرحبا 👩🏽‍⚕️\nand more'
  expect(findForbiddenText({ text })).toEqual([])
  const { api } = await createTestSystem()
  expect((await api.call('POST', '/v1/matches', { body: aVisitor({ answers: { why: text } }) })).status).toBe(200)
})
