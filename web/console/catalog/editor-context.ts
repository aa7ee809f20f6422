import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { RecordKind } from '#shared/contract/catalog/records.ts'
import type { FieldText, FieldTexts } from '../text/records/field-text.ts'
import { findFieldText, formatInnerFault, type RecordFieldFault } from './field-faults.ts'
import type { Json } from './fields/json.ts'
import type { Names } from './names.tsx'
import type { FormSchema, ResolvedSchema } from './record-schema.ts'

/** What the fields of a form share. */
export type Editor = {
  /** Absent while the record is new. */
  recordId: string | undefined
  resolve: (schema: FormSchema) => ResolvedSchema
  texts: FieldTexts
  faults: readonly RecordFieldFault[]
  /** The names of the records that fields refer to. */
  names: { readonly [kind in Exclude<RecordKind, 'sources'>]: Names }
}

export const EditorContext = createContext<Editor | undefined>(undefined)

export function useEditor(): Editor {
  const editor = useContext(EditorContext)
  if (!editor) throw new Error('useEditor needs an EditorContext.')
  return editor
}

/** The label and help of a field. A test makes sure that no field of a record lacks them. */
export function useFieldText(pointer: string): FieldText {
  return findFieldText(pointer, useEditor().texts) ?? { label: pointer.split('/').at(-1) ?? '', help: '' }
}

/** The fault of exactly this field. */
export function useFault(pointer: string): string | undefined {
  return useEditor().faults.find((fault) => fault.pointer === pointer)?.message
}

/** The fault of this field, or of a field within it that has no input of its own. */
export function useFaultWithin(pointer: string): string | undefined {
  const { faults, texts } = useEditor()
  const fault = faults.find((candidate) => candidate.pointer === pointer || candidate.pointer.startsWith(`${pointer}/`))
  return fault && formatInnerFault(fault, pointer, texts)
}

/** A field of a form with its value. */
export type FieldProps = {
  schema: FormSchema
  name: string
  /** JSON Pointer into the record. */
  pointer: string
  value: Json | undefined
  change: (next: Json | undefined) => void
  isRequired: boolean
  /** Replaces the label of the catalog, such as `Cap 2` for an item of a list. */
  label?: string
}
export type ResolvedFieldProps = Omit<FieldProps, 'schema'> & { schema: ResolvedSchema }
