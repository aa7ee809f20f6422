import { describe, expect, it, vi } from 'vitest'
import { leadCreated } from '#shared/domain/delivery/lead-created.ts'
import type { ShapeTree } from '#shared/domain/delivery/request-shape.ts'
import { fullSampleLead, minimalSampleLead } from '#shared/domain/delivery/sample-event.ts'
import { shapeRequest } from '#shared/outbound/shape/shape-request.ts'
import { anEvent, type ShapeInput, shapeEvent } from '#test/builders/shape-event.ts'

const renderJson = async (
  fields: { [name: string]: ShapeTree },
  event = fullSampleLead,
  more: Partial<ShapeInput> = {},
) => JSON.parse((await shapeEvent({ format: 'json', fields, ...more }, event)).body)

it('sends the stored event unchanged without a shape', async () => {
  const request = await shapeRequest(fullSampleLead, undefined, { headerSecrets: {}, body: '{"as":"stored"}' })
  expect(request).toEqual({ method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"as":"stored"}' })
})

it('has sample events that match their schemas', () => {
  expect(leadCreated.safeParse(fullSampleLead).success && leadCreated.safeParse(minimalSampleLead).success).toBe(true)
})

describe('shapeRequest', () => {
  const fields = {
    first: '{{ contact.firstName }}',
    full: '{{ contact.firstName }} {{ contact.lastName }}',
    test: true,
  }
  it('writes JSON', async () => {
    expect(await shapeEvent({ format: 'json', method: 'PUT', fields })).toEqual({
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"first":"Ada","full":"Ada Example","test":true}',
    })
  })
  it('writes a form', async () => {
    const { headers, body } = await shapeEvent({ format: 'form', fields: { ...fields, times: '{{ answers.times }}' } })
    expect(headers).toEqual({ 'content-type': 'application/x-www-form-urlencoded' })
    expect(body).toBe('first=Ada&full=Ada+Example&test=true&times=mornings%2Cweekends')
  })
  it('writes XML in the order of the fields', async () => {
    const { headers, body } = await shapeEvent({
      format: 'xml',
      root: 'lead',
      fields: {
        '@id': '{{ leadId }}',
        z: '{{ contact.firstName }}',
        a: { b: ['1', '{{ contact.zip }}'] },
        empty: null,
      },
    })
    expect(headers).toEqual({ 'content-type': 'application/xml; charset=utf-8' })
    expect(body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>' +
        `<lead id="${fullSampleLead.data.leadId}"><z>Ada</z><a><b>1</b><b>78701</b></a><empty></empty></lead>`,
    )
  })
})

describe('a leaf of a shape', () => {
  it('keeps the type of a value in JSON if the template is one expression', async () => {
    const fields = {
      test: '{{ test }}',
      gpa: '{{ answers.gpa }}',
      times: '{{ answers.times }}',
      more: '{{ answers.gpa | times: 10 }}',
      text: 'GPA {{ answers.gpa }}',
      who: '{{ school }}',
    }
    expect(await renderJson(fields)).toEqual({
      test: true,
      gpa: 3.4,
      times: ['mornings', 'weekends'],
      more: 34,
      text: 'GPA 3.4',
      who: { id: 'tall-grass-college', name: 'Tall Grass College' },
    })
  })

  it('leaves out a leaf without a value, and writes an empty value within longer text', async () => {
    const fields = { start: '{{ startWindow }}', text: 'Start: {{ startWindow }}', list: ['{{ answers.gpa }}', 1] }
    expect(await renderJson(fields, minimalSampleLead)).toEqual({ text: 'Start: ', list: [1] })
    expect(
      (await shapeEvent({ format: 'form', fields: { a: '{{ startWindow }}', b: 1 } }, minimalSampleLead)).body,
    ).toBe('b=1')
    const xml = { format: 'xml', root: 'r', fields: { a: '{{ startWindow }}', b: 1 } } as const
    expect((await shapeEvent(xml, minimalSampleLead)).body).toMatch(/<r><b>1<\/b><\/r>$/)
  })

  it.each([
    ["{{ education.highestLevel | lookup: 'levels' }}", 'HS'],
    ["{{ education.highestLevel | lookup: 'none' | default: 'other' }}", 'other'],
    ["{{ 'constructor' | lookup: 'levels' | default: 'other' }}", 'other'],
    ['{{ contact.phone | phone_digits }}', '5127891111'],
    ['{{ contact.phone | phone_dashed }}', '512-789-1111'],
    ['{{ answers.veteran | yes_no }}', 'yes'],
    ["{{ answers.veteran | yes_no: 'Y', 'N' }}", 'Y'],
    ["{{ answers.times | join: ';' }}", 'mornings;weekends'],
    ["{{ timestamp | date: '%m/%d/%Y %H:%M', 'America/Chicago' }}", '11/23/2026 09:04'],
    ["{{ timestamp | date: '%Y-%m-%d' }}", '2026-11-23'],
    ['{% if test %}TEST {% endif %}{{ contact.zip }}', 'TEST 78701'],
    [
      '{% for answer in answers %}{{ answer[0] }}={{ answer[1] }} {% endfor %}',
      'gpa=3.4 veteran=true times=morningsweekends ',
    ],
    ['{{ contact.email | sha256 }}', expect.stringMatching(/^[0-9a-f]{64}$/)],
  ] as const)('%s', async (template, expected) => {
    const maps = { levels: { 'high-school-diploma': 'HS' }, none: {} }
    expect(await renderJson({ a: template }, fullSampleLead, { maps })).toEqual({ a: expected })
  })

  it('keeps the country code of a foreign phone number', async () => {
    const event = anEvent({ contact: { phone: '+442079460958' } })
    const fields = { digits: '{{ contact.phone | phone_digits }}', dashed: '{{ contact.phone | phone_dashed }}' }
    expect(await renderJson(fields, event)).toEqual({ digits: '442079460958', dashed: '+442079460958' })
  })
})

describe('the headers of a shape', () => {
  it('hold templates and secrets under lower-case names', async () => {
    const headers = { 'X-Api-Key': { secret: 'apiKey' }, 'X-Lead': '{{ leadId }}', 'X-None': '{{ startWindow }}' }
    expect((await shapeEvent({ format: 'json', fields: { a: 1 }, headers }, minimalSampleLead)).headers).toEqual({
      'content-type': 'application/json',
      'x-api-key': 'k-1',
      'x-lead': fullSampleLead.data.leadId,
    })
  })
  it('are reduced to one line of printable ASCII', async () => {
    const event = anEvent({ contact: { firstName: ' Zoë\r\nx-admin: 1\u2028\u0000!', lastName: '\r\n' } })
    const headers = { 'x-first': '{{ contact.firstName }}', 'x-last': '{{ contact.lastName }}' }
    expect((await shapeEvent({ format: 'json', fields: { a: 1 }, headers }, event)).headers).toEqual({
      'content-type': 'application/json',
      'x-first': 'Zo? x-admin: 1 !',
    })
  })
  it('throw if a secret is not stored', async () => {
    const headers = { 'x-api-key': { secret: 'other' } }
    await expect(shapeEvent({ format: 'json', fields: { a: 1 }, headers })).rejects.toThrow(/not stored: other/)
  })
  it('may set another content type', async () => {
    const headers = { 'Content-Type': 'text/xml; charset=utf-8' }
    const request = await shapeEvent({ format: 'xml', root: 'r', fields: { a: 1 }, headers })
    expect(request.headers).toEqual({ 'content-type': 'text/xml; charset=utf-8' })
  })
})

describe('the same event and shape', () => {
  const words = ['now', 'today', '11/23/2026', '1 day ago', '2026-11-23 10:00']
  it('give the same bytes at any time, whatever a visitor enters for a date', async () => {
    const fields = Object.fromEntries(
      words.map((_, at) => [`d${at}`, `{{ answers.d${at} | date: '%Y-%m-%d %H:%M:%S' }}`]),
    )
    const event = anEvent({ answers: Object.fromEntries(words.map((word, at) => [`d${at}`, word])) })
    const renderAtInstant = async (now: string) => {
      vi.useFakeTimers({ now: new Date(now), toFake: ['Date'] })
      try {
        return await shapeEvent({ format: 'json', fields }, event)
      } finally {
        vi.useRealTimers()
      }
    }
    const [first, later] = [
      await renderAtInstant('2026-11-23T00:00:00Z'),
      await renderAtInstant('2031-01-02T03:04:05Z'),
    ]
    expect(later).toEqual(first)
    expect(Object.values(JSON.parse(first.body))).toEqual(words)
  })

  it('cannot use the clock, randomness or files', async () => {
    for (const template of [
      '{{ answers.times | sample }}',
      "{% render 'x' %}",
      "{% include 'x' %}",
      "{% layout 'x' %}",
    ])
      await expect(renderJson({ a: template })).rejects.toThrow(/cannot be rendered/)
    expect(await renderJson({ a: "{{ 'now' | date: '%Y' }}" })).toEqual({ a: 'now' })
  })
})

it('names the template and no personal data in an error', async () => {
  const fault = await renderJson({ a: '{{ contact.email | nothing }}' }).catch((error: unknown) => String(error))
  expect(fault).toContain('contact.email')
  expect(fault).not.toContain('ada@')
})
