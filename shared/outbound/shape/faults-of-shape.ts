import { leavesOf, type RequestShape } from '#shared/domain/delivery/request-shape.ts'
import { bareSample, fullSample } from '#shared/domain/delivery/sample-event.ts'
import { hasText } from './shape-body.ts'
import { shapeTemplates, type Templates, viewOf } from './shape-templates.ts'

/** `pointer` leads from the shape to the field. */
export type ShapeFault = { pointer: string; code: string; detail: string }
type Place = { path: readonly string[]; template: string; form: 'any' | 'text' }

/**
 * What is wrong with the templates of a shape whose form is right, by rendering each for a lead that tells all and for
 * one that tells as little as it may. `secrets`: the names of those that are kept or given.
 */
export async function faultsOfShape(
  shape: RequestShape,
  { secrets }: { secrets: readonly string[] },
): Promise<ShapeFault[]> {
  const templates = await shapeTemplates(shape.maps, 'saving')
  const faults: ShapeFault[] = []
  for (const place of placesOf(shape)) faults.push(...(await faultsOf(place, templates)))
  for (const [name, value] of Object.entries(shape.headers ?? {}))
    if (typeof value !== 'string' && !secrets.includes(value.secret))
      faults.push({
        pointer: pointerOf(['headers', name]),
        code: 'unknown_secret',
        detail: 'names a secret that is neither kept nor given in headerSecrets',
      })
  return faults
}

function placesOf({ format, fields, headers = {} }: RequestShape): Place[] {
  const form = format === 'json' ? 'any' : 'text'
  return [
    ...leavesOf(fields).flatMap(({ path, leaf }) =>
      typeof leaf === 'string' ? [{ path: ['fields', ...path], template: leaf, form } as const] : [],
    ),
    ...Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [{ path: ['headers', name], template: value, form: 'text' } as const] : [],
    ),
  ]
}

/** The first fault, since the others mostly follow from it. */
async function faultsOf({ path, template, form }: Place, { variablesOf, render }: Templates): Promise<ShapeFault[]> {
  const fault = (code: string, detail: string) => [{ pointer: pointerOf(path), code, detail }]
  try {
    const unknown = variablesOf(template).find((way) => !isKnown(way))
    if (unknown) return fault('unknown_variable', `reads what no lead has: ${unknown.join('.')}`)
    for (const sample of [fullSample, bareSample]) {
      const value = await render(template, viewOf(sample))
      if (form === 'text' && !hasText(value))
        return fault('not_text', 'gives a whole object where text must stand: name one of its values')
    }
    return []
  } catch (error) {
    return fault(
      codeOf(error),
      `cannot be rendered: ${error instanceof Error ? error.message.split('\n')[0] : 'unknown'}`,
    )
  }
}

/** Answers go by the questions of each program, so any name may be among them. */
function isKnown([first = '', ...rest]: readonly string[]): boolean {
  if (first === 'answers') return true
  let here: unknown = viewOf(fullSample)
  for (const step of [first, ...rest]) {
    if (typeof here !== 'object' || here === null) return step === 'size'
    if (Array.isArray(here)) return true
    if (!Object.hasOwn(here, step)) return false
    here = Object.entries(here).find(([name]) => name === step)?.[1]
  }
  return true
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'template'
  const cause = 'originalError' in error ? error.originalError : undefined
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  if (error.message.startsWith('undefined filter')) return 'unknown_filter'
  if (/limit exceeded/.test(error.message)) return 'template_too_long'
  return error.name === 'RenderError' ? 'template' : 'template_syntax'
}

function pointerOf(path: readonly string[]): string {
  return path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
