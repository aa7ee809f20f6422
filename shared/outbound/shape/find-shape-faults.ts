import { listLeaves, type RequestShape } from '#shared/domain/delivery/request-shape.ts'
import { fullSampleLead, minimalSampleLead } from '#shared/domain/delivery/sample-event.ts'
import { canBeText } from './build-body.ts'
import { createShapeTemplates, type ShapeTemplates, toTemplateView } from './create-shape-templates.ts'

/** `pointer`: the JSON Pointer of the field within the shape. */
export type ShapeFault = { pointer: string; code: string; detail: string }
type TemplateField = { path: readonly string[]; template: string; form: 'any' | 'text' }

/**
 * Returns the faults of a shape's templates, found by rendering each for a lead with all optional fields and for one
 * without. `secrets`: the names of the header secrets that are stored or given.
 */
export async function findShapeFaults(
  shape: RequestShape,
  { secrets }: { secrets: readonly string[] },
): Promise<ShapeFault[]> {
  const templates = await createShapeTemplates(shape.maps, 'saving')
  const faults: ShapeFault[] = []
  for (const field of listTemplateFields(shape)) faults.push(...(await findFieldFaults(field, templates)))
  for (const [name, value] of Object.entries(shape.headers ?? {}))
    if (typeof value !== 'string' && !secrets.includes(value.secret))
      faults.push({
        pointer: toPointer(['headers', name]),
        code: 'unknown_secret',
        detail: 'names a secret that is neither stored nor given in headerSecrets',
      })
  return faults
}

/** Returns the faults of a template that makes text, such as the subject of an email. `name`: of its field. */
export async function findTemplateFaults(name: string, template: string): Promise<ShapeFault[]> {
  return findFieldFaults({ path: [name], template, form: 'text' }, await createShapeTemplates(undefined, 'saving'))
}

function listTemplateFields({ format, fields, headers = {} }: RequestShape): TemplateField[] {
  const form = format === 'json' ? 'any' : 'text'
  return [
    ...listLeaves(fields).flatMap(({ path, leaf }) =>
      typeof leaf === 'string' ? [{ path: ['fields', ...path], template: leaf, form } as const] : [],
    ),
    ...Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [{ path: ['headers', name], template: value, form: 'text' } as const] : [],
    ),
  ]
}

/** Returns only the first fault, because further ones mostly follow from it. */
async function findFieldFaults(
  { path, template, form }: TemplateField,
  { listVariables, render }: ShapeTemplates,
): Promise<ShapeFault[]> {
  const fault = (code: string, detail: string) => [{ pointer: toPointer(path), code, detail }]
  try {
    const unknownVariable = listVariables(template).find((variablePath) => !isKnownVariable(variablePath))
    if (unknownVariable)
      return fault('unknown_variable', `uses a variable that no lead has: ${unknownVariable.join('.')}`)
    for (const sample of [fullSampleLead, minimalSampleLead]) {
      const value = await render(template, toTemplateView(sample))
      if (form === 'text' && !canBeText(value))
        return fault('not_text', 'returns an object, but must return text: name one of its values')
    }
    return []
  } catch (error) {
    return fault(
      getTemplateErrorCode(error),
      `cannot be rendered: ${error instanceof Error ? error.message.split('\n')[0] : 'unknown'}`,
    )
  }
}

/** Any name may be in `answers`, because each program has its own questions, and in labels, because each source has its own. */
function isKnownVariable([root = '', ...rest]: readonly string[]): boolean {
  if (['answers', 'subIds', 'utm'].includes(root)) return true
  let value: unknown = toTemplateView(fullSampleLead)
  for (const step of [root, ...rest]) {
    if (typeof value !== 'object' || value === null) return step === 'size'
    if (Array.isArray(value)) return true
    if (!Object.hasOwn(value, step)) return false
    value = Object.entries(value).find(([name]) => name === step)?.[1]
  }
  return true
}

function getTemplateErrorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'template'
  const cause = 'originalError' in error ? error.originalError : undefined
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  if (error.message.startsWith('undefined filter')) return 'unknown_filter'
  if (/limit exceeded/.test(error.message)) return 'template_too_long'
  return error.name === 'RenderError' ? 'template' : 'template_syntax'
}

function toPointer(path: readonly string[]): string {
  return path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
