import { findField, type RuleField } from '#shared/domain/routing/rule-fields.ts'
import { isObject, type Json, type JsonObject, toArray, toObject, toText } from '../catalog/fields/json.ts'
import { getChoiceLabel } from '../catalog/record-labels.ts'

/** The nodes of a rule: a test, or a group of nodes. */
export const groupLabels = {
  all: 'All of these hold',
  any: 'At least one of these holds',
  not: 'This does not hold',
} as const
export type RuleGroupKind = keyof typeof groupLabels
const groups: readonly RuleGroupKind[] = ['all', 'any', 'not']

export const ruleFieldLabels: { readonly [name: string]: string } = {
  'contact.zip': 'ZIP code',
  state: 'State',
  age: 'Age',
  'education.highestLevel': 'Education',
  startWindow: 'Wants to start',
  modality: 'Wants to learn',
  military: 'Military',
  gpa: 'Grade point average',
  source: 'Source',
  career: 'Career',
  time: 'Time of the enquiry',
  'answers.': 'Answer to a question',
  'subIds.': 'Sub-id of the source',
  'utm.': 'UTM parameter',
}

export const operatorLabels: { readonly [op: string]: string } = {
  equals: 'is',
  in: 'is one of',
  prefix: 'begins with',
  contains: 'contains',
  between: 'is between',
  'at-least': 'is at least',
  'at-most': 'is at most',
}

export const firstTest: JsonObject = { field: 'state', op: 'in' }

export function getGroup(node: Json | undefined): RuleGroupKind | undefined {
  return groups.find((group) => isObject(node) && group in node)
}

/** What is in a group. */
export function getGroupNodes(node: Json | undefined): readonly Json[] {
  const group = getGroup(node)
  if (group === undefined) return []
  const inner = toObject(node)[group]
  return group === 'not' ? (inner === undefined ? [] : [inner]) : toArray(inner)
}

/** A group of these nodes, with what was said of the one before. `not` is of one node: more become a group in it. */
export function createGroup(
  group: RuleGroupKind,
  nodes: readonly Json[],
  { reason, detail }: JsonObject = {},
): JsonObject {
  const [firstNode = firstTest] = nodes
  const inner = group === 'not' ? (nodes.length > 1 ? { all: nodes } : firstNode) : nodes
  return { [group]: inner, ...(reason !== undefined && { reason }), ...(detail !== undefined && { detail }) }
}

/** The field of a test: one by its name, or a family with the name of its member. */
export function parseTestField(test: JsonObject): { family: string; member: string; field: RuleField | undefined } {
  const name = toText(test.field)
  const family = name.includes('.') && !(name in ruleFieldLabels) ? `${name.split('.')[0]}.` : name
  const member = name === family ? '' : name.slice(family.length)
  // Of a family whose member is not named yet, any member tells what fits.
  return { family, member, field: findField(name) ?? findField(`${family}any`) }
}

/** A rule in words, as one would say it. */
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
    .map((value) => getChoiceLabel(toText(value)))
    .join(test.op === 'between' ? ' and ' : ', ')
  const more = values.length > 12 ? ` and ${values.length - 12} more` : ''
  const fieldLabel = `${ruleFieldLabels[family] ?? family}${member && ` “${member}”`}`
  return `${fieldLabel} ${operatorLabels[toText(test.op)] ?? '…'} ${valueText || '…'}${more}`
}

function parenthesize(text: string): string {
  return / (and|or) /.test(text) && !text.startsWith('not (') ? `(${text})` : text
}
