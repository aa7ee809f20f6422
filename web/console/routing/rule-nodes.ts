import { findField, type RuleField } from '#shared/domain/routing/rule-fields.ts'
import { educationLabels, modalityLabels, startWindowLabels } from '../../words/choices.ts'
import { stateNames } from '../../words/state-names.ts'
import { isObject, type Json, type JsonObject, toArray, toObject, toText } from '../catalog/fields/json.ts'
import { operatorLabels, ruleFieldLabels, ruleText } from '../text/routing-text.ts'

/** A node of a rule is a test or a group of nodes. */
export type RuleGroupKind = keyof typeof ruleText.groups
const groups: readonly RuleGroupKind[] = ['all', 'any', 'not']

export const firstTest: JsonObject = { field: 'state', op: 'in' }

export function getGroup(node: Json | undefined): RuleGroupKind | undefined {
  return groups.find((group) => isObject(node) && group in node)
}

export function getGroupNodes(node: Json | undefined): readonly Json[] {
  const group = getGroup(node)
  if (group === undefined) return []
  const inner = toObject(node)[group]
  return group === 'not' ? (inner === undefined ? [] : [inner]) : toArray(inner)
}

/** A group of nodes that keeps the rejection message of the node it replaces. `not` holds one node; more become a group. */
export function createGroup(
  group: RuleGroupKind,
  nodes: readonly Json[],
  { reason, detail }: JsonObject = {},
): JsonObject {
  const [firstNode = firstTest] = nodes
  const inner = group === 'not' ? (nodes.length > 1 ? { all: nodes } : firstNode) : nodes
  return { [group]: inner, ...(reason !== undefined && { reason }), ...(detail !== undefined && { detail }) }
}

/** The field of a test: a single field, or a family such as `answers.` with the name of its member. */
export function parseTestField(test: JsonObject): { family: string; member: string; field: RuleField | undefined } {
  const name = toText(test.field)
  const family = name.includes('.') && !(name in ruleFieldLabels) ? `${name.split('.')[0]}.` : name
  const member = name === family ? '' : name.slice(family.length)
  // All members of a family compare alike, so any name will do until one is entered.
  return { family, member, field: findField(name) ?? findField(`${family}any`) }
}

/** Describes a rule in words. */
export function describeRule(node: Json | undefined): string {
  const group = getGroup(node)
  const nodeTexts = getGroupNodes(node).map(describeRule)
  if (group === 'not') return `not (${nodeTexts.join('')})`
  if (group !== undefined)
    return nodeTexts.length === 1
      ? nodeTexts.join('')
      : nodeTexts.map(parenthesize).join(group === 'all' ? ' and ' : ' or ')
  const test = toObject(node)
  const { family, member } = parseTestField(test)
  const values = Array.isArray(test.value) ? test.value : test.value === undefined ? [] : [test.value]
  const valueText = values
    .slice(0, 12)
    .map((value) => getRuleValueLabel(toText(value)))
    .join(test.op === 'between' ? ' and ' : ', ')
  const more = values.length > 12 ? ` and ${values.length - 12} more` : ''
  const fieldLabel = `${ruleFieldLabels[family] ?? family}${member && ` “${member}”`}`
  return `${fieldLabel} ${operatorLabels[toText(test.op)] ?? '…'} ${valueText || '…'}${more}`
}

const valueLabels: { readonly [value: string]: string } = {
  ...educationLabels,
  ...startWindowLabels,
  ...modalityLabels,
  ...stateNames,
  true: ruleText.yes,
  false: ruleText.no,
}

/** The label of a value. Values without a label, such as a number, are shown as they are. */
export function getRuleValueLabel(value: string): string {
  return valueLabels[value] ?? value
}

function parenthesize(text: string): string {
  return / (and|or) /.test(text) && !text.startsWith('not (') ? `(${text})` : text
}
