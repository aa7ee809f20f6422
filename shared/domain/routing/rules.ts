import * as z from 'zod'
import { line } from '../vocabulary.ts'
import { type Field, fieldNamed, operators } from './rule-fields.ts'

/**
 * One form of rule for campaigns, program questions and source acceptance: a tree of `all`, `any` and `not` over tests.
 * Each node may carry the reason code and the sentence that a refusal shows.
 */
export type Rule = RuleTest | RuleAll | RuleAny | RuleNot
type Told = { reason?: string | undefined; detail?: string | undefined }
type RuleTest = Told & { field: string; op: z.output<typeof op>; value: RuleValue }
type RuleAll = Told & { all: Rule[] }
type RuleAny = Told & { any: Rule[] }
type RuleNot = Told & { not: Rule }
export type RuleValue = z.output<typeof ruleValue>

const op = z.enum(operators)
const scalar = z.union([z.string().max(500), z.number(), z.boolean()])
const ruleValue = z.union([scalar, z.array(scalar).min(1).max(5000)])
const told = {
  reason: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]{1,39}$/, 'must be a code such as GPA or NO_NURSES')
    .optional(),
  detail: line(300).optional(),
}

const test = z
  .strictObject({ field: z.string().max(120), op, value: ruleValue, ...told })
  .superRefine(({ field, op, value }, context) => {
    const known = fieldNamed(field)
    if (!known) context.addIssue({ code: 'custom', path: ['field'], message: 'is not a field that rules may test' })
    else if (!known.operators.includes(op))
      context.addIssue({
        code: 'custom',
        path: ['op'],
        message: `must be ${known.operators.join(', ')} for this field`,
      })
    else {
      const fault = known.faultOfValue(op, value)
      if (fault) context.addIssue({ code: 'custom', path: ['value'], message: fault })
    }
  })
  .meta({ id: 'RuleTest' })

const nested: z.ZodType<Rule, Rule> = z.lazy(() => rule)
const nodes = z.array(nested).min(1).max(100)
export const rule: z.ZodType<Rule, Rule> = z
  .union([
    test,
    z.strictObject({ all: nodes, ...told }).meta({ id: 'RuleAll' }),
    z.strictObject({ any: nodes, ...told }).meta({ id: 'RuleAny' }),
    z.strictObject({ not: nested, ...told }).meta({ id: 'RuleNot' }),
  ])
  .meta({ id: 'Rule' })
export type Judgement = { holds: true } | { holds: false; reason: string; detail: string }

/** What a rule reads: a field's value by name; `undefined` where the visitor did not say. A test of it then does not hold. */
export type FieldReader = (field: string) => RuleValue | undefined

/** Judges a rule that was checked when it was saved; the first test that fails gives the reason. */
export function judge(rule: Rule, read: FieldReader): Judgement {
  if ('all' in rule)
    return passOn(
      rule,
      rule.all.map((part) => judge(part, read)).find((part) => !part.holds),
    )
  if ('any' in rule) {
    const parts = rule.any.map((part) => judge(part, read))
    return passOn(rule, parts.some((part) => part.holds) ? undefined : parts[0])
  }
  if ('not' in rule) {
    const inner = judge(rule.not, read)
    return passOn(rule, inner.holds ? refusal(rule, 'CUSTOM_RULE', 'What the rule excludes is so.') : undefined)
  }
  return judgeTest(rule, read)
}

function judgeTest(test: RuleTest, read: FieldReader): Judgement {
  const field = fieldNamed(test.field)
  if (!field) throw new Error(`A stored rule names the unknown field ${test.field}.`)
  const given = read(test.field)
  if (given !== undefined && field.holds(test.op, given, test.value)) return { holds: true }
  return refusal(test, field.reason, sentence(field, test, given))
}

function passOn(node: Told, inner: Judgement | undefined): Judgement {
  if (!inner || inner.holds) return { holds: true }
  return refusal(node, inner.reason, inner.detail)
}

function refusal(node: Told, reason: string, detail: string): Judgement {
  return { holds: false, reason: node.reason ?? reason, detail: node.detail ?? detail }
}

// The visitor's own value stays out of the sentence: verdicts are shown more widely than leads are.
function sentence(field: Field, test: RuleTest, given: RuleValue | undefined): string {
  const all = Array.isArray(test.value) ? test.value.slice(0, 10).join(', ') : String(test.value)
  const wanted = all.replaceAll(/\s+/g, ' ').slice(0, 250).replaceAll(/\p{C}/gu, '')
  return given === undefined
    ? `${field.label(test.field)} was not given; it must be ${test.op.replaceAll('-', ' ')} ${wanted}.`
    : `${field.label(test.field)} must be ${test.op.replaceAll('-', ' ')} ${wanted}.`
}
