import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { RecordKind } from '#shared/contract/catalog/records.ts'
import type { FieldError } from '#shared/contract/problems.ts'
import type { Json } from './fields/json.ts'
import type { Names } from './names.tsx'
import type { FormSchema, ResolvedSchema } from './record-schema.ts'

/** What every field of a form needs to know of the form. */
export type Editor = {
  resolve: (schema: FormSchema) => ResolvedSchema
  errors: readonly FieldError[]
  /** What other records are called, to choose from. */
  names: { readonly [kind in Exclude<RecordKind, 'sources'>]: Names }
}

export const EditorContext = createContext<Editor | undefined>(undefined)

export function useEditor(): Editor {
  const editor = useContext(EditorContext)
  if (!editor) throw new Error('There is no form around this field.')
  return editor
}

/** What is wrong at exactly this place. */
export function useFault(pointer: string): string | undefined {
  return useEditor().errors.find((error) => error.pointer === pointer)?.detail
}

/** What is wrong at this place, or at one within it that has no field of its own. */
export function useFaultWithin(pointer: string): string | undefined {
  const error = useEditor().errors.find(
    ({ pointer: errorPointer }) => errorPointer === pointer || errorPointer.startsWith(`${pointer}/`),
  )
  if (!error) return undefined
  const within = error.pointer.slice(pointer.length)
  return within === '' ? error.detail : `${within.slice(1)}: ${error.detail}`
}

/** A field of a form: what it holds, and how that changes. */
export type FieldProps = {
  schema: FormSchema
  name: string
  /** JSON Pointer into the record. */
  pointer: string
  value: Json | undefined
  change: (next: Json | undefined) => void
  isRequired: boolean
  /** Instead of the label that its name would give it. */
  label?: string
}
export type ResolvedFieldProps = Omit<FieldProps, 'schema'> & { schema: ResolvedSchema }
