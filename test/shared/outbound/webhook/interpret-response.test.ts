import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { presets } from '#shared/domain/delivery/presets.ts'
import { responseRules } from '#shared/domain/delivery/response-rules.ts'
import { interpretResponse } from '#shared/outbound/webhook/interpret-response.ts'
import '#test/builders/seeded.ts'

type Rules = z.input<typeof responseRules>
const interpret = (body: string, rules: Rules | undefined, status = 200, contentType?: string) =>
  interpretResponse({ status, body, ...(contentType && { contentType }) }, rules && responseRules.parse(rules))

const matchedRules: Rules = {
  accepted: [{ path: '/response/status', equals: 'Matched' }],
  reference: '/response/lead_id',
  price: '/response/price',
}
const successFieldRules: Rules = {
  accepted: [{ path: '/IsSuccessful', equals: true }],
  rejected: [{ path: '/IsSuccessful', equals: false }],
  reason: '/Messages/0/Message',
}
const scopedRules: Rules = {
  rejected: [{ after: '<status>', before: '</status>', equals: 'rejected' }],
  reason: { after: '</status>' },
}
const wrongTypeReason = 'The response rules cannot be applied: the response is not valid JSON, XML or a form.'
const failedResult = { means: 'rejected', reason: 'Failed email validation' }

describe('responses of real schools', () => {
  it.each<[string, Rules, object]>([
    [
      '{"outcome":"success","lead":{"id":"5f1e"},"price":0}',
      presets.leadconduit,
      { means: 'accepted', reference: '5f1e', priceCents: 0 },
    ],
    ['{"outcome":"failure","reason":"Failed email validation"}', presets.leadconduit, failedResult],
    [
      '<result><outcome>failure</outcome><reason>Failed email validation</reason></result>',
      presets.leadconduit,
      failedResult,
    ],
    [
      '<?xml version="1.0"?>\n<result><outcome>success</outcome><lead><id>9</id></lead><price>1.5</price></result>',
      presets.leadconduit,
      { means: 'accepted', reference: '9', priceCents: 150 },
    ],
    [
      '{"outcome":"failure","reason":"Duplicate lead"}',
      presets.leadconduit,
      { means: 'duplicate', reason: 'Duplicate lead' },
    ],
    ['{"outcome":"error","reason":"Try later"}', presets.leadconduit, { means: 'unclear', reason: 'Try later' }],
    [
      '<response><status>Matched</status><lead_id>21777961</lead_id><price>6.66</price></response>',
      matchedRules,
      { means: 'accepted', reference: '21777961', priceCents: 666 },
    ],
    ['<response><status>Unmatched</status><price>6.66</price></response>', matchedRules, { means: 'unclear' }],
    [
      '{"IsSuccessful":false,"Messages":[{"MessageCode":"msg0009","Message":"Exception occurred."}]}',
      successFieldRules,
      { means: 'rejected', reason: 'Exception occurred.' },
    ],
    ['{"success":true,"result":"Accepted"}', { accepted: [{ path: '/success', equals: true }] }, { means: 'accepted' }],
    ['<status>rejected</status>Reason', scopedRules, { means: 'rejected', reason: 'Reason' }],
    ['<status>taken</status>Reason', scopedRules, { means: 'accepted' }],
    [
      '{"success":false,"comment":"It\'s true"}',
      { accepted: [{ path: '/success', contains: 'true' }] },
      { means: 'unclear' },
    ],
    [
      '"success": false, "comment": "It\'s true"',
      { accepted: [{ after: '"success":', before: ',', contains: 'true' }] },
      { means: 'unclear' },
    ],
  ])('interprets %s', (body, rules, expected) => {
    expect(interpret(body, rules)).toEqual(expected)
  })
})

describe('statuses that may be accepted', () => {
  const statusRules: Rules = { accepted: [{ status: { from: 200, to: 499 } }] }
  it.each([200, 201, 204, 299])('accepts %i without rules', (status) => {
    expect(interpret('', undefined, status).means).toBe('accepted')
    expect(interpret('', { rejected: [{ path: '/no', equals: 1 }] }, status).means).toBe('accepted')
  })
  it.each([100, 199, 301, 302, 304, 307, 308, 399])('never accepts %i, whatever the rules say', (status) => {
    expect(interpret('{"ok":true}', statusRules, status)).toEqual({ means: 'unclear' })
    expect(
      interpret('', { accepted: [{ status: 200 }], rejected: [{ status: { from: 200, to: 599 } }] }, status).means,
    ).toBe('unclear')
  })
  it.each([400, 409, 422, 500, 503])('accepts %i only if a rule names it', (status) => {
    const yes: Rules = { accepted: [{ path: '/ok', equals: true }], otherwise: 'accepted' }
    expect(interpret('{"ok":true}', undefined, status).means).toBe('unclear')
    expect(interpret('{"ok":true}', yes, status).means).toBe('unclear')
    expect(interpret('{"ok":true}', { accepted: [{ status, path: '/ok', equals: true }] }, status).means).toBe(
      'accepted',
    )
  })
  it('treats a 2xx that matches no rule as `otherwise`, or as unclear if there are `accepted` rules', () => {
    const accepted = [{ path: '/ok', equals: true }]
    expect(interpret('{}', { accepted }).means).toBe('unclear')
    expect(interpret('{}', { accepted, otherwise: 'rejected' }).means).toBe('rejected')
    expect(interpret('{}', { accepted, otherwise: 'accepted' }).means).toBe('accepted')
    expect(interpret('{}', { rejected: accepted, otherwise: 'unclear' }).means).toBe('unclear')
  })
  it('applies rejected and duplicate rules that name a status', () => {
    const rules: Rules = { duplicate: [{ status: 409 }], rejected: [{ status: 422 }], reason: '/why' }
    expect(interpret('{"why":"twice"}', rules, 409)).toEqual({ means: 'duplicate', reason: 'twice' })
    expect(interpret('{"why":"no"}', rules, 422)).toEqual({ means: 'rejected', reason: 'no' })
    expect(interpret('{"why":"no"}', rules, 500)).toEqual({ means: 'unclear', reason: 'no' })
  })
})

describe('places in a response', () => {
  const readReason = (path: string, body: string, contentType?: string) =>
    interpret(body, { rejected: [{ status: 200 }], reason: path }, 200, contentType).reason
  it.each([
    ['/a~1b/m~0n', '{"a/b":{"m~n":1}}', '1'],
    ['/~01', '{"~1":1}', '1'],
    ['/list/1', '{"list":[0,5]}', '5'],
    ['/list/length', '{"list":[0]}', undefined],
    ['/constructor/name', '{}', undefined],
    ['/a', '{"a":{"b":1}}', undefined],
    ['/a', '{"a":null}', undefined],
    ['/b', '<a><b>1</b><b>2</b></a>', '1'],
    ['/b/1', '<a><b>1</b><b>2</b></a>', '2'],
    ['/b/0', '<a><b>1</b></a>', '1'],
    ['/a/b/1', '<a><b>1</b><b>2</b></a>', '2'],
    ['/@id', '<a id="7">x</a>', '7'],
    ['/b/@id', '<a><b id="7">x</b></a>', '7'],
    ['/b', '<a><b id="7">x</b></a>', 'x'],
    ['', '<a>x</a>', 'x'],
    [
      '/Body/r',
      '<s:Envelope xmlns:s="urn:s"><s:Body><n:r xmlns:n="urn:n"><![CDATA[a<b]]></n:r></s:Body></s:Envelope>',
      'a<b',
    ],
    ['/b', '<a><b>1 &lt; 2 &amp; it&#39;s</b></a>', "1 < 2 & it's"],
    ['/b', '\uFEFF<a><b>1</b></a>', '1'],
    ['/b', '\uFEFF{"b":1}', '1'],
    ['/id', 'status=ok&id=4%207', undefined],
    ['', 'Sorry,\r\n no', 'Sorry, no'],
  ] as const)('%s of %s', (path, body, expected) => {
    expect(readReason(path, body)).toBe(expected)
  })
  it('reads a form only if the content type says so', () => {
    expect(readReason('/id', 'status=ok&id=4%207', 'application/x-www-form-urlencoded; charset=utf-8')).toBe('4 7')
  })
  it('reads JSON and XML whatever the content type says', () => {
    expect(readReason('/b', '{"b":1}', 'text/html')).toBe('1')
    expect(readReason('/b', '<a><b>1</b></a>', 'application/json')).toBe('1')
  })
})

describe('values in a response', () => {
  const isEqual = (equals: string | number | boolean, value: unknown) =>
    interpret(JSON.stringify({ a: value }), { rejected: [{ path: '/a', equals }] }).means === 'rejected'
  it.each([
    [true, true],
    [true, 'TRUE'],
    ['true', true],
    ['Matched', ' matched\n'],
    [7, '7'],
    ['7', 7],
  ] as const)('compares %j as equal to %j', (expected, value) => {
    expect(isEqual(expected, value)).toBe(true)
  })
  it.each([
    [true, "It's true"],
    [true, 1],
    ['', null],
    ['a', ['a']],
  ] as const)('compares %j as different from %j', (expected, value) => {
    expect(isEqual(expected, value)).toBe(false)
  })
  it.each([
    ['6.66', 666],
    ['$1,234.50', 123_450],
    ['12 USD', 1200],
    ['0', 0],
    ['19.99', 1999],
    ['-1', undefined],
    ['1.234,50', undefined],
    ['free', undefined],
    ['', undefined],
    ['99999999999', undefined],
  ])('parses the price %j as %j cents', (price, cents) => {
    const rules: Rules = { accepted: [{ status: 200 }], price: '/price' }
    expect(interpret(JSON.stringify({ price }), rules).priceCents).toBe(cents)
  })
})

describe('a response that cannot be read', () => {
  const unreadable = 'The compression of the response is broken.'
  const interpretUnreadable = (rules: Rules | undefined, status = 200) =>
    interpretResponse({ status, body: '', unreadable }, rules && responseRules.parse(rules))
  const pathRules: Rules = { rejected: [{ path: '/outcome', equals: 'failure' }] }
  it.each<[string, Rules]>([
    ['that look into it', pathRules],
    ['of which the first looks into it', { ...pathRules, accepted: [{ status: 200 }] }],
    ['with markers', { accepted: [{ after: '<status>', equals: 'ok' }] }],
    ['with a meaning for all else', { ...pathRules, otherwise: 'accepted' }],
    ['of a preset', presets['plain-text']],
  ])('is unclear under rules %s', (_, rules) => {
    expect(interpretUnreadable(rules)).toEqual({ means: 'unclear', reason: unreadable })
  })
  it('is accepted without rules, if its status is a 2xx', () => {
    expect(interpretUnreadable(undefined, 202)).toEqual({ means: 'accepted' })
    expect(interpretUnreadable(undefined, 400)).toEqual({ means: 'unclear', reason: unreadable })
  })
  it('means what its status says under rules that need the status only', () => {
    expect(interpretUnreadable(presets['standard-webhooks'])).toEqual({ means: 'accepted' })
    expect(interpretUnreadable({ rejected: [{ status: 422 }] }, 422)).toEqual({ means: 'rejected', reason: unreadable })
  })
})

describe('a number in a response', () => {
  const rules: Rules = { accepted: [{ path: '/ok', equals: 1 }], reference: '/lead/id' }
  it.each(['12345678901234567891', '-9007199254740993', '0.1234567890123456789', '1.10', '7'])(
    'keeps its digits as a reference: %s',
    (digits) => {
      expect(interpret(`{"ok":1,"lead":{"id":${digits}}}`, rules)).toEqual({ means: 'accepted', reference: digits })
      expect(interpret(`{"ok":1,"lead":{"id":["${digits}"]}}`, { ...rules, reference: '/lead/id/0' }).reference).toBe(
        digits,
      )
    },
  )
  it.each(['1', '1.0', '1e0', '10E-1'])('equals 1 if it is written %s', (number) => {
    expect(interpret(`{"ok":${number}}`, rules).means).toBe('accepted')
  })
  it('is not equal to another number that JavaScript would round to the same', () => {
    const exactRules: Rules = { accepted: [{ path: '/id', equals: '12345678901234567891' }] }
    expect(interpret('{"id":12345678901234567891}', exactRules).means).toBe('accepted')
    expect(interpret('{"id":12345678901234567890}', exactRules).means).toBe('unclear')
  })
})

describe('a malicious response', () => {
  const reasonRules: Rules = { rejected: [{ path: '/outcome', equals: 'failure' }], reason: '/reason' }
  it('shortens the reason and the reference to one line', () => {
    const longText = `a\r\nb\u0000\u202E${'x'.repeat(60_000)}`
    const interpretation = interpret(JSON.stringify({ outcome: 'failure', reason: longText, id: longText }), {
      ...reasonRules,
      reference: '/id',
    })
    expect([interpretation.reason?.length, interpretation.reference?.length]).toEqual([300, 200])
    expect(interpretation.reason).toMatch(/^a b x+$/)
  })
  it.each([
    ['declared entities', '<!DOCTYPE r [<!ENTITY e "failure">]><r><outcome>&e;</outcome></r>'],
    ['an external file', '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><r><outcome>failure</outcome></r>'],
    ['unclosed elements', '<r><outcome>failure</outcome>'],
    ['a reserved name', '<r><__proto__>x</__proto__><outcome>failure</outcome></r>'],
    ['too many levels', `<r>${'<a>'.repeat(99)}${'</a>'.repeat(99)}<outcome>failure</outcome></r>`],
    ['truncated JSON', '{"outcome":"failure"'],
    ['a page of HTML', '<html><body><outcome>failure</outcome></body></html>'],
    ['text in place of JSON', 'outcome: failure'],
    ['a single value in place of an object', '"failure"'],
    ['a text that holds no JSON', '"{outcome: failure}"'],
  ])('is unclear if it has %s and the rules look into it', (_, body) => {
    expect(interpret(body, reasonRules)).toEqual({ means: 'unclear', reason: wrongTypeReason })
    expect(interpret(body, { ...reasonRules, accepted: [{ path: '/outcome', equals: 'success' }] })).toEqual({
      means: 'unclear',
      reason: wrongTypeReason,
    })
  })
  it('is accepted if it is empty and only rejections have a rule', () => {
    expect(interpret('', reasonRules)).toEqual({ means: 'accepted' })
  })
  it('does not expand nested entities', () => {
    const laughs = Array.from({ length: 20 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('')
    const body = `<!DOCTYPE r [<!ENTITY l0 "ha">${laughs}]><r><outcome>&l20;</outcome></r>`
    expect(interpret(body, { accepted: [{ path: '/outcome', contains: 'ha' }] })).toMatchObject({ means: 'unclear' })
  })
  it('reads a response with many ordinary entities', () => {
    const body = `<r><outcome>success</outcome><m>${'&amp;'.repeat(5000)}</m></r>`
    expect(interpret(body, presets.leadconduit).means).toBe('accepted')
  })
  it('never throws, whatever the response is', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '</a>',
      '<a>',
      '&#x41;',
      '&amp;',
      ']]>',
      '<![CDATA[',
      '{"',
      '"outcome":',
      '}',
      '<?',
      '\0',
    )
    const body = fc.oneof(
      fc.string(),
      fc.array(pieces).map((all) => all.join('')),
      fc.json(),
    )
    fc.assert(
      fc.property(body, fc.integer({ min: 100, max: 599 }), (text, status) => {
        for (const rules of [...Object.values(presets), responseRules.parse(scopedRules)])
          expect(['accepted', 'rejected', 'duplicate', 'unclear']).toContain(
            interpretResponse({ status, body: text }, rules).means,
          )
      }),
    )
  })
})

it.each([
  ['JSON as a text inside of JSON', JSON.stringify('{"outcome":"success"}')],
  ['a zero at its end', '{"outcome":"success"}\0'],
  ['invisible spaces around it', '\u00a0\u200b{"outcome":"success"}\u200b\n'],
  ['invisible marks in a value', '{"outcome":"\u200bSuccess\u200e "}'],
  ['XML with a line break before it', '\n<?xml version="1.0"?><r><outcome>success</outcome></r>'],
])('reads a response with %s', (_, body) => {
  expect(interpret(body, { accepted: [{ path: '/outcome', equals: 'success' }] })).toEqual({ means: 'accepted' })
})

it('compares text in one Unicode form', () => {
  const rules: Rules = { rejected: [{ path: '/why', contains: 'déjà reçu' }] }
  expect(interpret(JSON.stringify({ why: 'Déjà reçu'.normalize('NFD') }), rules).means).toBe('rejected')
})
