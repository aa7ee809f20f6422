import { beforeAll, describe, expect, it } from 'vitest'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import { leadTimeline } from '#shared/contract/capture/leads.ts'
import {
  aLead,
  createServerHeaders,
  createTestSystem,
  postLead,
  readLead,
  requestMatch,
  revealContact,
  type TestSystem,
} from '#test/functions/create-test-system.ts'

let system: TestSystem
let match: Awaited<ReturnType<typeof requestMatch>>
beforeAll(async () => {
  system = await createTestSystem()
  match = await requestMatch(system)
})
let number = 0

async function submit(fields: { [field: string]: unknown }, headers: { [name: string]: string } = {}) {
  number += 1
  const { status, body, text } = await postLead(system, aLead(match, number, fields), headers)
  expect(status, text).toBe(201)
  const timeline = leadTimeline.parse(await readLead(system, leadReceipt.parse(body).leadId))
  const revealed = await revealContact(system, timeline.leadId)
  return { ...timeline, page: revealed.page }
}

const page = { url: 'https://careers.example/' }

describe('context never refuses a lead', () => {
  it.each([
    [
      'a label that ends within its last character',
      { utm: { content: `${'a'.repeat(199)}🎓` } },
      { utm: { content: 'a'.repeat(199) } },
      [{ field: '/utm/content', change: 'cut' }],
    ],
    [
      'a direction mark in a label',
      { utm: { campaign: 'fall\u200e' } },
      { utm: { campaign: 'fall' } },
      [{ field: '/utm/campaign', change: 'cleaned' }],
    ],
    [
      'controls in a label',
      { subIds: { a: '\u0000x\u001b' } },
      { subIds: { a: 'x' } },
      [{ field: '/subIds/a', change: 'cleaned' }],
    ],
    [
      'a label that is a number',
      { subIds: { a: 7 } },
      { subIds: { a: '7' } },
      [{ field: '/subIds/a', change: 'cleaned' }],
    ],
    [
      'a label without a usable name',
      { utm: { 'a b': 'x', constructor: 'y' } },
      { utm: {} },
      [{ field: '/utm', change: 'dropped' }],
    ],
    [
      'labels that are none',
      { utm: 'fall', subIds: [1] },
      {},
      [
        { field: '/utm', change: 'dropped' },
        { field: '/subIds', change: 'dropped' },
      ],
    ],
    [
      'a label that is nested deeper than a body may be',
      { utm: { campaign: 'fall', content: JSON.parse(`${'['.repeat(60)}${']'.repeat(60)}`) } },
      { utm: { campaign: 'fall' } },
      [{ field: '/utm/content', change: 'dropped' }],
    ],
    [
      'labels with names that JavaScript reserves',
      { subIds: JSON.parse('{"__proto__": "x", "constructor": {"prototype": 1}, "a": "y"}') },
      { subIds: { a: 'y' } },
      [{ field: '/subIds', change: 'dropped' }],
    ],
    ['an empty referrer', { page: { ...page, referrer: '' } }, { page }, undefined],
    [
      'the referrer of an app',
      { page: { ...page, referrer: 'android-app://com.google.android.gm/' } },
      { page: { ...page, referrer: 'android-app://com.google.android.gm/' } },
      undefined,
    ],
    [
      'a referrer that is no address',
      { page: { ...page, referrer: '(direct)' } },
      { page },
      [{ field: '/page/referrer', change: 'dropped' }],
    ],
    [
      'a page that would run code',
      { page: { url: 'javascript:alert(1)' } },
      { page: { url: 'about:blank' } },
      [{ field: '/page/url', change: 'dropped' }],
    ],
    ['a page that is told as null', { page: null }, { page: { url: 'about:blank' } }, undefined],
    [
      'a page that is too long',
      { page: { url: `https://careers.example/?a=${'%F0%9F%8E%93'.repeat(300)}` } },
      {},
      [{ field: '/page/url', change: 'cut' }],
    ],
    [
      'what a page tells besides its address',
      { page: { ...page, title: 'Careers', lang: null } },
      { page },
      [{ field: '/page', change: 'dropped' }],
    ],
    [
      'the page and its referrer as lists',
      { page: { url: [page.url], referrer: [page.url, 'https://other.example/'] } },
      { page: { ...page, referrer: page.url } },
      [
        { field: '/page/url', change: 'cleaned' },
        { field: '/page/referrer', change: 'cleaned' },
      ],
    ],
    ['a honeypot that is a box', { website: false, turnstileToken: false }, {}, undefined],
    ['a certificate whose script was blocked', { trustedFormCertUrl: '' }, {}, undefined],
    [
      'a certificate that is no address',
      { trustedFormCertUrl: 'none' },
      {},
      [{ field: '/trustedFormCertUrl', change: 'dropped' }],
    ],
    [
      'optional fields that are null or empty',
      {
        startWindow: null,
        modality: '',
        utm: null,
        subIds: null,
        age: null,
        website: null,
        answers: { why: null, gpa: '' },
        formToken: null,
        test: null,
      },
      { test: false, answers: {} },
      undefined,
    ],
  ] as const)('%s', async (_, fields, expected, notes) => {
    const timeline = await submit(fields)
    expect(timeline).toMatchObject(expected)
    expect(timeline.notes).toEqual(notes)
  })

  it('of more labels than it keeps, it keeps the first and says which it dropped', async () => {
    const utm = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`label${at}`, 'x']))
    const { utm: storedLabels, notes } = await submit({ utm })
    expect(Object.keys(storedLabels ?? {})).toHaveLength(20)
    expect(notes?.[0]).toEqual({ field: '/utm/label20', change: 'dropped' })
    expect(notes).toHaveLength(10)
  })

  it('a frame without an address has the origin of its page', async () => {
    const { page: stored, notes } = await submit({ page: { url: 'nullsrcdoc' } }, { origin: 'https://careers.example' })
    expect(stored).toEqual({ url: 'https://careers.example' })
    expect(notes).toEqual([{ field: '/page/url', change: 'dropped' }])
  })

  it('what a server tells of the browser is read as servers write it', async () => {
    const headers = await createServerHeaders(system)
    const consent = {
      granted: true,
      text: match.disclosure.text,
      schoolsNamed: ['tall-grass'],
      ip: '203.0.113.5:443',
      userAgent: 'B'.repeat(2000),
    }
    const { matchId: _, ...lead } = aLead(match, 900)
    const body = { ...lead, careerSlug: 'health-record-technician', consent }
    const response = await postLead(system, body, headers)
    expect(response.status, response.text).toBe(201)
    const { leadId } = leadReceipt.parse(response.body)
    const { consent: stored, notes } = leadTimeline.parse(await readLead(system, leadId))
    expect(stored?.userAgent).toHaveLength(1000)
    expect((await revealContact(system, leadId)).consent).toMatchObject({ ip: '203.0.113.5' })
    expect(notes).toEqual([
      { field: '/consent/ip', change: 'cleaned' },
      { field: '/consent/userAgent', change: 'cut' },
    ])
  })
})

it('a match cleans its labels as the lead does', async () => {
  const { schools } = await requestMatch(system, {
    utm: { content: `${'a'.repeat(199)}🎓`, campaign: 'fall\u200e' },
    modality: null,
  })
  expect(schools).not.toEqual([])
})

it('empty values of a query count as left out', async () => {
  const path = '/v1/careers/health-record-technician/schools?state=&level=&page='
  expect((await system.api.call('GET', path)).status).toBe(200)
})
