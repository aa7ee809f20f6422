import { describe, expect, it } from 'vitest'
import { leadColumns } from '#cli/import/leads/lead-columns.ts'
import { parseLeadRows } from '#cli/import/leads/parse-lead-rows.ts'

const consentText = 'I agree that Tall Grass College may call me.'
const example = Object.fromEntries(leadColumns.map(({ name, example: text }) => [name, text]))

function parseRows(rows: { [column: string]: string }[], texts: { consentText?: string } = { consentText }) {
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return parseLeadRows({ header, rows: rows.map((cells, index) => ({ number: index + 2, cells })) }, texts)
}

describe('parseLeadRows', () => {
  it('reads its own template, with lists, numbers, yes and no, and the time of consent in UTC', () => {
    const { plans, faults } = parseRows([{ ...example, 'answers.veteran': 'yes', 'utm.source': 'fair' }])
    expect(faults).toEqual([])
    expect(plans).toMatchObject([
      {
        row: 2,
        id: 'fair-2026-0001',
        body: {
          age: 27,
          military: false,
          test: true,
          answers: { veteran: 'yes' },
          utm: { source: 'fair' },
          consent: {
            granted: true,
            text: consentText,
            grantedAt: '2026-11-23T15:04:05.000Z',
            schoolsNamed: ['tall-grass-college'],
          },
        },
      },
    ])
  })

  it('takes the text of the row before the text of the file', () => {
    const [plan] = parseRows([{ ...example, consentText: 'Another text.' }]).plans
    expect(plan?.body.consent.text).toBe('Another text.')
  })

  it('names row and column of each fault, and repeats no value', () => {
    const { plans, faults } = parseRows([
      { ...example, schoolsNamed: '' },
      { ...example, id: 'b', zip: '', consentGrantedAt: 'yesterday' },
      { ...example, id: 'c' },
      { ...example, id: 'c' },
      { ...example, id: 'has space' },
      { ...example, id: 'd', email: 'secret-person', phone: '(212) 555-secret' },
    ])
    expect(plans.map(({ id }) => id)).toEqual(['c'])
    expect(faults.map(({ row, column }) => `${row} ${column}`)).toEqual([
      '2 schoolsNamed',
      '3 zip',
      '3 consentGrantedAt',
      '5 id',
      '6 id',
      '7 email',
      '7 phone',
    ])
    expect(JSON.stringify(faults)).not.toContain('secret')
  })

  it('refuses a file without proof of consent, and columns that it would ignore', () => {
    const { consentText: _text, consentGrantedAt: _time, ...without } = example
    expect(parseRows([{ ...without, notes: 'x' }], {}).faults).toMatchObject([
      { row: 1, column: 'notes' },
      { row: 1, column: 'consentGrantedAt' },
      { row: 1, column: 'consentText', detail: expect.stringContaining('--consent-text') },
    ])
  })
})
