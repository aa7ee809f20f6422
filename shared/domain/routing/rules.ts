import * as z from 'zod'
import { singleLine } from '../vocabulary.ts'
import { findField, type RuleField } from './rule-fields.ts'
import { operators, type RuleValue, ruleValue } from './rule-values.ts'

/**
 * A rule of a campaign, cap, program question or source: a tree of `all`, `any` and `not` over tests of one field each.
 * Any node can set the reason code and the sentence that are shown when it fails.
 */
export type Rule = RuleTest | RuleAll | RuleAny | RuleNot
type RuleExplanation = { reason?: string | undefined; detail?: string | undefined }
type RuleTest = RuleExplanation & { field: string; op: z.output<typeof op>; value: RuleValue }
type RuleAll = RuleExplanation & { all: Rule[] }
type RuleAny = RuleExplanation & { any: Rule[] }
type RuleNot = RuleExplanation & { not: Rule }

const op = z.enum(operators)
const explanationFields = {
  reason: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]{1,39}$/, 'must be a code such as GPA or NO_NURSES')
    .optional(),
  detail: singleLine(300).optional(),
}

const test = z
  .strictObject({ field: z.string().max(120), op, value: ruleValue, ...explanationFields })
  .superRefine(({ field, op, value }, context) => {
    const ruleField = findField(field)
    if (!ruleField) context.addIssue({ code: 'custom', path: ['field'], message: 'is not a field that rules may test' })
    else if (!ruleField.operators.includes(op))
      context.addIssue({
        code: 'custom',
        path: ['op'],
        message: `must be ${ruleField.operators.join(', ')} for this field`,
      })
    else {
      const fault = ruleField.findValueFault(op, value)
      if (fault) context.addIssue({ code: 'custom', path: ['value'], message: fault })
    }
  })
  .meta({ id: 'RuleTest' })

const nestedRule: z.ZodType<Rule, Rule> = z.lazy(() => rule)
const nodes = z.array(nestedRule).min(1).max(100)
export const rule: z.ZodType<Rule, Rule> = z
  .union([
    test,
    z.strictObject({ all: nodes, ...explanationFields }).meta({ id: 'RuleAll' }),
    z.strictObject({ any: nodes, ...explanationFields }).meta({ id: 'RuleAny' }),
    z.strictObject({ not: nestedRule, ...explanationFields }).meta({ id: 'RuleNot' }),
  ])
  .meta({ id: 'Rule' })
export type RuleResult = { holds: true } | { holds: false; reason: string; detail: string }

/** Returns the value of a field by name, or undefined if the visitor gave none: then a test of the field fails. */
export type FieldReader = (field: string) => RuleValue | undefined

/**
 * Evaluates a rule that was validated when it was saved. If it fails, the first failing test gives reason and detail.
 * @throws Error if the rule tests a field that does not exist.
 */
export function evaluateRule(rule: Rule, readField: FieldReader): RuleResult {
  if ('all' in rule)
    return applyExplanation(
      rule,
      rule.all.map((part) => evaluateRule(part, readField)).find((part) => !part.holds),
    )
  if ('any' in rule) {
    const parts = rule.any.map((part) => evaluateRule(part, readField))
    return applyExplanation(rule, parts.some((part) => part.holds) ? undefined : parts[0])
  }
  if ('not' in rule) {
    const inner = evaluateRule(rule.not, readField)
    return applyExplanation(
      rule,
      inner.holds ? createFailure(rule, 'CUSTOM_RULE', 'A rule of the campaign excludes this lead.') : undefined,
    )
  }
  return evaluateTest(rule, readField)
}

function evaluateTest(test: RuleTest, readField: FieldReader): RuleResult {
  const field = findField(test.field)
  if (!field) throw new Error(`A stored rule names the unknown field ${test.field}.`)
  const actual = readField(test.field)
  if (actual !== undefined && field.holds(test.op, actual, test.value)) return { holds: true }
  return createFailure(test, field.reason, formatFailure(field, test, actual))
}

function applyExplanation(node: RuleExplanation, inner: RuleResult | undefined): RuleResult {
  if (!inner || inner.holds) return { holds: true }
  return createFailure(node, inner.reason, inner.detail)
}

function createFailure(node: RuleExplanation, reason: string, detail: string): RuleResult {
  return { holds: false, reason: node.reason ?? reason, detail: node.detail ?? detail }
}

// The sentence leaves out the visitor's value, because more people can read verdicts than leads.
function formatFailure(field: RuleField, test: RuleTest, actual: RuleValue | undefined): string {
  const values = Array.isArray(test.value) ? test.value.slice(0, 10).join(', ') : String(test.value)
  const expected = values.replaceAll(/\s+/g, ' ').slice(0, 250).replaceAll(/\p{C}/gu, '')
  return actual === undefined
    ? `${field.label(test.field)} was not given; it must be ${test.op.replaceAll('-', ' ')} ${expected}.`
    : `${field.label(test.field)} must be ${test.op.replaceAll('-', ' ')} ${expected}.`
}
