import type { Liquid } from 'liquidjs'
import type { RequestShape } from '#shared/domain/delivery/request-shape.ts'

/** `saving` refuses faults that `sending` tolerates, because an accepted lead must be sent. */
export type ShapePhase = 'saving' | 'sending'

/** Liquid's own filters that are deterministic and read nothing but their input. */
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
/** Liquid's own tags that read no file. */
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

/** Removes all filters and tags that a shape may not use, and adds ours. */
export function configureFilters(engine: Liquid, maps: RequestShape['maps'], phase: ShapePhase): void {
  for (const name of Object.keys(engine.filters)) if (!allowedFilters.includes(name)) engine.unregisterFilter(name)
  for (const name of Object.keys(engine.tags))
    if (!allowedTags.includes(name)) Reflect.deleteProperty(engine.tags, name)

  const formatDate = engine.filters.date
  engine.registerFilter('date', function (value: unknown, ...format: unknown[]) {
    if (phase === 'saving' && (value === 'now' || value === 'today'))
      throw createTemplateError(
        'not_the_same',
        'must not use the current time, because a lead must be the same at every attempt',
      )
    return typeof value === 'string' && isoInstant.test(value) && typeof formatDate === 'function'
      ? formatDate.call(this, value, ...format)
      : value
  })
  engine.registerFilter('lookup', (value: unknown, name: unknown) => {
    const map = Object.hasOwn(maps ?? {}, String(name)) ? maps?.[String(name)] : undefined
    if (!map && phase === 'saving')
      throw createTemplateError('unknown_map', `uses a map that is not in \`maps\`: ${name}`)
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

// Other date formats depend on the machine or on the current day.
const isoInstant = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/

function createTemplateError(code: string, detail: string) {
  return Object.assign(new Error(detail), { code })
}
