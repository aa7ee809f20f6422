import { describe, expect, it } from 'vitest'
import { planPrograms } from '#cli/import/scorecard/plan-programs.ts'
import type { FieldOffering } from '#cli/import/scorecard/read-scorecard.ts'
import { aCareer } from '#test/builders/career.ts'

const records = {
  row: 7,
  cip4: '5107',
  title: 'Health and Medical Administrative Services',
  unitId: '100654',
  institution: 'A',
}
const careers = [
  { id: 'health-record-technician', version: 1, career: withFields('51.0707', '51.0713') },
  { id: 'medical-coder', version: 1, career: withFields('51.0713') },
  { id: 'farmer', version: 1, career: withFields('01.0101') },
]
const schools = new Map([
  ['alder', { version: 1, body: { ipedsId: '100654' } }],
  ['birch', { version: 1, body: { name: 'No number' } }],
])

describe('planPrograms', () => {
  it('makes a program of each field and level of a stored school that leads to a stored career', () => {
    const { plans, notes } = planAll([
      { ...records, level: 'associate' },
      { ...records, level: 'bachelor' },
      { ...records, level: 'bachelor' },
      { ...records, level: 'bachelor', unitId: '111111' },
      { ...records, level: 'bachelor', unitId: null },
      { ...records, level: 'bachelor', cip4: '5138' },
    ])
    expect(notes).toEqual([])
    expect(plans.map(({ id, body }) => [id, body.name, body.careerSlugs])).toEqual([
      [
        'alder-5107-associate',
        'Health and Medical Administrative Services, associate degree',
        ['health-record-technician', 'medical-coder'],
      ],
      ['alder-5107-bachelor', expect.stringMatching(/, bachelor’s degree$/), expect.any(Array)],
    ])
    const body = { schoolId: 'alder', level: 'associate', modality: 'campus', sponsored: false }
    expect(plans[0]).toMatchObject({ row: 7, body })
  })

  it('leaves programs that are there as they are, also under another ID', () => {
    const offerings = [{ ...records, level: 'associate' as const }]
    const stored = (id: string, body: object) => new Map([[id, { version: 2, body: { ...body } }]])
    expect(planAll(offerings, stored('alder-5107-associate', { schoolId: 'alder' })).plans).toEqual([])
    const own = { schoolId: 'alder', level: 'associate', cip: '51.0707' }
    expect(planAll(offerings, stored('hit', own)).plans).toEqual([])
    expect(planAll(offerings, stored('hit', { ...own, level: 'bachelor' })).plans).toHaveLength(1)
  })

  it('names a program that would have the ID of another', () => {
    const toSchool = (end: string) =>
      [`${'a'.repeat(60)}${end}`, { version: 1, body: { ipedsId: `10000${end}` } }] as const
    const offerings = ['1', '2'].map((end) => ({ ...records, level: 'master' as const, unitId: `10000${end}` }))
    const stored = { careers, schools: new Map([toSchool('1'), toSchool('2')]), programs: new Map() }
    const { plans, notes } = planPrograms(offerings, stored, 'online')
    expect([plans.length, notes]).toEqual([1, [expect.stringContaining('two programs would have this ID')]])
  })

  it('keeps IDs and names within their limits', () => {
    const id = 'a'.repeat(64)
    const { plans } = planPrograms(
      [{ ...records, level: 'certificate', title: 'T'.repeat(400) }],
      { careers, schools: new Map([[id, { version: 1, body: { ipedsId: '100654' } }]]), programs: new Map() },
      'online',
    )
    expect([plans[0]?.id.length, String(plans[0]?.body.name).length]).toEqual([64, 200])
    expect(plans[0]?.id).toMatch(/-5107-certificate$/)
  })
})

function withFields(...cips: string[]) {
  return aCareer({ fieldsOfStudy: cips.map((cip) => ({ cip, title: cip })) })
}

function planAll(
  offerings: readonly FieldOffering[],
  programs: Parameters<typeof planPrograms>[1]['programs'] = new Map(),
) {
  return planPrograms(offerings, { careers, schools, programs }, 'campus')
}
