import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskContact, maskIp, maskLabels, maskUrl } from '#shared/domain/aftercare/mask.ts'

const contact = {
  firstName: 'Ada',
  lastName: 'Lovelace',
  email: 'ada.lovelace@mail.example',
  phone: '+15127891111',
  zip: '78701',
}

describe('masking', () => {
  it('keeps enough to tell people in a list apart', () => {
    expect(maskContact(contact)).toEqual({
      firstName: 'A…',
      lastName: 'L…',
      email: 'a…@mail.example',
      phone: '…11',
      zip: '78701',
    })
    expect(maskIp('198.51.100.7')).toBe('198.51.100.…')
    expect(maskIp('2001:db8:1:2::7')).toBe('2001:db8:1:…')
    expect(maskUrl('https://careers.example/page?email=ada@mail.example#x')).toBe('https://careers.example/page?…')
    expect(maskUrl('https://careers.example/page')).toBe('https://careers.example/page')
    expect(maskLabels({ ad: '7', who: 'ada@mail.example', tel: '512-789-1111' })).toEqual({
      ad: '7',
      who: '…',
      tel: '…',
    })
  })

  it('keeps nothing by which a person can be contacted', () => {
    const name = fc.string({ minLength: 4, maxLength: 40, unit: 'grapheme' })
    const local = fc.stringMatching(/^[a-z]{4,20}$/)
    fc.assert(
      fc.property(name, name, local, fc.stringMatching(/^\+1[2-9]\d{9}$/), (firstName, lastName, mailbox, phone) => {
        const input = { ...contact, firstName, lastName, email: `${mailbox}@m.example`, phone }
        const maskedContact = maskContact(input)
        for (const [at, value] of [firstName, lastName, mailbox, phone].entries())
          expect(
            [maskedContact.firstName, maskedContact.lastName, maskedContact.email, maskedContact.phone][at],
          ).not.toContain(value)
      }),
    )
  })
})
