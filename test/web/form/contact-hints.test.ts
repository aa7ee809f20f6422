import { describe, expect, it } from 'vitest'
import { formatPhone } from '#web/form/format-phone.ts'
import { suggestEmail } from '#web/form/suggest-email.ts'

describe('an email address with a typing mistake', () => {
  it.each([
    ['ada@gamil.com', 'ada@gmail.com'],
    ['ada@gmial.com', 'ada@gmail.com'],
    ['Ada.B@GMAIL.CON', 'ada.b@gmail.com'],
    ['ada@gmail.co', 'ada@gmail.com'],
    ['ada@yaho.com', 'ada@yahoo.com'],
    ['ada@hotmial.com', 'ada@hotmail.com'],
    ['ada@outlok.com', 'ada@outlook.com'],
    ['ada@icoud.com', 'ada@icloud.com'],
    ['ada@college.con', 'ada@college.com'],
  ])('%s is probably %s', (typed, meant) => {
    expect(suggestEmail(typed)).toBe(meant)
  })

  it.each([
    'ada@gmail.com',
    'ada@mail.com',
    'ada@ymail.com',
    'ada@email.com',
    'ada@me.com',
    'ada@mail.example.com',
    'ada@utexas.edu',
    'ada@gmail',
    'ada',
    '@gamil.com',
    '',
  ])('%j gets no hint', (typed) => {
    expect(suggestEmail(typed)).toBeUndefined()
  })
})

describe('a phone number as it is typed', () => {
  it('is grouped digit by digit, and can be deleted again', () => {
    let shown = ''
    const shownTexts = [...'5125550123'].map((digit) => {
      shown = formatPhone(shown + digit)
      return shown
    })
    expect(shownTexts).toEqual([
      '5',
      '51',
      '512',
      '(512) 5',
      '(512) 55',
      '(512) 555',
      '(512) 555-0',
      '(512) 555-01',
      '(512) 555-012',
      '(512) 555-0123',
    ])
    while (shown !== '') {
      const shorter = formatPhone(shown.slice(0, -1))
      expect(shorter.length).toBeLessThan(shown.length)
      shown = shorter
    }
  })

  it.each([
    ['+1 512 555 0123', '(512) 555-0123'],
    ['1-512-555-0123', '(512) 555-0123'],
    ['512.555.0123', '(512) 555-0123'],
    ['+44 20 7946 0958', '+44 20 7946 0958'],
    ['512 555 0123 x12', '512 555 0123 x12'],
    ['51255501234', '51255501234'],
  ])('%j becomes %j', (typed, shown) => {
    expect(formatPhone(typed)).toBe(shown)
  })
})
