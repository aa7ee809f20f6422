import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createProfileReader } from '#shared/domain/capture/lead-profile.ts'
import { verdict } from '#shared/domain/routing/decision.ts'
import { evaluateRule, type Rule, type RuleResult, rule } from '#shared/domain/routing/rules.ts'
import { locate, toFieldErrors } from '#shared/http/to-field-errors.ts'
import { leadProfiles, rules } from '#test/builders/arbitraries.ts'
import { aLeadProfile } from '#test/builders/lead.ts'

const adult: Rule = { field: 'age', op: 'at-least', value: 18 }
const texan: Rule = { field: 'state', op: 'equals', value: 'TX' }
const goodGrades: Rule = { field: 'gpa', op: 'at-least', value: 3 }

describe('all', () => {
  it('holds if each part holds', () => {
    expect(evaluate({ all: [adult, texan] }, { age: 20 })).toEqual({ holds: true })
  })

  it('fails with the reason of the first part that fails', () => {
    expect(evaluate({ all: [texan, goodGrades, adult] }, { age: 17, gpa: 2 })).toMatchObject({ reason: 'GPA' })
  })
})

describe('any', () => {
  it('holds if one part holds', () => {
    expect(evaluate({ any: [goodGrades, adult] }, { age: 20 })).toEqual({ holds: true })
  })

  it('fails with the reason of its first part if no part holds', () => {
    expect(evaluate({ any: [goodGrades, adult] }, { age: 17, gpa: 2 })).toMatchObject({ reason: 'GPA' })
  })
})

describe('not', () => {
  it('fails with CUSTOM_RULE if the inner rule holds', () => {
    expect(evaluate({ not: texan }, {})).toMatchObject({ holds: false, reason: 'CUSTOM_RULE' })
    expect(evaluate({ not: texan }, { state: 'OH' })).toEqual({ holds: true })
  })

  it('holds if the visitor gave no value', () => {
    expect(evaluate({ not: adult }, {})).toEqual({ holds: true })
  })
})

describe('the explanation of a failure', () => {
  it('uses the reason and the sentence of the outermost node that has them', () => {
    const inner: Rule = { ...adult, reason: 'TOO_YOUNG', detail: 'Come back later.' }
    expect(evaluate({ all: [inner] }, { age: 17 })).toEqual({
      holds: false,
      reason: 'TOO_YOUNG',
      detail: 'Come back later.',
    })
    expect(evaluate({ all: [inner], reason: 'NOT_OURS' }, { age: 17 })).toMatchObject({
      reason: 'NOT_OURS',
      detail: 'Come back later.',
    })
    expect(evaluate({ not: texan, reason: 'NO_TEXANS', detail: 'Not in Texas.' }, {})).toEqual({
      holds: false,
      reason: 'NO_TEXANS',
      detail: 'Not in Texas.',
    })
  })

  it('gives the expected value and not the value of the visitor', () => {
    expect(evaluate(adult, { age: 17 })).toMatchObject({ reason: 'AGE', detail: 'age must be at least 18.' })
  })

  it('says that the visitor gave no value', () => {
    expect(evaluate(adult, {})).toMatchObject({ detail: 'age was not given; it must be at least 18.' })
  })

  it('fits into a stored verdict for long values and lists', () => {
    const long: Rule = {
      field: 'subIds.s1',
      op: 'in',
      value: Array.from({ length: 10 }, (_, at) => `${at}`.repeat(400)),
    }
    expect(getDetail(evaluate(long, {})).length).toBeLessThanOrEqual(500)
    expect(getDetail(evaluate({ ...long, value: ['line\nbreak'] }, {}))).not.toContain('\n')
  })

  it('can be stored with control characters and cut surrogate pairs', () => {
    for (const value of ['🎓'.repeat(200), `x${'🎓'.repeat(200)}`, 'a\u202Eb', 'a\u0000b', 'a\u2028b']) {
      const detail = getDetail(evaluate({ field: 'utm.term', op: 'equals', value }, {}))
      expect(verdict.shape.detail.parse(detail)).toBe(detail)
    }
  })
})

describe('any rule', () => {
  const holds = (one: Rule, readField: ReturnType<typeof createProfileReader>) => evaluateRule(one, readField).holds
  it('follows the laws of logic for not, all and any', () => {
    fc.assert(
      fc.property(rules, rules, leadProfiles, (a, b, profile) => {
        const readField = createProfileReader(profile)
        expect(holds({ not: a }, readField)).toBe(!holds(a, readField))
        expect(holds({ all: [a, b] }, readField)).toBe(holds(a, readField) && holds(b, readField))
        expect(holds({ any: [a, b] }, readField)).toBe(holds(a, readField) || holds(b, readField))
      }),
      { numRuns: 200 },
    )
  })

  it('parses to itself, and fails with a reason and a sentence', () => {
    fc.assert(
      fc.property(rules, leadProfiles, (one, profile) => {
        expect(rule.parse(one)).toEqual(one)
        const result = evaluateRule(one, createProfileReader(profile))
        if (!result.holds) expect([result.reason, result.detail].every(Boolean)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})

describe('an invalid rule', () => {
  const nameless = { field: 'shoe-size', op: 'equals', value: 44 }
  it.each([
    ['an unknown field', nameless, ['/field']],
    ['a field that every object has', { ...nameless, field: 'constructor' }, ['/field']],
    ['an unknown operator', { ...adult, op: 'is' }, ['/op']],
    ['an operator that the field does not know', { ...texan, op: 'at-least' }, ['/op']],
    ['a value of the wrong type', { ...adult, value: '18' }, ['/value']],
    ['a value that is missing', { field: 'age', op: 'equals' }, ['/value']],
    ['an empty list', { all: [] }, ['/all']],
    ['a fault deep down', { all: [texan, { not: { any: [adult, nameless] } }] }, ['/all/1/not/any/1/field']],
    ['two faults side by side', { all: [nameless, texan, nameless] }, ['/all/0/field', '/all/2/field']],
    [
      'three unknown operators',
      { any: Array(3).fill({ ...adult, op: 'is' }) },
      ['/any/0/op', '/any/1/op', '/any/2/op'],
    ],
    ['a field that rules do not have', { ...adult, weight: 2 }, ['/weight']],
    ['a reason that is no code', { ...adult, reason: 'too young' }, ['/reason']],
    ['a sentence that turns text around', { ...adult, detail: 'a\u202Eb' }, ['/detail']],
  ])('is rejected with a pointer: %s', (_, bad, pointers) => {
    const issues = rule.safeParse(bad).error?.issues ?? []
    expect(toFieldErrors(issues, locate.body).map(({ pointer }) => pointer)).toEqual(pointers)
  })

  it('is rejected if it is not an object', () => {
    for (const bad of [null, 'age', [], {}, 3]) expect(rule.safeParse(bad).success).toBe(false)
  })
})

it('throws on a stored rule that tests an unknown field', () => {
  expect(() => evaluate({ field: 'shoe-size', op: 'equals', value: 44 }, {})).toThrow('shoe-size')
})

function evaluate(one: Rule, profileFields: Parameters<typeof aLeadProfile>[0]): RuleResult {
  return evaluateRule(one, createProfileReader(aLeadProfile(profileFields)))
}

function getDetail(result: RuleResult): string {
  return result.holds ? '' : result.detail
}

it.each([
  [{ field: 'canary', op: 'equals', value: 'x' }],
  [{ field: 'answers.canary', op: 'nonsense', value: 'x' }],
  [{ field: 'utm.canary', op: 'at-least', value: 3 }],
  [{ field: 'state', op: 'equals', value: 'canary' }],
  [{ field: 'education.highestLevel', op: 'in', value: ['canary'] }],
])('rejects %j without repeating the value', (invalidRule) => {
  const { error } = rule.safeParse(invalidRule)
  expect(error?.issues.length).toBeGreaterThan(0)
  expect(JSON.stringify(toFieldErrors(error?.issues ?? [], locate.body))).not.toContain('canary')
})
