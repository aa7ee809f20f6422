import type * as z from 'zod'
import { serverLeadRequest } from '#shared/contract/capture/lead-fields.ts'
import { cleanContext } from '#shared/domain/capture/clean-context.ts'
import { normalizeContact } from '#shared/domain/capture/contact.ts'
import { readFormValues } from '#shared/domain/capture/read-form-values.ts'
import { describeIssue } from '#shared/http/describe-issue.ts'
import { locate, toFieldErrors } from '#shared/http/to-field-errors.ts'
import { dropEmptyObjects, setField } from '../records/nested-fields.ts'
import { type CsvRow, type CsvRowFault, findColumnFaults } from '../records/parse-record-rows.ts'
import { findLeadColumn, leadColumns } from './lead-columns.ts'

type LeadFields = { [field: string]: unknown }
/** A lead to send: the body of `POST /v1/leads`. */
export type LeadPlan = { row: number; id: string; body: z.output<typeof serverLeadRequest> }

/**
 * Plans the request of each row. Rows with faults have no plan. No fault repeats a value.
 * @param consentText for rows without a text of their own
 */
export function parseLeadRows(
  { header, rows }: { header: readonly string[]; rows: readonly CsvRow[] },
  { consentText }: { consentText?: string | undefined },
): { plans: LeadPlan[]; faults: CsvRowFault[] } {
  const headerFaults = checkHeader(header, consentText !== undefined)
  if (headerFaults.length > 0) return { plans: [], faults: headerFaults }
  const rowsById = Map.groupBy(rows, ({ cells }) => cells.id ?? '')
  const faults: CsvRowFault[] = []
  const plans = rows.flatMap((row): LeadPlan[] => {
    const id = row.cells.id ?? ''
    const idFaults = checkId(id, row, rowsById.get(id)?.[0])
    const { body, fieldFaults } = judgeBody(buildBody(header, row, consentText), row.number)
    faults.push(...idFaults, ...fieldFaults)
    return body && idFaults.length === 0 ? [{ row: row.number, id, body }] : []
  })
  return { plans, faults }
}

/** Names the column of a field error, whether this program or the service found it. */
export function findLeadFaultColumn(pointer: string): string {
  const columns = leadColumns.filter((column) => column.pointer !== '')
  const exact = columns.find((column) => pointer === column.pointer || pointer.startsWith(`${column.pointer}/`))
  return exact?.name ?? pointer.slice(1).replaceAll('/', '.')
}

function checkHeader(header: readonly string[], hasText: boolean): CsvRowFault[] {
  const fault = (column: string, detail: string) => ({ row: 1, column, detail })
  const required = leadColumns.filter(({ name, isRequired }) => isRequired || (name === 'consentText' && !hasText))
  return [
    ...findColumnFaults('leads', header, (name) => findLeadColumn(name) !== undefined),
    ...required
      .filter(({ name }) => !header.includes(name))
      .map(({ name, help }) =>
        fault(
          name,
          name === 'consentText' ? 'is missing. Add the column, or pass --consent-text.' : `is missing. ${help}`,
        ),
      ),
  ]
}

/** An Idempotency-Key is made from the ID, so it consists of visible ASCII characters. */
function checkId(id: string, row: CsvRow, firstRow: CsvRow | undefined): CsvRowFault[] {
  const fault = (detail: string) => [{ row: row.number, column: 'id', detail }]
  if (!/^[!-~]{1,200}$/.test(id)) return fault('must be 1 to 200 visible ASCII characters without spaces.')
  return firstRow && firstRow !== row ? fault(`is already in row ${firstRow.number}. Remove one of them.`) : []
}

function buildBody(header: readonly string[], { cells }: CsvRow, consentText: string | undefined): LeadFields {
  const body: LeadFields = { consent: { granted: true, ...(consentText !== undefined && { text: consentText }) } }
  for (const name of header) {
    const column = findLeadColumn(name)
    const text = cells[name] ?? ''
    if (!column || column.pointer === '' || text === '') continue
    setField(body, column.pointer, column.parse ? column.parse(text) : text)
  }
  return dropEmptyObjects(body)
}

function judgeBody(fields: LeadFields, row: number): { body?: LeadPlan['body']; fieldFaults: CsvRowFault[] } {
  const prepared: unknown = cleanContext(readFormValues(fields)).body
  const result = serverLeadRequest.safeParse(prepared, { error: describeIssue })
  const errors = result.success
    ? findContactErrors(result.data.contact)
    : toFieldErrors(result.error.issues, locate.body)
  if (result.success && errors.length === 0) return { body: result.data, fieldFaults: [] }
  return {
    fieldFaults: errors.map(({ pointer, detail }) => ({ row, column: findLeadFaultColumn(pointer), detail })),
  }
}

/** Whether the phone, the email and the ZIP code can exist. */
function findContactErrors(contact: LeadPlan['body']['contact']): { pointer: string; detail: string }[] {
  const result = normalizeContact(contact)
  return 'errors' in result ? result.errors.map(({ field, detail }) => ({ pointer: `/contact/${field}`, detail })) : []
}
