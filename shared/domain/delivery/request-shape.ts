import * as z from 'zod'

/** A tree whose leaves are Liquid templates or plain values. Writing it escapes each leaf, so none can leave its place. */
export type ShapeTree = string | number | boolean | null | ShapeTree[] | { [name: string]: ShapeTree }

const maxLeaves = 200
const maxLevels = 8

const name = z.string().regex(/^(?!__proto__$)[^\p{Cc}\p{Cs}]{1,100}$/u, 'must be a name of at most 100 characters')
const template = z
  .string()
  .max(2000)
  .meta({
    id: 'ShapeTemplate',
    description:
      "Liquid, over what `lead.created` holds in `data`, and its `timestamp`. Filters of ours: `lookup: 'map'`, " +
      "`phone_digits`, `phone_dashed`, `yes_no: 'Y', 'N'`. `date` reads what is in ISO 8601, in UTC or a named time zone.",
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

/** What a secret of a header is called: the shape names it, and its value is kept apart. */
export const secretName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,39}$/, 'must be a camelCase name of at most 40 letters and digits')

const header = z.union([template.min(1), z.strictObject({ secret: secretName })])
const mapName = z.string().regex(/^[a-z][A-Za-z0-9_]{0,39}$/, 'must be a name of at most 40 letters and digits')
const map = z.record(z.string().max(200), z.string().max(500)).refine(...limitEntries(200, 'entries'))

/** How a school wants its leads, where it does not take `lead.created` as it stands. */
export const requestShape = z
  .strictObject({
    method: z.enum(['POST', 'PUT', 'PATCH']).default('POST'),
    format: z.enum(['json', 'form', 'xml']),
    headers: z
      .record(z.string(), header)
      .refine(...limitEntries(20, 'headers'))
      .optional()
      .meta({ description: 'Text is a Liquid template; a `secret` is given in `headerSecrets` and never read back.' }),
    fields: z.record(name, tree).meta({
      description:
        'Flat in a form. In XML `@name` is an attribute and `#text` the text beside it; a list repeats its element. ' +
        'A leaf that is one `{{ ... }}` and finds nothing is left out; within longer text it is empty.',
    }),
    root: z.string().optional().meta({ description: 'Of XML: the name of the outermost element.' }),
    maps: z
      .record(mapName, map)
      .refine(...limitEntries(20, 'maps'))
      .optional()
      .meta({ description: "For the filter `lookup: 'name'`, which finds nothing where the map has no entry." }),
  })
  .superRefine((shape, context) => {
    for (const { path, message } of [...findHeaderFaults(shape.headers), ...findFieldFaults(shape)])
      context.addIssue({ code: 'custom', path, message })
  })
  .meta({
    id: 'RequestShape',
    example: {
      format: 'form',
      headers: { 'x-api-key': { secret: 'apiKey' } },
      fields: { first: '{{ contact.firstName }}', level: "{{ education.highestLevel | lookup: 'levels' }}" },
      maps: { levels: { ged: 'GED', 'high-school-diploma': 'HS' } },
    },
  })
export type RequestShape = z.output<typeof requestShape>

/** Every leaf of a tree with the way to it. */
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
    if (!/^[\w-]{1,64}$/.test(headerName)) return fault('must be named by at most 64 letters, digits and hyphens')
    if (reservedHeader.test(lower)) return fault('may not be set: the sender sets it, or leaves it out, itself')
    if (lower === 'content-type' && !(typeof value === 'string' && mediaType.test(value)))
      return fault('must be a media type as it stands, such as text/xml; charset=utf-8')
    return names.some((other) => other !== headerName && other.toLowerCase() === lower)
      ? fault('stands twice: the case of letters makes no difference in a header')
      : []
  })
}

function findFieldFaults({ format, fields, root }: RequestShape): ShapeIssue[] {
  const leaves = listLeaves(fields)
  const faults: ShapeIssue[] = []
  if (leaves.length === 0) faults.push({ path: ['fields'], message: 'must hold at least one field' })
  if (leaves.length > maxLeaves) faults.push({ path: ['fields'], message: `must hold at most ${maxLeaves} leaves` })
  const deepLeaf = leaves.find(({ path }) => path.length > maxLevels)
  if (deepLeaf)
    faults.push({ path: ['fields', ...deepLeaf.path], message: `must not be nested deeper than ${maxLevels} levels` })
  if (format === 'form')
    for (const [field, value] of Object.entries(fields))
      if (typeof value === 'object' && value !== null)
        faults.push({ path: ['fields', field], message: 'must be one value: a form is flat' })
  if (format !== 'xml' && root !== undefined) faults.push({ path: ['root'], message: 'is for XML alone' })
  if (format === 'xml') {
    if (root === undefined || !xmlName.test(root))
      faults.push({ path: ['root'], message: 'must be the name of the outermost element, such as lead' })
    faults.push(...findXmlFaults(fields, ['fields']))
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
        ? [{ path: childPath, message: 'must not be a list within a list: XML has none' }]
        : findXmlFaults(child, childPath)
    if (name !== '#text' && !xmlName.test(name.replace(/^@/, '')))
      return [{ path: childPath, message: 'must be a name of XML, @name for an attribute, or #text' }]
    if (isNode && /^[@#]/.test(name)) return [{ path: childPath, message: 'must be one value' }]
    return findXmlFaults(child, childPath)
  })
}

function limitEntries(count: number, what: string) {
  const isWithinLimit = (record: object) => Object.keys(record).length <= count
  return [isWithinLimit, `must hold at most ${count} ${what}`] as const
}
