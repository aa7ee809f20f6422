import * as z from 'zod'
import type { RequestShape, ShapeTree } from '#shared/domain/delivery/request-shape.ts'

type FilledValue = ShapeTree | undefined
type BodyFormat = Pick<RequestShape, 'format' | 'root' | 'instructions'>

export const contentTypes = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  xml: 'application/xml; charset=utf-8',
} as const satisfies { [format in RequestShape['format']]: string }

/** Serializes filled fields. Each value is escaped, so that it cannot add a field or an element. */
export async function buildBody(fields: ShapeFields, { format, root = 'lead', instructions = {} }: BodyFormat) {
  if (format === 'json') return JSON.stringify(fields)
  if (format === 'form') return toFormText(fields)
  const { XMLBuilder } = await import('fast-xml-parser')
  const builder = new XMLBuilder({
    attributeNamePrefix: '@',
    ignoreAttributes: false,
    suppressBooleanAttributes: false,
  })
  const declaration = { '?xml': { '@version': '1.0', '@encoding': 'UTF-8' } }
  return builder.build({ ...declaration, ...toInstructions(instructions), [root]: toXmlTree(fields) })
}

function toInstructions(instructions: NonNullable<BodyFormat['instructions']>): ShapeFields {
  const prefixKeys = (record: { [name: string]: string }) =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [`@${name}`, value]))
  return Object.fromEntries(
    Object.entries(instructions).map(([target, attributes]) => [`?${target}`, prefixKeys(attributes)]),
  )
}

type ShapeFields = { [name: string]: ShapeTree }
type FillTemplate = (template: string) => Promise<FilledValue>

/** Replaces each template by its value; fields without a value are left out. */
export async function fillFields(fields: ShapeFields, fill: FillTemplate): Promise<ShapeFields> {
  const entries = await Promise.all(
    Object.entries(fields).map(async ([name, child]) => [name, await fillValue(child, fill)] as const),
  )
  return Object.fromEntries(entries.flatMap(([name, child]) => (child === undefined ? [] : [[name, child]])))
}

async function fillValue(node: ShapeTree, fill: FillTemplate): Promise<FilledValue> {
  if (typeof node === 'string') return fill(node)
  if (typeof node !== 'object' || node === null) return node
  if (!Array.isArray(node)) return fillFields(node, fill)
  const children = await Promise.all(node.map((child) => fillValue(child, fill)))
  return children.filter((child) => child !== undefined)
}

/** Converts a template's value to what the format can hold: any value in JSON, text in a form or XML. */
export function toLeaf(value: unknown, { format }: Pick<BodyFormat, 'format'>): FilledValue {
  const leaf = jsonValue.safeParse(value).data
  if (leaf === undefined || leaf === null || typeof leaf === 'string') return leaf ?? undefined
  return format === 'json' ? leaf : toText(leaf)
}

/** Whether a value can be written as text: a string, number, boolean, or a list of these. */
export function canBeText(value: unknown): boolean {
  return Array.isArray(value)
    ? value.every((item) => typeof item !== 'object')
    : typeof value !== 'object' || value === null
}

/** Writes a value as text; a list is separated by commas. */
export function toText(value: ShapeTree): string {
  if (value === null) return ''
  return Array.isArray(value) ? value.map(toText).join(',') : typeof value === 'object' ? '' : String(value)
}

const jsonValue = z.json()

function toFormText(fields: ShapeFields): string {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) form.append(name, toText(value))
  return form.toString()
}

function toXmlTree(node: ShapeTree): ShapeTree {
  if (Array.isArray(node)) return node.map(toXmlTree)
  if (typeof node !== 'object' || node === null) return toXmlText(toText(node))
  const entries = Object.entries(node).map(([name, child]) => {
    const childTree = toXmlTree(child)
    // XML parsers turn each line break in an attribute into a space.
    return [name, name.startsWith('@') ? toText(childTree).replace(/\s/g, ' ') : childTree] as const
  })
  return Object.fromEntries(entries)
}

/** Removes characters that XML 1.0 cannot hold, and normalizes line breaks as XML parsers do. */
export function toXmlText(value: string): string {
  return value
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\t\n -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
}
