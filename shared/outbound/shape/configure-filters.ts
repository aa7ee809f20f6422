import type { Liquid } from 'liquidjs'
import type { RequestShape } from '#shared/domain/delivery/request-shape.ts'

/** `saving` refuses what `sending` takes as it can: a lead that has been accepted goes out. */
export type ShapePhase = 'saving' | 'sending'

/** Those of Liquid's own filters that give the same for the same, and reach for nothing outside. */
const allowedFilters = [
  ...['append', 'prepend', 'capitalize', 'downcase', 'upcase', 'strip', 'lstrip', 'rstrip', 'squish', 'strip_newlines'],
  ...['replace', 'replace_first', 'replace_last', 'remove', 'remove_first', 'remove_last', 'truncate', 'truncatewords'],
  ...['slice', 'split', 'join', 'first', 'last', 'size', 'map', 'where', 'compact', 'concat', 'reverse', 'sort'],
  ...['sort_natural', 'uniq', 'sum', 'plus', 'minus', 'times', 'divided_by', 'modulo', 'round', 'floor', 'ceil', 'abs'],
  ...[
    'at_least',
    'at_most',
    'to_integer',
    'default',
    'json',
    'escape',
    'url_encode',
    'base64_encode',
    'sha256',
    'date',
  ],
]
/** Those of its tags that read no file. */
const allowedTags = [
  'assign',
  'break',
  'capture',
  'case',
  'comment',
  'continue',
  'echo',
  'for',
  'if',
  'raw',
  'unless',
  '#',
]

/** Leaves an engine with the filters and tags that a shape may use. */
export function configureFilters(engine: Liquid, maps: RequestShape['maps'], phase: ShapePhase): void {
  for (const name of Object.keys(engine.filters)) if (!allowedFilters.includes(name)) engine.unregisterFilter(name)
  for (const name of Object.keys(engine.tags))
    if (!allowedTags.includes(name)) Reflect.deleteProperty(engine.tags, name)

  const formatDate = engine.filters.date
  engine.registerFilter('date', function (value: unknown, ...format: unknown[]) {
    if (phase === 'saving' && (value === 'now' || value === 'today'))
      throw createTemplateError(
        'not_the_same',
        'may not use the present moment: a lead reads the same at every attempt',
      )
    return typeof value === 'string' && isoInstant.test(value) && typeof formatDate === 'function'
      ? formatDate.call(this, value, ...format)
      : value
  })
  engine.registerFilter('lookup', (value: unknown, name: unknown) => {
    const map = Object.hasOwn(maps ?? {}, String(name)) ? maps?.[String(name)] : undefined
    if (!map && phase === 'saving')
      throw createTemplateError('unknown_map', `looks up a map that is not in \`maps\`: ${name}`)
    const findEntry = (key: unknown) => (map && Object.hasOwn(map, String(key)) ? map[String(key)] : undefined)
    return Array.isArray(value) ? value.map(findEntry).filter((entry) => entry !== undefined) : findEntry(value)
  })
  engine.registerFilter('phone_digits', (value: unknown) => String(value ?? '').replace(/^\+1(?=\d{10}$)|\D/g, ''))
  engine.registerFilter('phone_dashed', (value: unknown) =>
    String(value ?? '').replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '$1-$2-$3'),
  )
  engine.registerFilter('yes_no', (value: unknown, yes: unknown = 'yes', no: unknown = 'no') =>
    typeof value === 'boolean' ? (value ? yes : no) : value,
  )
}

// Whatever else Liquid would take for a date depends on the machine, or on the day.
const isoInstant = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/

function createTemplateError(code: string, detail: string) {
  return Object.assign(new Error(detail), { code })
}
