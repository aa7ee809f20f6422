import { type Field, fieldNamed } from '#shared/domain/routing/rule-fields.ts'
import { isObject, itemsOf, type Json, type JsonObject, membersOf, textOf } from '../catalog/fields/json.ts'
import { choiceWords } from '../catalog/record-words.ts'

/** The nodes of a rule: a test, or a group of nodes. */
export const groupWords = {
  all: 'All of these hold',
  any: 'At least one of these holds',
  not: 'This does not hold',
} as const
export type Group = keyof typeof groupWords
const groups: readonly Group[] = ['all', 'any', 'not']

export const fieldWords: { readonly [name: string]: string } = {
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

export const operatorWords: { readonly [op: string]: string } = {
  equals: 'is',
  in: 'is one of',
  prefix: 'begins with',
  contains: 'contains',
  between: 'is between',
  'at-least': 'is at least',
  'at-most': 'is at most',
}

export const firstTest: JsonObject = { field: 'state', op: 'in' }

export function groupOf(node: Json | undefined): Group | undefined {
  return groups.find((group) => isObject(node) && group in node)
}

/** What is in a group. */
export function partsOfGroup(node: Json | undefined): readonly Json[] {
  const group = groupOf(node)
  if (group === undefined) return []
  const inner = membersOf(node)[group]
  return group === 'not' ? (inner === undefined ? [] : [inner]) : itemsOf(inner)
}

/** A group of these nodes, with what was said of the one before. `not` is of one node: more become a group in it. */
export function groupWith(group: Group, parts: readonly Json[], { reason, detail }: JsonObject = {}): JsonObject {
  const [only = firstTest] = parts
  const inner = group === 'not' ? (parts.length > 1 ? { all: parts } : only) : parts
  return { [group]: inner, ...(reason !== undefined && { reason }), ...(detail !== undefined && { detail }) }
}

/** The field of a test: one by its name, or a family with the name of its member. */
export function fieldOf(test: JsonObject): { family: string; member: string; field: Field | undefined } {
  const name = textOf(test.field)
  const family = name.includes('.') && !(name in fieldWords) ? `${name.split('.')[0]}.` : name
  const member = name === family ? '' : name.slice(family.length)
  // Of a family whose member is not named yet, any member tells what fits.
  return { family, member, field: fieldNamed(name) ?? fieldNamed(`${family}any`) }
}

/** A rule in words, as one would say it. */
export function ruleWords(node: Json | undefined): string {
  const group = groupOf(node)
  const parts = partsOfGroup(node).map(ruleWords)
  if (group === 'not') return `not (${parts.join('')})`
  if (group !== undefined)
    return parts.length === 1 ? parts.join('') : parts.map(enclosed).join(group === 'all' ? ' and ' : ' or ')
  const test = membersOf(node)
  const { family, member } = fieldOf(test)
  const values = Array.isArray(test.value) ? test.value : test.value === undefined ? [] : [test.value]
  const shown = values
    .slice(0, 12)
    .map((value) => choiceWords(textOf(value)))
    .join(test.op === 'between' ? ' and ' : ', ')
  const more = values.length > 12 ? ` and ${values.length - 12} more` : ''
  const named = `${fieldWords[family] ?? family}${member && ` “${member}”`}`
  return `${named} ${operatorWords[textOf(test.op)] ?? '…'} ${shown || '…'}${more}`
}

function enclosed(words: string): string {
  return / (and|or) /.test(words) && !words.startsWith('not (') ? `(${words})` : words
}
