import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  currentDisclosureVersion,
  disclosureText,
  listingDisclosure,
  rankingBasis,
} from '#shared/domain/capture/disclosure.ts'
import { text } from '#shared/domain/vocabulary.ts'

const schools = ['Alder College', 'Birch Institute', 'Cedar University']

describe('the consent text of 2026-11-01', () => {
  // Consent is kept five years, so what a version once said it says for ever. Never mend these: add a version.
  it.each([
    ['one school', schools.slice(0, 1), '2c3c12bc6ecb7c9e6229c0bc79fdbb3bb14d1bc4aef2c07ad5d5b2def8c735e5'],
    ['two schools', schools.slice(0, 2), '44de0d41cee3708cf625556219a7aceabe2cc37debd851ba4d61505472930e88'],
    ['three schools', schools, '745a205609862bba18d0caa4cb257d780a7d96078b872b3a96ab125caa2723b7'],
    ['no school', [], 'e21c2976757cacfd80920e595604f7a510e3e2e51207f5ee777302bfd73e76f9'],
  ])('has not changed a byte for %s', (_, names, sha256) => {
    expect(hash(disclosureText('2026-11-01', names))).toBe(sha256)
  })

  it('joins the names as one reads them', () => {
    expect(disclosureText('2026-11-01', schools.slice(0, 1))).toContain('that Alder College may contact me')
    expect(disclosureText('2026-11-01', schools.slice(0, 2))).toContain('that Alder College and Birch Institute may')
    expect(disclosureText('2026-11-01', schools)).toContain('Alder College, Birch Institute, and Cedar University may')
  })

  it('keeps the order in which the schools were shown', () => {
    expect(disclosureText('2026-11-01', schools)).not.toBe(disclosureText('2026-11-01', schools.toReversed()))
  })

  it('says what the law asks for: signature, phone, automated calls, no condition of purchase, a way back', () => {
    for (const phrase of ['electronic signature', 'phone number', 'automated', 'need not agree', 'withdraw my consent'])
      expect(disclosureText('2026-11-01', schools)).toContain(phrase)
  })

  it('fits into a stored consent with as many schools as a match names, at their longest', () => {
    const longest = Array.from({ length: 10 }, () => 'A'.repeat(200))
    expect(text(20_000).safeParse(disclosureText('2026-11-01', longest)).success).toBe(true)
  })
})

it('gives nobody permission where no school is named', () => {
  expect(disclosureText(currentDisclosureVersion, [])).toContain('nobody is given permission')
})

it.each(['2020-01-01', '', 'toString', 'constructor', '__proto__'])('has no text of a version %j', (version) => {
  expect(disclosureText(version, schools)).toBeUndefined()
})

it('says above every list that the schools pay, and how they are ranked', () => {
  expect(listingDisclosure.text).toMatch(/pay to be listed/)
  expect(rankingBasis).toMatch(/paid placement/)
})

function hash(consentText: string | undefined): string | undefined {
  return consentText && createHash('sha256').update(consentText).digest('hex')
}
