import * as z from 'zod'
import { matches } from '../vocabulary.ts'

/** A tree whose leaves are Liquid templates or plain values. Each leaf is escaped when the body is built. */
export type ShapeTree = string | number | boolean | null | ShapeTree[] | { [name: string]: ShapeTree }

const maxLeaves = 200
const maxLevels = 8

const name = z
  .string()
  .min(1)
  .max(100)
  .check(matches(/^(?!__proto__$)[^\p{Cc}\p{Cs}]+$/u, 'must be a name of at most 100 characters'))
const template = z
  .string()
  .max(2000)
  .meta({
    id: 'ShapeTemplate',
    description:
      'A Liquid template. Its variables are the fields of `data` in `lead.created`, and `timestamp`. `consent.ip` and ' +
      "`consent.userAgent` have a value only if the campaign has `sendIpAndUserAgent`. Extra filters: `lookup: 'map'`, " +
      "`phone_digits`, `phone_dashed`, `yes_no: 'Y', 'N'`. `date` reads ISO 8601, in UTC or a named time zone.",
  })
const nested: z.ZodType<ShapeTree, ShapeTree> = z.lazy(() => tree)
const tree: z.ZodType<ShapeTree, ShapeTree> = z
  .union([
    template,
    z.union([z.number(), z.boolean(), z.null()]).meta({ id: 'ShapeValue' }),
    z.array(nested).max(50).meta({ id: 'ShapeList' }),
    z.record(name, nested).meta({ id: 'ShapeFields' }),
  ])
  .meta({ id: 'ShapeTree' })

/** The name of a header secret. The shape holds only the name; the value is stored sealed. */
export const secretName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,39}$/, 'must be a camelCase name of at most 40 letters and digits')

const header = z.union([template.min(1), z.strictObject({ secret: secretName })])
const mapName = z.string().regex(/^[a-z][A-Za-z0-9_]{0,39}$/, 'must be a name of at most 40 letters and digits')
const map = z.record(z.string().max(200), z.string().max(500)).refine(...limitEntries(200, 'entries'))

/** The request of a school that does not accept `lead.created` itself. */
export const requestShape = z
  .strictObject({
    method: z.enum(['POST', 'PUT', 'PATCH']).default('POST'),
    format: z.enum(['json', 'form', 'xml']),
    headers: z
      .record(z.string(), header)
      .refine(...limitEntries(20, 'headers'))
      .optional()
      .meta({
        description:
          'Text is a Liquid template. The value of a `secret` is given in `headerSecrets` and is never returned.',
      }),
    fields: z.record(name, tree).meta({
      description:
        'A form is flat. In XML `@name` is an attribute and `#text` the text of an element that has attributes; a list ' +
        'repeats its element. A leaf that is one `{{ ... }}` without a value is left out; within longer text it is empty.',
    }),
    root: z.string().optional().meta({ description: 'The name of the outermost XML element.' }),
    instructions: z
      .record(name, z.record(name, z.string().max(200)))
      .refine(...limitEntries(5, 'instructions'))
      .optional()
      .meta({
        description: 'Processing instructions of XML, before the outermost element: `<?adf version="1.0"?>`.',
        example: { adf: { version: '1.0' } },
      }),
    maps: z
      .record(mapName, map)
      .refine(...limitEntries(20, 'maps'))
      .optional()
      .meta({ description: "Maps for the filter `lookup: 'name'`. A value that is not in the map gives no value." }),
  })
  .superRefine((shape, context) => {
    for (const { path, message } of [...findHeaderFaults(shape.headers), ...findFieldFaults(shape)])
      context.addIssue({ code: 'custom', path, message })
  })
  .meta({
    id: 'RequestShape',
    example: {
      method: 'POST',
      format: 'form',
      headers: { 'x-api-key': { secret: 'apiKey' } },
      fields: { first: '{{ contact.firstName }}', level: "{{ education.highestLevel | lookup: 'levels' }}" },
      maps: { levels: { ged: 'GED', 'high-school-diploma': 'HS' } },
    },
  })
export type RequestShape = z.output<typeof requestShape>

/** Lists every leaf of a tree with its path. */
export function listLeaves(node: ShapeTree, path: readonly string[] = []): { path: string[]; leaf: ShapeTree }[] {
  if (typeof node !== 'object' || node === null) return [{ path: [...path], leaf: node }]
  return Object.entries(node).flatMap(([segment, child]) => listLeaves(child, [...path, segment]))
}

type ShapeIssue = { path: string[]; message: string }

const reservedHeader =
  /^(host|connection|keep-alive|content-(length|encoding)|transfer-encoding|te|trailer|upgrade|expect|accept-encoding|date|user-agent|trace(parent|state)|webhook-.*|proxy-.*)$/
const mediaType = /^[\w.+-]+\/[\w.+-]+(; ?charset=utf-8)?$/i

function findHeaderFaults(headers: RequestShape['headers'] = {}): ShapeIssue[] {
  const names = Object.keys(headers)
  return Object.entries(headers).flatMap(([headerName, value]) => {
    const fault = (message: string) => [{ path: ['headers', headerName], message }]
    const lower = headerName.toLowerCase()
    if (!/^[\w-]{1,64}$/.test(headerName)) return fault('must have a name of at most 64 letters, digits and hyphens')
    if (reservedHeader.test(lower)) return fault('must not be set here: the sender controls this header')
    if (lower === 'content-type' && !(typeof value === 'string' && mediaType.test(value)))
      return fault('must be a fixed media type, such as text/xml; charset=utf-8')
    return names.some((other) => other !== headerName && other.toLowerCase() === lower)
      ? fault('must be given once: header names are not case-sensitive')
      : []
  })
}

function findFieldFaults({ format, fields, root, instructions }: RequestShape): ShapeIssue[] {
  const leaves = listLeaves(fields)
  const faults: ShapeIssue[] = []
  if (leaves.length === 0) faults.push({ path: ['fields'], message: 'must have at least one field' })
  if (leaves.length > maxLeaves) faults.push({ path: ['fields'], message: `must have at most ${maxLeaves} leaves` })
  const deepLeaf = leaves.find(({ path }) => path.length > maxLevels)
  if (deepLeaf)
    faults.push({ path: ['fields', ...deepLeaf.path], message: `must not be nested deeper than ${maxLevels} levels` })
  if (format === 'form')
    for (const [field, value] of Object.entries(fields))
      if (typeof value === 'object' && value !== null)
        faults.push({ path: ['fields', field], message: 'must be a single value, because a form is flat' })
  if (format !== 'xml' && root !== undefined)
    faults.push({ path: ['root'], message: 'must only be set for format xml' })
  if (format !== 'xml' && instructions)
    faults.push({ path: ['instructions'], message: 'must only be set for format xml' })
  if (format === 'xml') {
    if (root === undefined || !xmlName.test(root))
      faults.push({ path: ['root'], message: 'must be the name of the outermost element, such as lead' })
    faults.push(...findXmlFaults(fields, ['fields']), ...findInstructionFaults(instructions))
  }
  return faults
}

const xmlName = /^[A-Za-z_][\w.-]{0,99}(:[A-Za-z_][\w.-]{0,99})?$/

function findXmlFaults(node: ShapeTree, path: string[]): ShapeIssue[] {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([name, child]) => {
    const childPath = [...path, name]
    const isNode = typeof child === 'object' && child !== null
    if (Array.isArray(node))
      return Array.isArray(child)
        ? [{ path: childPath, message: 'must not be a list within a list, because XML has none' }]
        : findXmlFaults(child, childPath)
    if (name !== '#text' && !xmlName.test(name.replace(/^@/, '')))
      return [{ path: childPath, message: 'must be an XML name, @name for an attribute, or #text' }]
    if (isNode && /^[@#]/.test(name)) return [{ path: childPath, message: 'must be a single value' }]
    return findXmlFaults(child, childPath)
  })
}

function findInstructionFaults(instructions: RequestShape['instructions'] = {}): ShapeIssue[] {
  return Object.entries(instructions).flatMap(([target, attributes]) => {
    const wrongName = [target, ...Object.keys(attributes)].find((part) => !xmlName.test(part))
    const isXml = target.toLowerCase() === 'xml'
    if (wrongName === undefined && !isXml) return []
    return [{ path: ['instructions', target], message: 'must have XML names, and not be xml itself' }]
  })
}

function limitEntries(count: number, what: string) {
  const isWithinLimit = (record: object) => Object.keys(record).length <= count
  return [isWithinLimit, `must have at most ${count} ${what}`] as const
}
