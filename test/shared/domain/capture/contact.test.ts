import { describe, expect, it } from 'vitest'
import { normalizeContact, normalizeEmail, normalizePhone, stateOfZip } from '#shared/domain/capture/contact.ts'
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
  ])('%s is kept as %s', (input, expected) => {
    expect(normalizePhone(input)).toBe(expected)
  })

  it.each(['964523331', '911', '0000000000', '1234567890', '789-1111', '', 'none', '51278911111111111'])(
    '%s is not one',
    (input) => {
      expect(normalizePhone(input)).toBeUndefined()
    },
  )

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
    'Ada <ada@mail.example>',
    'ada@mail.example\u0000',
    'ada@mail.example\nBcc: eve@mail.example',
    'ad\u202Ea@mail.example',
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

  it('is refused where ZIP code and state contradict each other', () => {
    expect(normalizeContact({ ...ada, state: 'OH' })).toEqual({
      errors: [{ field: 'state', code: 'zip_not_in_state', detail: 'must be the state of the ZIP code, which is TX' }],
    })
  })
})
