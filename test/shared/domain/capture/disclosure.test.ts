import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  currentDisclosureVersion,
  listingDisclosure,
  rankingBasis,
  renderDisclosureText,
} from '#shared/domain/capture/disclosure.ts'
import { text } from '#shared/domain/vocabulary.ts'

const versions = ['2026-11-01', '2026-11-28']
const schools = ['Alder College', 'Birch Institute', 'Cedar University']

// Consent is kept five years, so the text of a version never changes. Do not edit these hashes: add a version.
describe('consent text', () => {
  it.each([
    [
      '2026-11-01',
      'one school',
      schools.slice(0, 1),
      '2c3c12bc6ecb7c9e6229c0bc79fdbb3bb14d1bc4aef2c07ad5d5b2def8c735e5',
    ],
    [
      '2026-11-01',
      'two schools',
      schools.slice(0, 2),
      '44de0d41cee3708cf625556219a7aceabe2cc37debd851ba4d61505472930e88',
    ],
    ['2026-11-01', 'three schools', schools, '745a205609862bba18d0caa4cb257d780a7d96078b872b3a96ab125caa2723b7'],
    ['2026-11-01', 'no school', [], 'e21c2976757cacfd80920e595604f7a510e3e2e51207f5ee777302bfd73e76f9'],
    [
      '2026-11-28',
      'one school',
      schools.slice(0, 1),
      '1ca9ef78185c026f1bb68b6987c7ae5a6d68c7df60b406851b3688101a2a1543',
    ],
    [
      '2026-11-28',
      'two schools',
      schools.slice(0, 2),
      'de44e3223197a91022e49b5f765044c96a02b2faf07a9e000753025b0aa6e8ca',
    ],
    ['2026-11-28', 'three schools', schools, 'd66d5fece67199c51d5e12b62ff28159532b58d5acbbe4d04a43a2080785aa0f'],
    ['2026-11-28', 'no school', [], '9da5f0061f0c0f4f139210627342d5f34294b5b2490ecef3d5558942d87d4d72'],
  ])('keeps every byte of version %s for %s', (version, _, names, sha256) => {
    expect(hash(renderDisclosureText(version, names))).toBe(sha256)
  })

  it.each(versions)('joins the school names as an English list in version %s', (version) => {
    const render = (count: number) => renderDisclosureText(version, schools.slice(0, count))
    expect(render(1)).toContain('that Alder College may contact me')
    expect(render(2)).toContain('that Alder College and Birch Institute may')
    expect(render(3)).toContain('Alder College, Birch Institute, and Cedar University may')
  })

  it.each(versions)('keeps the order in which the schools were shown in version %s', (version) => {
    expect(renderDisclosureText(version, schools)).not.toBe(renderDisclosureText(version, schools.toReversed()))
  })

  it.each([
    ['2026-11-01', 'need not agree'],
    [currentDisclosureVersion, 'Consent is not required to enroll or to make a purchase'],
  ])('covers what the law requires in version %s', (version, noCondition) => {
    for (const phrase of ['electronic signature', 'phone number', 'automated', noCondition, 'withdraw my consent'])
      expect(renderDisclosureText(version, schools)).toContain(phrase)
  })

  it.each(versions)('fits into a stored consent with ten schools of the longest names in version %s', (version) => {
    const longest = Array.from({ length: 10 }, () => 'A'.repeat(200))
    expect(text(20_000).safeParse(renderDisclosureText(version, longest)).success).toBe(true)
  })
})

it('gives no one permission if no school is named', () => {
  expect(renderDisclosureText(currentDisclosureVersion, [])).toContain('no one has permission')
})

it.each(['2020-01-01', '', 'toString', 'constructor', '__proto__'])(
  'returns undefined for the unknown version %j',
  (version) => {
    expect(renderDisclosureText(version, schools)).toBeUndefined()
  },
)

it('discloses above every list that schools pay and how they are ranked', () => {
  expect(listingDisclosure.text).toMatch(/pay to be listed/)
  expect(rankingBasis).toMatch(/paid placement/)
})

function hash(consentText: string | undefined): string | undefined {
  return consentText && createHash('sha256').update(consentText).digest('hex')
}
