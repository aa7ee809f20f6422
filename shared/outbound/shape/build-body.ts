import * as z from 'zod'
import type { RequestShape, ShapeTree } from '#shared/domain/delivery/request-shape.ts'

type FilledValue = ShapeTree | undefined
type BodyFormat = Pick<RequestShape, 'format' | 'root'>

export const contentTypes = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  xml: 'application/xml; charset=utf-8',
} as const satisfies { [format in RequestShape['format']]: string }

/** Writes filled fields so that no value leaves its place. */
export async function buildBody(fields: ShapeFields, { format, root = 'lead' }: BodyFormat) {
  if (format === 'json') return JSON.stringify(fields)
  if (format === 'form') return toFormText(fields)
  const { XMLBuilder } = await import('fast-xml-parser')
  const builder = new XMLBuilder({
    attributeNamePrefix: '@',
    ignoreAttributes: false,
    suppressBooleanAttributes: false,
  })
  return builder.build({ '?xml': { '@version': '1.0', '@encoding': 'UTF-8' }, [root]: toXmlTree(fields) })
}

type ShapeFields = { [name: string]: ShapeTree }
type FillTemplate = (template: string) => Promise<FilledValue>

/** Puts a value in the place of each template; what finds nothing is left out. */
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

/** What a template gave, as the format can hold it: JSON any value, the others text. Absent is `undefined`. */
export function toLeaf(value: unknown, { format }: Pick<BodyFormat, 'format'>): FilledValue {
  const leaf = jsonValue.safeParse(value).data
  if (leaf === undefined || leaf === null || typeof leaf === 'string') return leaf ?? undefined
  return format === 'json' ? leaf : toText(leaf)
}

/** Whether a value can stand as text: a word, a number, yes or no, or a list of these. */
export function canBeText(value: unknown): boolean {
  return Array.isArray(value)
    ? value.every((item) => typeof item !== 'object')
    : typeof value !== 'object' || value === null
}

/** A list is its parts, with commas between them. */
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
    // A reader of XML makes a space of each line break in an attribute.
    return [name, name.startsWith('@') ? toText(childTree).replace(/\s/g, ' ') : childTree] as const
  })
  return Object.fromEntries(entries)
}

/** XML 1.0 has no place for most control characters, and its readers make every line break a line feed. */
export function toXmlText(value: string): string {
  return value
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\t\n -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
}
