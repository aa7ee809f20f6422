import type { LeadProfile } from '#shared/domain/capture/lead-profile.ts'
import type { Operator, RuleValue } from '#shared/domain/routing/rule-values.ts'

type ProfileFields = Partial<LeadProfile>
type Case = [field: string, op: Operator, value: RuleValue, holdsFor: ProfileFields[], failsFor: ProfileFields[]]

const level = (highestLevel: LeadProfile['education']['highestLevel']): ProfileFields => ({
  education: { highestLevel },
})
const zip = (code: string): ProfileFields => ({ zip: code })
const age = (years: number): ProfileFields => ({ age: years })
const gpa = (points: number): ProfileFields => ({ gpa: points })
const withAnswer = (value: string | number | boolean | string[]): ProfileFields => ({ answers: { shift: value } })
const sub = (value: string): ProfileFields => ({ subIds: { s1: value } })
const utm = (value: string): ProfileFields => ({ utm: { medium: value } })
const at = (instant: string): ProfileFields => ({ at: instant })

/** Every operator on every field, with profiles that match and profiles that do not. */
export const ruleCases: readonly Case[] = [
  ['contact.zip', 'equals', '78701', [zip('78701')], [zip('78702')]],
  ['contact.zip', 'in', ['78701', '10001'], [zip('78701'), zip('10001')], [zip('78702')]],
  ['contact.zip', 'prefix', '787', [zip('78701'), zip('78799')], [zip('77001'), zip('17870')]],
  ['contact.zip', 'prefix', ['787', '1'], [zip('78701'), zip('10001')], [zip('77001')]],
  ['state', 'equals', 'TX', [{ state: 'TX' }], [{ state: 'OH' }]],
  ['state', 'in', ['TX', 'OH'], [{ state: 'TX' }, { state: 'OH' }], [{ state: 'NY' }]],
  ['age', 'equals', 21, [age(21)], [age(20), age(22), {}]],
  ['age', 'in', [21, 30], [age(21), age(30)], [age(25), {}]],
  ['age', 'between', [18, 24], [age(18), age(20), age(24)], [age(17), age(25), {}]],
  ['age', 'at-least', 18, [age(18), age(99)], [age(17), {}]],
  ['age', 'at-most', 24, [age(13), age(24)], [age(25), {}]],
  ['education.highestLevel', 'equals', 'ged', [level('ged')], [level('none'), level('high-school-diploma')]],
  ['education.highestLevel', 'in', ['ged', 'master'], [level('ged'), level('master')], [level('bachelor')]],
  [
    'education.highestLevel',
    'between',
    ['some-college', 'bachelor'],
    [level('some-college'), level('associate'), level('bachelor')],
    [level('high-school-diploma'), level('master')],
  ],
  [
    'education.highestLevel',
    'at-least',
    'associate',
    [level('associate'), level('bachelor'), level('master'), level('doctorate')],
    [level('none'), level('ged'), level('high-school-diploma'), level('some-college')],
  ],
  ['education.highestLevel', 'at-most', 'ged', [level('none'), level('ged')], [level('doctorate'), level('associate')]],
  ['startWindow', 'equals', 'not-sure', [{ startWindow: 'not-sure' }], [{ startWindow: 'immediately' }, {}]],
  ['startWindow', 'in', ['immediately', '1-3-months'], [{ startWindow: 'immediately' }], [{ startWindow: 'not-sure' }]],
  [
    'startWindow',
    'between',
    ['1-3-months', '7-12-months'],
    [{ startWindow: '1-3-months' }, { startWindow: '4-6-months' }, { startWindow: '7-12-months' }],
    [{ startWindow: 'immediately' }, { startWindow: 'over-a-year' }, {}],
  ],
  ['startWindow', 'at-least', '7-12-months', [{ startWindow: 'over-a-year' }], [{ startWindow: '4-6-months' }, {}]],
  [
    'startWindow',
    'at-most',
    '4-6-months',
    [{ startWindow: 'immediately' }, { startWindow: '4-6-months' }],
    [{ startWindow: '7-12-months' }, {}],
  ],
  ['modality', 'equals', 'online', [{ modality: 'online' }], [{ modality: 'campus' }, {}]],
  ['modality', 'in', ['online', 'hybrid'], [{ modality: 'hybrid' }], [{ modality: 'campus' }, {}]],
  ['military', 'equals', true, [{ military: true }], [{ military: false }, {}]],
  ['military', 'equals', false, [{ military: false }], [{ military: true }, {}]],
  ['gpa', 'equals', 3, [gpa(3)], [gpa(3.1), {}]],
  ['gpa', 'between', [2.5, 3.5], [gpa(2.5), gpa(3.5)], [gpa(2.4), gpa(3.6), {}]],
  ['gpa', 'at-least', 3, [gpa(3), gpa(4)], [gpa(2.99), {}]],
  ['gpa', 'at-most', 3, [gpa(0), gpa(3)], [gpa(3.01), {}]],
  ['source', 'equals', 'blog', [{ sourceId: 'blog' }], [{ sourceId: 'blog-2' }]],
  ['source', 'in', ['blog', 'forum'], [{ sourceId: 'forum' }], [{ sourceId: 'mail' }]],
  ['source', 'prefix', 'blog', [{ sourceId: 'blog-2' }], [{ sourceId: 'my-blog' }]],
  ['career', 'equals', 'coder', [{ careerSlug: 'coder' }], [{ careerSlug: 'nurse' }]],
  ['career', 'in', ['coder', 'nurse'], [{ careerSlug: 'nurse' }], [{ careerSlug: 'cook' }]],
  ['time', 'at-least', '2026-11-23T15:00:00Z', [at('2026-11-23T15:00:00.000Z')], [at('2026-11-23T14:59:59.999Z')]],
  ['time', 'at-most', '2026-11-23T15:00:00Z', [at('2026-11-23T15:00:00.000Z')], [at('2026-11-23T15:00:00.001Z')]],
  [
    'time',
    'between',
    ['2026-11-23T15:00:00.000Z', '2026-11-23T16:00:00Z'],
    [at('2026-11-23T15:00:00Z'), at('2026-11-23T16:00:00.000Z')],
    [at('2026-11-23T14:59:59Z'), at('2026-11-23T16:00:00.001Z')],
  ],
  [
    'answers.shift',
    'equals',
    'yes',
    [withAnswer('yes'), withAnswer(['yes', 'no'])],
    [withAnswer('no'), withAnswer(true), {}],
  ],
  [
    'answers.shift',
    'in',
    ['red', 'blue'],
    [withAnswer('red'), withAnswer(['green', 'blue'])],
    [withAnswer('green'), {}],
  ],
  ['answers.shift', 'prefix', 'RN', [withAnswer('RN-12')], [withAnswer('LPN'), withAnswer(7), {}]],
  [
    'answers.shift',
    'contains',
    'night',
    [withAnswer(['day', 'night'])],
    [withAnswer(['day']), withAnswer('nightly'), {}],
  ],
  [
    'answers.shift',
    'between',
    [1, 5],
    [withAnswer(1), withAnswer(5)],
    [withAnswer(0), withAnswer(6), withAnswer('3'), {}],
  ],
  ['answers.shift', 'between', ['2026-01-01', '2026-12-31'], [withAnswer('2026-05-05')], [withAnswer('2027-01-01')]],
  [
    'answers.shift',
    'at-least',
    3,
    [withAnswer(3), withAnswer(4)],
    [withAnswer(2.9), withAnswer('4'), withAnswer(true), {}],
  ],
  ['answers.shift', 'at-most', 3, [withAnswer(3)], [withAnswer(3.1), {}]],
  ['subIds.s1', 'equals', 'a', [sub('a')], [sub('b'), {}]],
  ['subIds.s1', 'in', ['a', 'b'], [sub('b')], [sub('c'), {}]],
  ['subIds.s1', 'prefix', 'ab', [sub('abc')], [sub('ba'), {}]],
  ['utm.medium', 'equals', 'cpc', [utm('cpc')], [utm('mail'), {}]],
  ['utm.medium', 'in', ['cpc', 'mail'], [utm('mail')], [utm('print'), {}]],
  ['utm.medium', 'prefix', 'c', [utm('cpc')], [utm('mail'), {}]],
]
