import { describe, expect, it } from 'vitest'
import { normaliseContact, normaliseEmail, normalisePhone, stateOfZip } from '#shared/domain/capture/contact.ts'
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
  ])('%s is kept as %s', (given, kept) => {
    expect(normalisePhone(given)).toBe(kept)
  })

  it.each(['964523331', '911', '0000000000', '1234567890', '789-1111', '', 'none', '51278911111111111'])(
    '%s is not one',
    (given) => {
      expect(normalisePhone(given)).toBeUndefined()
    },
  )

  it('normalises to itself', () => {
    expect(normalisePhone('+15127891111')).toBe('+15127891111')
  })
})

describe('an e-mail address', () => {
  it.each([
    [' Ada@Mail.Example ', 'ada@mail.example'],
    ['ADA+forms@MAIL.EXAMPLE', 'ada+forms@mail.example'],
    ["dara.o'neil@mail.example", "dara.o'neil@mail.example"],
    ['ada@xn--bcher-kva.example', 'ada@xn--bcher-kva.example'],
  ])('%s is kept as %s', (given, kept) => {
    expect(normaliseEmail(given)).toBe(kept)
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
  ])('%j is not one', (given) => {
    expect(normaliseEmail(given)).toBeUndefined()
  })
})

it('an e-mail address longer than 254 characters is not one: no server takes it (RFC 5321)', () => {
  expect(normaliseEmail(`${'a'.repeat(250)}@mail.example`)).toBeUndefined()
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
    const found = Array.from({ length: 100_000 }, (_, at) => stateOfZip(`${at}`.padStart(5, '0')))

    expect([...new Set(found)].filter((one) => one !== undefined && !state.safeParse(one).success)).toEqual([])
    expect(new Set(found).size).toBeGreaterThanOrEqual(states.length)
  })
})

describe('a contact', () => {
  it('comes in one form for each person', () => {
    expect(normaliseContact({ ...ada, email: ' ADA@mail.example', phone: '+1 (512) 789-1111 ext. 9' })).toEqual({
      contact: { ...ada, phone: '+15127891111', state: 'TX' },
    })
  })

  it('keeps a state that fits the ZIP code', () => {
    expect(normaliseContact({ ...ada, state: 'TX' })).toMatchObject({ contact: { state: 'TX' } })
  })

  it('names each field by which nobody could be reached', () => {
    expect(normaliseContact({ ...ada, email: 'ada', phone: '964523331', zip: '00000' })).toMatchObject({
      faults: [
        { field: 'email', code: 'invalid_email' },
        { field: 'phone', code: 'invalid_phone' },
        { field: 'zip', code: 'unknown_zip' },
      ],
    })
  })

  it('is refused where ZIP code and state contradict each other', () => {
    expect(normaliseContact({ ...ada, state: 'OH' })).toEqual({
      faults: [{ field: 'state', code: 'zip_not_in_state', detail: 'does not fit the ZIP code, which is in TX' }],
    })
  })
})
