import { isDeepStrictEqual } from 'node:util'
import type * as z from 'zod'
import { recordLabels, records } from '#shared/contract/catalog/records.ts'
import { describeIssue } from '#shared/http/describe-issue.ts'
import { locate, toFieldErrors } from '#shared/http/to-field-errors.ts'
import type { CsvColumn } from './csv-column.ts'
import { dropEmptyObjects, getField, isNestedObject, setField } from './nested-fields.ts'
import { type CsvRecordKind, recordColumns } from './record-columns.ts'

/** A row of the file, by column name. `number`: the header is row 1. */
export type CsvRow = { number: number; cells: { readonly [column: string]: string } }
export type StoredRecordBody = { version: number; body: Fields }
type Fields = { [field: string]: unknown }
/** What is wrong, where, and how to fix it. */
export type CsvRowFault = { row: number; column: string; detail: string }
export type RecordPlan = {
  row: number
  id: string
  /** 0 if it is new. */
  version: number
  body: Fields
  before: Fields | undefined
  /** Names of the columns that change it. */
  changedColumns: readonly string[]
}

/**
 * Plans the write of each row: the columns of the file over the stored record. Rows with faults have no plan.
 * @param stored records by ID, without the fields that only the server sets
 */
export function parseRecordRows(
  kind: CsvRecordKind,
  { header, rows }: { header: readonly string[]; rows: readonly CsvRow[] },
  stored: ReadonlyMap<string, StoredRecordBody>,
): { plans: RecordPlan[]; faults: CsvRowFault[] } {
  const faults = checkHeader(kind, header)
  if (faults.length > 0) return { plans: [], faults }
  const columns = recordColumns[kind].filter(({ name }) => header.includes(name))
  const rowsById = Map.groupBy(rows, ({ cells }) => cells.id ?? '')
  const plans = rows.flatMap((row): RecordPlan[] => {
    const id = row.cells.id ?? ''
    const [firstRow] = rowsById.get(id) ?? []
    if (id !== '' && firstRow !== row) {
      faults.push({
        row: row.number,
        column: 'id',
        detail: `"${id}" is already in row ${firstRow?.number}. Remove one of them.`,
      })
      return []
    }
    const before = stored.get(id)
    const body = applyColumns(columns, row, before?.body)
    const rowFaults = findFaults(kind, id, body, row.number)
    faults.push(...rowFaults)
    if (rowFaults.length > 0) return []
    const changedColumns = columns
      .filter(
        ({ pointer }) =>
          pointer !== '' && !isDeepStrictEqual(getField(body, pointer), getField(before?.body ?? {}, pointer)),
      )
      .map(({ name }) => name)
    return [{ row: row.number, id, version: before?.version ?? 0, body, before: before?.body, changedColumns }]
  })
  return { plans, faults: faults.toSorted((a, b) => a.row - b.row) }
}

/** Names the column of a field error that the service returned. */
export function findColumn(kind: CsvRecordKind, pointer: string): string {
  const columns = recordColumns[kind].filter((column) => column.pointer !== '')
  const exact = columns.find((column) => pointer === column.pointer || pointer.startsWith(`${column.pointer}/`))
  return (exact ?? columns.find((column) => column.pointer.startsWith(`${pointer}/`)))?.name ?? 'id'
}

function checkHeader(kind: CsvRecordKind, header: readonly string[]): CsvRowFault[] {
  const columns = recordColumns[kind]
  const missingId = { row: 1, column: 'id', detail: 'is missing. Add the column with an ID of your own for each row.' }
  return [
    ...findColumnFaults(kind, header, (name) => columns.some((column) => column.name === name)),
    ...(header.includes('id') ? [] : [missingId]),
  ]
}

/** The names of a header that are of no column, or there twice. `kind`: what the file has a row of each. */
export function findColumnFaults(
  kind: string,
  header: readonly string[],
  isColumn: (name: string) => boolean,
): CsvRowFault[] {
  const unknown = header.filter((name) => !isColumn(name))
  const repeated = header.filter((name, index) => header.indexOf(name) < index)
  return [
    ...unknown.map((column) => ({
      row: 1,
      column,
      detail: `is no column of ${kind}. Remove it, or see --template for all columns.`,
    })),
    ...repeated.map((column) => ({ row: 1, column, detail: 'is there twice. Remove one of them.' })),
  ]
}

function applyColumns(columns: readonly CsvColumn[], { cells }: CsvRow, before: Fields | undefined): Fields {
  const body: Fields = structuredClone(before ?? {})
  for (const { name, pointer, parse = (text: string) => text } of columns) {
    if (pointer === '') continue
    const text = cells[name] ?? ''
    if (pointer.startsWith('/caps/'))
      setCap(body, pointer.slice('/caps/'.length), text === '' ? undefined : parse(text))
    else setField(body, pointer, text === '' ? undefined : parse(text, getField(body, pointer)))
  }
  return dropEmptyObjects(body)
}

/** Replaces the plain cap of a period; others stay. */
function setCap(body: Fields, period: string, limit: unknown): void {
  const caps = Array.isArray(body.caps) ? body.caps : []
  const isPlain = (cap: unknown) =>
    isNestedObject(cap) && cap.period === period && (cap.unit ?? 'leads') === 'leads' && cap.rules === undefined
  const index = caps.findIndex(isPlain)
  const cap = limit === undefined ? [] : [{ ...(isNestedObject(caps[index]) ? caps[index] : {}), period, limit }]
  const others = caps.filter((_, position) => position !== index)
  const all = index === -1 ? [...others, ...cap] : others.toSpliced(index, 0, ...cap)
  if (all.length > 0 || Array.isArray(body.caps)) body.caps = all
}

/** Where a record breaks the rules of the API, by column. */
export function findFaults(kind: CsvRecordKind, id: string, body: Fields, row: number): CsvRowFault[] {
  const { params, body: schema } = records[kind].put
  const idIssues = params.safeParse({ id }, { error: describeIssue }).error?.issues ?? []
  const result: { error?: z.core.$ZodError | undefined } = schema.safeParse(JSON.parse(JSON.stringify(body)), {
    error: describeIssue,
  })
  const errors = toFieldErrors(result.error?.issues ?? [], locate.body)
  return [
    ...idIssues.map(({ message }) => ({
      row,
      column: 'id',
      detail: id === '' ? `is empty. Give the ${recordLabels[kind].toLowerCase()} an ID.` : message,
    })),
    ...errors.map(({ pointer, detail }) => ({ row, column: findColumn(kind, pointer), detail })),
  ]
}
