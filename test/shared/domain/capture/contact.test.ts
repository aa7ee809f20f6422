import { describe, expect, it } from 'vitest'
import { normalizeContact, stateOfZip } from '#shared/domain/capture/contact.ts'
import { normalizeEmail } from '#shared/domain/fields/email.ts'
import { normalizePhone } from '#shared/domain/fields/phone.ts'
import { state, states } from '#shared/domain/vocabulary.ts'

const ada = { firstName: 'Ada', lastName: 'Byron', email: 'ada@mail.example', phone: '(512) 789-1111', zip: '78701' }

describe('a phone number', () => {
  it.each([
    ['(512) 789-1111', '+15127891111'],
    ['512-789-1111 x1234', '+15127891111'],
    ['512.789.1111', '+15127891111'],
    ['+1 512 789 1111', '+15127891111'],
    ['15127891111', '+15127891111'],
    ['8775551212', '+18775551212'],
    ['+44 20 7946 0958', '+442079460958'],
    ['\u202A+1 (512) 789-1111\u202C', '+15127891111'],
    ['\u2068512-789-1111\u2069', '+15127891111'],
    ['1\uFE0D512 789 1111', '+15127891111'],
    ['１ ５１２ ７８９ １１１１', '+15127891111'],
    ['(568) 789-1111', '+15687891111'],
    ['512·789·1111', '+15127891111'],
    ['512_789_1111', '+15127891111'],
    ['512\u2009789\u20091111', '+15127891111'],
    ['512\t789\n1111', '+15127891111'],
    ['{512} 789~1111 x7', '+15127891111'],
    ['+1 (0) 512 789 1111', '+15127891111'],
    ['001 512 789 1111', '+15127891111'],
    ['0044 20 7946 0958', '+442079460958'],
    ['+01 512 789 1111', '+15127891111'],
    ['++1+512 789 1111', '+15127891111'],
    ['0512 789 1111', '+15127891111'],
    ['5127891111.0', '+15127891111'],
    ['5.127891111E+09', '+15127891111'],
    ['512-SUE-ADAM', '+15127832326'],
    ['1 (512) sue 1111', '+15127831111'],
    ['1-800-FLOWERS', '+18003569377'],
  ])('%s is kept as %s', (input, expected) => {
    expect(normalizePhone(input)).toBe(expected)
  })

  it.each([
    '964523331',
    '911',
    '(911) 789-1111',
    '(592) 789-1111',
    '(568) 911-1111',
    '0000000000',
    '1234567890',
    '789-1111',
    '',
    'none',
    '51278911111111111',
    '512-789-1111 or 512-789-2222',
    '512-789-1111, 512-789-2222',
    '5.12789E+09',
    '512 789 111',
    'SUE-ADAM-SUE',
    '512-789-111A',
  ])('%s is not one', (input) => {
    expect(normalizePhone(input)).toBeUndefined()
  })

  it('normalises to itself', () => {
    expect(normalizePhone('+15127891111')).toBe('+15127891111')
  })
})

describe('an e-mail address', () => {
  it.each([
    [' Ada@Mail.Example ', 'ada@mail.example'],
    ['ADA+forms@MAIL.EXAMPLE', 'ada+forms@mail.example'],
    ["dara.o'neil@mail.example", "dara.o'neil@mail.example"],
    ['ada@xn--bcher-kva.example', 'ada@xn--bcher-kva.example'],
    ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
    ['ada@BU\u0308CHER.example', 'ada@xn--bcher-kva.example'],
    ['ada@почта.рф', 'ada@xn--80a1acny.xn--p1ai'],
    ['Jose\u0301@mail.example', 'josé@mail.example'],
    ['ada/forms=a!b@mail.example', 'ada/forms=a!b@mail.example'],
    ['\u202aada@mail.example\u202c\u0000', 'ada@mail.example'],
    ['ad\u202Ea@mail.example', 'ada@mail.example'],
    ['Ada <ada@mail.example>', 'ada@mail.example'],
    ['"Lovelace, Ada" <ada@mail.example>;', 'ada@mail.example'],
    ['ada@mail.example <Ada@mail.example>', 'ada@mail.example'],
    ['MAILTO:ada@mail.example?subject=x', 'ada@mail.example'],
    ['‘ada@mail.example’', 'ada@mail.example'],
    ['"ada"@mail.example', 'ada@mail.example'],
    ['dara.o’neil@mail.example', "dara.o'neil@mail.example"],
    ['ada@ma\u2011il.example', 'ada@ma-il.example'],
    ['ada–b@mail.example', 'ada-b@mail.example'],
    ['o\uFB03ce@mail.example', 'office@mail.example'],
    ['ａｄａ＠ｍａｉｌ。ｅｘａｍｐｌｅ', 'ada@mail.example'],
    ['ada@mail.example.', 'ada@mail.example'],
  ])('%s is kept as %s', (input, expected) => {
    expect(normalizeEmail(input)).toBe(expected)
  })

  it.each([
    'ada',
    'ada@mail',
    '@mail.example',
    'a..b@mail.example',
    '.ada@mail.example',
    'ada@mail.example, eve@mail.example',
    'ada@mail.example\nBcc: eve@mail.example',
    'ada@mail.example\nBcc: <eve@mail.example>',
    'Bcc: x\r\n <eve@mail.example>',
    'eve@mail.example <ada@mail.example>',
    '<ada@mail.example> <eve@mail.example>',
    'ada@mail.example; eve@mail.example',
    'ada lovelace@mail.example',
    '"ada lovelace"@mail.example',
    'ada@[203.0.113.5]',
    'mailto:',
    'ada@1.2',
    'ada@bücher.example/path',
    `${'a'.repeat(65)}@mail.example`,
  ])('%j is not one', (input) => {
    expect(normalizeEmail(input)).toBeUndefined()
  })
})

it('an e-mail address longer than 254 characters is not one: no server takes it (RFC 5321)', () => {
  expect(normalizeEmail(`${'a'.repeat(250)}@mail.example`)).toBeUndefined()
})

describe('a ZIP code', () => {
  it.each([
    ['78701', 'TX'],
    ['00501', 'NY'],
    ['06390', 'NY'],
    ['20588', 'MD'],
    ['20001', 'DC'],
    ['00601', 'PR'],
    ['00801', 'VI'],
    ['96910', 'GU'],
    ['96950', 'MP'],
    ['96799', 'AS'],
  ])('%s lies in %s', (zip, expected) => {
    expect(stateOfZip(zip)).toBe(expected)
  })

  it.each(['00000', '', 'abcde'])('%j lies nowhere', (zip) => {
    expect(stateOfZip(zip)).toBeUndefined()
  })

  it('lies in a state that programs and rules can name, military mail and associated states too', () => {
    const foundStates = Array.from({ length: 100_000 }, (_, at) => stateOfZip(`${at}`.padStart(5, '0')))

    expect([...new Set(foundStates)].filter((one) => one !== undefined && !state.safeParse(one).success)).toEqual([])
    expect(new Set(foundStates).size).toBeGreaterThanOrEqual(states.length)
  })
})

describe('a contact', () => {
  it('comes in one form for each person', () => {
    expect(normalizeContact({ ...ada, email: ' ADA@mail.example', phone: '+1 (512) 789-1111 ext. 9' })).toEqual({
      contact: { ...ada, phone: '+15127891111', state: 'TX' },
    })
  })

  it('keeps a state that fits the ZIP code', () => {
    expect(normalizeContact({ ...ada, state: 'TX' })).toMatchObject({ contact: { state: 'TX' } })
  })

  it('names each field by which nobody could be reached', () => {
    expect(normalizeContact({ ...ada, email: 'ada', phone: '964523331', zip: '00000' })).toMatchObject({
      errors: [
        { field: 'email', code: 'invalid_email' },
        { field: 'phone', code: 'invalid_phone' },
        { field: 'zip', code: 'unknown_zip' },
      ],
    })
  })

  it.each(['KY', 'TN'])('may say that the ZIP code 42223, which lies in two states, is in %s', (one) => {
    expect(normalizeContact({ ...ada, zip: '42223', state: one })).toMatchObject({ contact: { state: one } })
  })

  it('is in the state of the post office of its ZIP code if it does not say another', () => {
    expect(normalizeContact({ ...ada, zip: '42223' })).toMatchObject({ contact: { state: 'KY' } })
  })

  it.each([
    ['8775551212', 'toll_free_phone'],
    ['9005551212', 'premium_phone'],
    ['+44 20 7946 0958', 'foreign_phone'],
    ['(416) 555-1212', 'foreign_phone'],
    ['(876) 555-1212', 'foreign_phone'],
  ])('has a number at which a visitor can be called, and %s is none: %s', (phone, code) => {
    expect(normalizeContact({ ...ada, phone })).toMatchObject({ errors: [{ field: 'phone', code }] })
  })

  it.each(['787-555-1212', '671-555-1212', '568-789-1111'])('may have the number %s', (phone) => {
    expect(normalizeContact({ ...ada, phone })).toHaveProperty('contact')
  })

  it('is refused where ZIP code and state contradict each other', () => {
    expect(normalizeContact({ ...ada, state: 'OH' })).toEqual({
      errors: [{ field: 'state', code: 'zip_not_in_state', detail: 'must be the state of the ZIP code, which is TX' }],
    })
  })
})
