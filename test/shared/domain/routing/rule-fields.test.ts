import { describe, expect, it } from 'vitest'
import { createProfileReader } from '#shared/domain/capture/lead-profile.ts'
import { findField } from '#shared/domain/routing/rule-fields.ts'
import { operators } from '#shared/domain/routing/rule-values.ts'
import { evaluateRule, rule } from '#shared/domain/routing/rules.ts'
import { aLeadProfile } from '#test/builders/lead.ts'
import { ruleCases } from './rule-cases.ts'

const fields = [...new Set(ruleCases.map(([field]) => field))]
const namedCases = ruleCases.map((one) => ({ sentence: `${one[0]} ${one[1]} ${one[2]}`, one }))

describe('a rule test', () => {
  it.each(namedCases)('evaluates $sentence', ({ one: [field, op, value, holdsFor, failsFor] }) => {
    const test = rule.parse({ field, op, value })
    for (const profileFields of holdsFor)
      expect(evaluateRule(test, createProfileReader(aLeadProfile(profileFields)))).toEqual({ holds: true })
    for (const profileFields of failsFor)
      expect(evaluateRule(test, createProfileReader(aLeadProfile(profileFields)))).toMatchObject({ holds: false })
  })
})

describe.each(fields)('%s', (field) => {
  const testedOperators = new Set(ruleCases.filter(([name]) => name === field).map(([, op]) => op))

  it('is tested above with every operator that it allows', () => {
    expect([...testedOperators].toSorted()).toEqual([...(findField(field)?.operators ?? [])].toSorted())
  })

  it('rejects every other operator', () => {
    for (const op of operators.filter((one) => !testedOperators.has(one)))
      expect(rule.safeParse({ field, op, value: 1 }).error?.issues.map(({ path }) => path)).toEqual([['op']])
  })
})

describe('a value that a field can never have', () => {
  it.each([
    ['contact.zip', 'equals', 78701],
    ['contact.zip', 'prefix', 'SW1'],
    ['contact.zip', 'prefix', '787012'],
    ['contact.zip', 'equals', '787'],
    ['contact.zip', 'in', ['78701', '787']],
    ['state', 'equals', 'Texas'],
    ['state', 'in', ['TX', 'XX']],
    ['age', 'at-least', '18'],
    ['age', 'between', [24, 18]],
    ['education.highestLevel', 'at-least', 'kindergarten'],
    ['education.highestLevel', 'between', ['master', 'ged']],
    ['startWindow', 'equals', 'someday'],
    ['modality', 'in', ['online', 'by post']],
    ['military', 'equals', 'yes'],
    ['gpa', 'at-least', '3.0'],
    ['time', 'at-least', 'tomorrow'],
    ['time', 'at-least', '2026-99-99T99:99:99Z'],
    ['source', 'equals', 7],
  ])('is rejected: %s %s %j', (field, op, value) => {
    expect(rule.safeParse({ field, op, value }).error?.issues.map(({ path }) => path)).toEqual([['value']])
  })
})

describe('a value of the wrong shape', () => {
  it.each([
    ['state', 'in', 'TX'],
    ['state', 'equals', ['TX', 'OH']],
    ['age', 'between', 18],
    ['age', 'between', [18]],
    ['age', 'between', [18, 20, 22]],
    ['age', 'at-least', [18]],
    ['answers.shift', 'contains', ['a', 'b']],
  ])('is rejected: %s %s %j', (field, op, value) => {
    expect(rule.safeParse({ field, op, value }).error?.issues.map(({ path }) => path)).toEqual([['value']])
  })
})

describe('a field that does not exist', () => {
  it.each([
    'zip',
    'contact.email',
    'contact.phone',
    'answers.',
    'answers',
    'answers.no such name\n',
    'answers.constructor',
    'utm.',
    '',
    'constructor',
    'toString',
    '__proto__',
    'hasOwnProperty',
  ])('is rejected: %j', (field) => {
    expect(rule.safeParse({ field, op: 'equals', value: 'x' }).error?.issues.map(({ path }) => path)).toEqual([
      ['field'],
    ])
  })
})

it.each(['answers', 'subIds', 'utm'])('reads no inherited object members from missing %s', (family) => {
  const readField = createProfileReader(aLeadProfile({ answers: {}, subIds: {}, utm: {} }))
  expect(readField(`${family}.toString`)).toBeUndefined()
  expect(readField(`${family}.valueOf`)).toBeUndefined()
})
