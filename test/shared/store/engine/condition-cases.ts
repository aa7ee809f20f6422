import type { Condition } from '#shared/store/engine/engine.ts'

export const stored = {
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
export const ofStored: { says: string; when: Condition; holds: boolean }[] = [
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
  ...compared('number', 'equal', [
    [5, true],
    [4, false],
    ['5', false],
    [true, false],
  ]),
  ...compared('number', 'below', [
    [6, true],
    [5, false],
    [4, false],
    ['6', false],
  ]),
  ...compared('number', 'at-most', [
    [6, true],
    [5, true],
    [4, false],
    ['6', false],
  ]),
  ...compared('number', 'above', [
    [4, true],
    [5, false],
    [6, false],
    ['4', false],
  ]),
  ...compared('number', 'at-least', [
    [4, true],
    [5, true],
    [6, false],
    ['4', false],
  ]),
  ...compared('number', 'above', [
    [-1e-100, true],
    [4.999, true],
    [5.001, false],
  ]),
  ...compared('zero', 'equal', [
    [0, true],
    [-0, true],
    [false, false],
    ['', false],
  ]),
  ...compared('text', 'equal', [
    ['m', true],
    ['M', false],
    ['', false],
    [0, false],
  ]),
  ...compared('text', 'below', [
    ['n', true],
    ['m', false],
    ['ma', true],
    [9, false],
  ]),
  ...compared('text', 'above', [
    ['l', true],
    ['m', false],
    ['', true],
    [0, false],
  ]),
  ...compared('face', 'above', [
    ['\uffff', true],
    ['\u{1f5ff}', true],
    ['\u{1f601}', false],
  ]),
  ...compared('yes', 'equal', [
    [true, true],
    [false, false],
    ['true', false],
    [1, false],
  ]),
  ...compared('no', 'equal', [
    [false, true],
    [true, false],
    [0, false],
  ]),
  ...compared('nothing', 'equal', [
    ['', false],
    [0, false],
    [false, false],
  ]),
  ...compared('list', 'equal', [
    [1, false],
    ['1', false],
  ]),
  ...['equal' as const, 'below' as const, 'at-most' as const, 'above' as const, 'at-least' as const].flatMap((is) =>
    compared('gone', is, [
      [0, false],
      ['', false],
    ]),
  ),
  { says: 'one of two is the second', when: { attribute: 'text', is: 'one-of', values: ['a', 'm'] }, holds: true },
  { says: 'one of two is neither', when: { attribute: 'text', is: 'one-of', values: ['a', 'b'] }, holds: false },
  { says: 'one of mixed types', when: { attribute: 'number', is: 'one-of', values: ['5', 5] }, holds: true },
  { says: 'one of the other type', when: { attribute: 'number', is: 'one-of', values: ['5'] }, holds: false },
  { says: 'one of, but missing', when: { attribute: 'gone', is: 'one-of', values: ['', 0] }, holds: false },
  { says: 'all hold', when: { all: [{ exists: true }, number('above', 4)] }, holds: true },
  { says: 'not all hold', when: { all: [{ exists: true }, number('above', 5)] }, holds: false },
  { says: 'any holds', when: { any: [{ exists: false }, number('above', 4)] }, holds: true },
  { says: 'none of any holds', when: { any: [{ exists: false }, number('above', 5)] }, holds: false },
  {
    says: 'any within all binds tighter than its neighbour',
    when: { all: [{ any: [{ exists: true }, { exists: false }] }, number('above', 5)] },
    holds: false,
  },
]

/** And for the lack of one. */
export const ofNothing: { says: string; when: Condition; holds: boolean }[] = [
  { says: 'it does not exist', when: { exists: true }, holds: false },
  { says: 'it is absent', when: { exists: false }, holds: true },
  { says: 'its attributes are absent', when: { attribute: 'text', is: 'absent' }, holds: true },
  { says: 'its key is absent', when: { attribute: 'pk', is: 'absent' }, holds: true },
  { says: 'its attributes are not present', when: { attribute: 'text', is: 'present' }, holds: false },
  { says: 'nothing compares with it', when: number('at-least', 0), holds: false },
  { says: 'absent or equal', when: { any: [{ attribute: 'x', is: 'absent' }, number('equal', 5)] }, holds: true },
]

type Comparison = 'equal' | 'below' | 'at-most' | 'above' | 'at-least'

function compared(attribute: string, is: Comparison, cases: [string | number | boolean, boolean][]) {
  return cases
    .filter(([value]) => is === 'equal' || typeof value !== 'boolean')
    .map(([value, holds]) => ({
      says: `${attribute} is ${is} ${JSON.stringify(value)}`,
      when: { attribute, is, value },
      holds,
    }))
}

function number(is: Comparison, value: number): Condition {
  return { attribute: 'number', is, value }
}
