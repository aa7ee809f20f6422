import * as z from 'zod'
import type { RequestShape, ShapeTree } from '#shared/domain/delivery/request-shape.ts'

type Filled = ShapeTree | undefined
type Form = Pick<RequestShape, 'format' | 'root'>

export const contentTypes = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  xml: 'application/xml; charset=utf-8',
} as const satisfies { [format in RequestShape['format']]: string }

/** Writes filled fields so that no value leaves its place. */
export async function shapeBody(fields: Names, { format, root = 'lead' }: Form) {
  if (format === 'json') return JSON.stringify(fields)
  if (format === 'form') return formText(fields)
  const { XMLBuilder } = await import('fast-xml-parser')
  const builder = new XMLBuilder({
    attributeNamePrefix: '@',
    ignoreAttributes: false,
    suppressBooleanAttributes: false,
  })
  return builder.build({ '?xml': { '@version': '1.0', '@encoding': 'UTF-8' }, [root]: xmlTree(fields) })
}

type Names = { [name: string]: ShapeTree }
type Fill = (template: string) => Promise<Filled>

/** Puts a value in the place of each template; what finds nothing is left out. */
export async function filledFields(fields: Names, fill: Fill): Promise<Names> {
  const entries = await Promise.all(
    Object.entries(fields).map(async ([name, inner]) => [name, await filled(inner, fill)] as const),
  )
  return Object.fromEntries(entries.flatMap(([name, inner]) => (inner === undefined ? [] : [[name, inner]])))
}

async function filled(at: ShapeTree, fill: Fill): Promise<Filled> {
  if (typeof at === 'string') return fill(at)
  if (typeof at !== 'object' || at === null) return at
  if (!Array.isArray(at)) return filledFields(at, fill)
  const each = await Promise.all(at.map((inner) => filled(inner, fill)))
  return each.filter((inner) => inner !== undefined)
}

/** What a template gave, as the format can hold it: JSON any value, the others text. Absent is `undefined`. */
export function leafOf(value: unknown, { format }: Pick<Form, 'format'>): Filled {
  const leaf = json.safeParse(value).data
  if (leaf === undefined || leaf === null || typeof leaf === 'string') return leaf ?? undefined
  return format === 'json' ? leaf : textOf(leaf)
}

/** Whether a value can stand as text: a word, a number, yes or no, or a list of these. */
export function hasText(value: unknown): boolean {
  return Array.isArray(value)
    ? value.every((each) => typeof each !== 'object')
    : typeof value !== 'object' || value === null
}

/** A list is its parts, with commas between them. */
export function textOf(value: ShapeTree): string {
  if (value === null) return ''
  return Array.isArray(value) ? value.map(textOf).join(',') : typeof value === 'object' ? '' : String(value)
}

const json = z.json()

function formText(fields: Names): string {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) form.append(name, textOf(value))
  return form.toString()
}

function xmlTree(at: ShapeTree): ShapeTree {
  if (Array.isArray(at)) return at.map(xmlTree)
  if (typeof at !== 'object' || at === null) return xmlText(textOf(at))
  const entries = Object.entries(at).map(([name, inner]) => {
    const written = xmlTree(inner)
    // A reader of XML makes a space of each line break in an attribute.
    return [name, name.startsWith('@') ? textOf(written).replace(/\s/g, ' ') : written] as const
  })
  return Object.fromEntries(entries)
}

/** XML 1.0 has no place for most control characters, and its readers make every line break a line feed. */
export function xmlText(value: string): string {
  return value
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\t\n -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
}
