import { describe, expect, it } from 'vitest'
import { requestShape } from '#shared/domain/delivery/request-shape.ts'
import { findShapeFaults } from '#shared/outbound/shape/find-shape-faults.ts'
import type { ShapeInput } from '#test/builders/shape-event.ts'

const listFaults = async (shape: ShapeInput, secrets: string[] = []) =>
  (await findShapeFaults(requestShape.parse(shape), { secrets })).map(({ pointer, code }) => [pointer, code])
const findLeafFault = async (template: string, format: 'json' | 'form' = 'json') => {
  const [fault] = await listFaults({ format, fields: { a: template }, maps: { levels: { ged: 'GED' } } })
  return fault?.[1]
}

describe('a template that is refused at saving', () => {
  it.each([
    ['{{ contact.fristName }}', 'unknown_variable'],
    ['{{ contac.firstName }}', 'unknown_variable'],
    ['{{ firstName }}', 'unknown_variable'],
    ['{% if test %}{{ contact.fristName }}{% endif %}', 'unknown_variable'],
    ["{% if contact.zip == '1' %}{{ unknown }}{% endif %}", 'unknown_variable'],
    ['{{ contact.constructor }}', 'unknown_variable'],
    ['{{ contact.firstName | shout }}', 'unknown_filter'],
    ["{% if contact.zip == '1' %}{{ contact.zip | shout }}{% endif %}", 'unknown_filter'],
    ['{{ answers.times | sample }}', 'unknown_filter'],
    ['{{ contact.zip', 'template_syntax'],
    ['{% if test %}', 'template_syntax'],
    ['{% secret %}', 'template_syntax'],
    ["{% render 'x' %}", 'template_syntax'],
    ["{{ education.highestLevel | lookup: 'level' }}", 'unknown_map'],
    ["{{ startWindow | lookup: 'level' }}", 'unknown_map'],
    ["{{ 'now' | date: '%Y' }}", 'not_the_same'],
    ["{{ 'today' | date: '%Y' }}", 'not_the_same'],
    ['{% for i in (1..100000000) %}x{% endfor %}', 'template_too_long'],
  ])('refuses %s with code %s', async (template, code) => {
    expect(await findLeafFault(template)).toBe(code)
  })

  it('refuses an object where only text is possible', async () => {
    expect(await findLeafFault('{{ contact }}', 'form')).toBe('not_text')
    expect(await findLeafFault('{{ answers }}', 'form')).toBe('not_text')
    expect(await findLeafFault('{{ contact }}', 'json')).toBeUndefined()
    expect(await listFaults({ format: 'json', fields: { a: 1 }, headers: { 'x-a': '{{ contact }}' } })).toEqual([
      ['/headers/x-a', 'not_text'],
    ])
  })
})

it.each([
  '',
  'plain text',
  '{{ contact.firstName }}',
  '{{ startWindow }}',
  '{{ age }} {{ military }} {{ gpa }} {{ modality }} {{ careerSlug }} {{ campaignId }} {{ priceCents }}',
  '{{ consent.ip }} {{ consent.userAgent }} {{ page.url }} {{ page.referrer }}',
  '{{ subIds.sub1 }} {{ subIds.anything }} {{ utm.term }}',
  '{{ consent.certificateUrl | upcase }}',
  '{{ answers.anything | append: "x" }}',
  "{{ answers['any thing'] }}",
  '{{ answers.times | first }} {{ answers.times.size }}',
  '{% for answer in answers %}{{ answer[0] }}{{ forloop.index }}{% endfor %}',
  '{% assign zip = contact.zip %}{{ zip }}',
  '{% assign key = "zip" %}{{ contact[key] }}',
  "{{ education.highestLevel | lookup: 'levels' | default: 'x' }}",
  "{{ timestamp | date: '%Y', 'America/Chicago' }}",
  '{{ 6 | times: 7 }}',
])('accepts %s for a lead with all optional fields and for one without', async (template) => {
  expect(await findLeafFault(template)).toBeUndefined()
})

it('returns each fault with the pointer of its field', async () => {
  const fields = { 'a/b~c': { list: ['{{ leadId }}', '{{ unknown }}'] }, good: '{{ leadId }}' }
  const headers = { 'x-a': '{{ unknown }}', 'x-key': { secret: 'apiKey' } }
  expect(await listFaults({ format: 'json', fields, headers })).toEqual([
    ['/fields/a~1b~0c/list/1', 'unknown_variable'],
    ['/headers/x-a', 'unknown_variable'],
    ['/headers/x-key', 'unknown_secret'],
  ])
  expect(
    await listFaults({ format: 'json', fields: { a: 1 }, headers: { 'x-key': { secret: 'apiKey' } } }, ['apiKey']),
  ).toEqual([])
})
