import type { FieldError } from '#shared/contract/problems.ts'
import { formatNumber } from '../../app/format.ts'
import type { FieldText, FieldTexts } from '../text/records/field-text.ts'
import { editorText, faultText } from '../text/records/record-text.ts'
import { ruleText } from '../text/routing-text.ts'
import {
  type FormSchema,
  getVariantsByKind,
  itemSchema,
  type RecordSchema,
  type ResolvedSchema,
} from './record-schema.ts'

/** What is wrong with one field, in a sentence for staff. */
export type RecordFieldFault = { pointer: string; message: string }

/** Where the editor reports a problem with the ID of a new record. */
export const idPointer = '{id}'

/** Replaces the errors of the API, whose details are for developers, by sentences of our own. */
export function toFieldFaults(
  errors: readonly FieldError[],
  schema: RecordSchema,
  fields: FieldTexts,
): RecordFieldFault[] {
  return errors.map(({ pointer, code }) => ({ pointer, message: describeFault(pointer, code, schema, fields) }))
}

/** The text of a field, by a JSON Pointer in which positions in lists are ignored. */
export function findFieldText(pointer: string, fields: FieldTexts): FieldText | undefined {
  let text: FieldText | undefined
  for (const name of toSteps(pointer).filter((step) => !isPosition(step))) {
    text = (text ? text.fields : fields)?.[name]
    if (!text) return undefined
  }
  return text
}

/** Such as `Caps, 2, Limit` for `/caps/1/limit`. A name without a label, such as one in a JSON template, stays. */
export function formatPointer(pointer: string, fields: FieldTexts): string {
  const steps = toSteps(pointer)
  return steps
    .map((step, index) => {
      if (isPosition(step)) return String(Number(step) + 1)
      return findFieldText(steps.slice(0, index + 1).join('/'), fields)?.label ?? step
    })
    .join(', ')
}

/** The message for a field, with the name of the inner field if the fault is in one that has no input of its own. */
export function formatInnerFault(
  { pointer, message }: RecordFieldFault,
  outerPointer: string,
  fields: FieldTexts,
): string {
  if (pointer === outerPointer) return message
  const inner = formatPointer(pointer, fields).slice(formatPointer(outerPointer, fields).length)
  return editorText.fieldFault(inner.replace(/^, /, ''), message)
}

function describeFault(pointer: string, code: string, schema: RecordSchema, fields: FieldTexts): string {
  if (pointer === idPointer) return idFaults[code] ?? faultText.id
  if (code === 'required') return faultText.required
  if (faultsByCode[code] !== undefined) return faultsByCode[code]
  const steps = toSteps(pointer)
  const rulesAt = steps.indexOf('rules')
  if (rulesAt >= 0 && rulesAt < steps.length - 1) return ruleFaults[steps.at(-1) ?? ''] ?? ruleText.fault
  const closest = steps.map((_, index) => findFieldText(steps.slice(0, index + 1).join('/'), fields)).findLast(Boolean)
  return closest?.fault ?? describeLimits(findSchema(steps, schema))
}

const idFaults: { readonly [code: string]: string } = { required: faultText.idRequired, taken: faultText.idTaken }

const faultsByCode: { readonly [code: string]: string } = {
  unknown_record: faultText.unknownRecord,
  unknown_school: faultText.unknownRecord,
  unknown_career: faultText.unknownRecord,
  not_of_school: faultText.otherSchool,
  forbidden_url: faultText.url,
  unknown_secret: faultText.secret,
  forbidden_character: faultText.text,
}

const ruleFaults: { readonly [name: string]: string } = ruleText.faults

/** What the schema accepts, in words. */
function describeLimits(schema: ResolvedSchema | undefined): string {
  if (!schema) return faultText.other
  const { type, enum: choices, minimum, maximum, maxLength, maxItems } = schema
  if (choices) return faultText.select
  if (type === 'integer' || type === 'number') {
    if (minimum === undefined) return faultText.number
    return maximum === undefined
      ? faultText.numberFrom(formatNumber(minimum))
      : faultText.numberRange(formatNumber(minimum), formatNumber(maximum))
  }
  if (type === 'string') return maxLength === undefined ? faultText.text : faultText.maxLength(formatNumber(maxLength))
  if (type === 'array' && maxItems !== undefined) return faultText.maxItems(formatNumber(maxItems))
  return faultText.other
}

function findSchema(steps: readonly string[], { root, resolve }: RecordSchema): ResolvedSchema | undefined {
  const findChildren = (schema: ResolvedSchema, step: string): FormSchema[] => {
    if (isPosition(step)) return [itemSchema(schema)]
    const child = schema.properties?.[step]
    const variants = [...getVariantsByKind(schema, resolve).values()]
    return [
      ...(typeof child === 'object' ? [child] : []),
      ...variants.flatMap((variant) => findChildren(variant, step)),
    ]
  }
  const [found] = steps.reduce<ResolvedSchema[]>(
    (schemas, step) => schemas.flatMap((schema) => findChildren(schema, step).map(resolve)),
    [root],
  )
  return found
}

function toSteps(pointer: string): string[] {
  return pointer.split('/').filter((step) => step !== '')
}

function isPosition(step: string): boolean {
  return /^\d+$/.test(step)
}
