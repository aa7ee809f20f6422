import type { Condition } from '#shared/store/engine/engine.ts'

export const storedFields = {
  number: 5,
  zero: 0,
  text: 'm',
  face: '\u{1f600}',
  yes: true,
  no: false,
  nothing: null,
  empty: '',
  list: [1],
}

/** What must hold, and what must not, for that item. */
export const storedCases: { says: string; when: Condition; holds: boolean }[] = [
  { says: 'an item that is there exists', when: { exists: true }, holds: true },
  { says: 'an item that is there is not absent', when: { exists: false }, holds: false },
  { says: 'a stored attribute is present', when: { attribute: 'text', is: 'present' }, holds: true },
  { says: 'null is present', when: { attribute: 'nothing', is: 'present' }, holds: true },
  { says: 'an empty string is present', when: { attribute: 'empty', is: 'present' }, holds: true },
  { says: 'a missing attribute is not present', when: { attribute: 'gone', is: 'present' }, holds: false },
  { says: 'a missing attribute is absent', when: { attribute: 'gone', is: 'absent' }, holds: true },
  { says: 'a stored attribute is not absent', when: { attribute: 'text', is: 'absent' }, holds: false },
  { says: 'a key attribute is present', when: { attribute: 'sk', is: 'present' }, holds: true },
  { says: 'a name with a dot is a name, not a path', when: { attribute: 'list.0', is: 'absent' }, holds: true },
  { says: 'what every object inherits is no attribute', when: { attribute: 'toString', is: 'absent' }, holds: true },
  { says: 'a reserved word is a name like any other', when: { attribute: 'size', is: 'absent' }, holds: true },
  ...createComparisonCases('number', 'equal', [
    [5, true],
    [4, false],
    ['5', false],
    [true, false],
  ]),
  ...createComparisonCases('number', 'below', [
    [6, true],
    [5, false],
    [4, false],
    ['6', false],
  ]),
  ...createComparisonCases('number', 'at-most', [
    [6, true],
    [5, true],
    [4, false],
    ['6', false],
  ]),
  ...createComparisonCases('number', 'above', [
    [4, true],
    [5, false],
    [6, false],
    ['4', false],
  ]),
  ...createComparisonCases('number', 'at-least', [
    [4, true],
    [5, true],
    [6, false],
    ['4', false],
  ]),
  ...createComparisonCases('number', 'above', [
    [-1e-100, true],
    [4.999, true],
    [5.001, false],
  ]),
  ...createComparisonCases('zero', 'equal', [
    [0, true],
    [-0, true],
    [false, false],
    ['', false],
  ]),
  ...createComparisonCases('text', 'equal', [
    ['m', true],
    ['M', false],
    ['', false],
    [0, false],
  ]),
  ...createComparisonCases('text', 'below', [
    ['n', true],
    ['m', false],
    ['ma', true],
    [9, false],
  ]),
  ...createComparisonCases('text', 'above', [
    ['l', true],
    ['m', false],
    ['', true],
    [0, false],
  ]),
  ...createComparisonCases('face', 'above', [
    ['\uffff', true],
    ['\u{1f5ff}', true],
    ['\u{1f601}', false],
  ]),
  ...createComparisonCases('yes', 'equal', [
    [true, true],
    [false, false],
    ['true', false],
    [1, false],
  ]),
  ...createComparisonCases('no', 'equal', [
    [false, true],
    [true, false],
    [0, false],
  ]),
  ...createComparisonCases('nothing', 'equal', [
    ['', false],
    [0, false],
    [false, false],
  ]),
  ...createComparisonCases('list', 'equal', [
    [1, false],
    ['1', false],
  ]),
  ...['equal' as const, 'below' as const, 'at-most' as const, 'above' as const, 'at-least' as const].flatMap((is) =>
    createComparisonCases('gone', is, [
      [0, false],
      ['', false],
    ]),
  ),
  { says: 'one of two is the second', when: { attribute: 'text', is: 'one-of', values: ['a', 'm'] }, holds: true },
  { says: 'one of two is neither', when: { attribute: 'text', is: 'one-of', values: ['a', 'b'] }, holds: false },
  { says: 'one of mixed types', when: { attribute: 'number', is: 'one-of', values: ['5', 5] }, holds: true },
  { says: 'one of the other type', when: { attribute: 'number', is: 'one-of', values: ['5'] }, holds: false },
  { says: 'one of, but missing', when: { attribute: 'gone', is: 'one-of', values: ['', 0] }, holds: false },
  { says: 'all hold', when: { all: [{ exists: true }, compareNumber('above', 4)] }, holds: true },
  { says: 'not all hold', when: { all: [{ exists: true }, compareNumber('above', 5)] }, holds: false },
  { says: 'any holds', when: { any: [{ exists: false }, compareNumber('above', 4)] }, holds: true },
  { says: 'none of any holds', when: { any: [{ exists: false }, compareNumber('above', 5)] }, holds: false },
  {
    says: 'any within all binds tighter than its neighbour',
    when: { all: [{ any: [{ exists: true }, { exists: false }] }, compareNumber('above', 5)] },
    holds: false,
  },
]

/** And for the lack of one. */
export const absentCases: { says: string; when: Condition; holds: boolean }[] = [
  { says: 'it does not exist', when: { exists: true }, holds: false },
  { says: 'it is absent', when: { exists: false }, holds: true },
  { says: 'its attributes are absent', when: { attribute: 'text', is: 'absent' }, holds: true },
  { says: 'its key is absent', when: { attribute: 'pk', is: 'absent' }, holds: true },
  { says: 'its attributes are not present', when: { attribute: 'text', is: 'present' }, holds: false },
  { says: 'nothing compares with it', when: compareNumber('at-least', 0), holds: false },
  {
    says: 'absent or equal',
    when: { any: [{ attribute: 'x', is: 'absent' }, compareNumber('equal', 5)] },
    holds: true,
  },
]

type Comparison = 'equal' | 'below' | 'at-most' | 'above' | 'at-least'

function createComparisonCases(attribute: string, is: Comparison, cases: [string | number | boolean, boolean][]) {
  return cases
    .filter(([value]) => is === 'equal' || typeof value !== 'boolean')
    .map(([value, holds]) => ({
      says: `${attribute} is ${is} ${JSON.stringify(value)}`,
      when: { attribute, is, value },
      holds,
    }))
}

function compareNumber(is: Comparison, value: number): Condition {
  return { attribute: 'number', is, value }
}
