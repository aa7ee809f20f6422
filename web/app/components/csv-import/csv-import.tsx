import type { ComponentChildren } from 'preact'
import { listSuppressionColumns } from '#shared/domain/aftercare/suppression-csv.ts'
import { formatNumber } from '../../format.ts'
import { csvImportText } from '../../text/csv-import-text.ts'
import { Field, Select } from '../field.tsx'
import { Note, ProblemNote } from '../note.tsx'
import { Table } from '../table.tsx'
import { type CsvImportState, type RowFault, type SendPart, useCsvImport } from './use-csv-import.ts'

type Props = {
  sendPart: SendPart
  /** What else the import needs, such as a reason. It stays while the import runs. */
  children?: ComponentChildren
  /** Returns whether the other fields are complete. They show their own faults. */
  validate?: () => boolean
  onDone?: () => void
}

const maxShownFaults = 100
const previewRowCount = 5

/** Imports people from a CSV file: choose, preview, progress, and the rows that were skipped. */
export function CsvImport({ sendPart, children, validate = () => true, onDone = () => undefined }: Props) {
  const { state, choose, start, reset } = useCsvImport(sendPart, onDone)
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (state.step === 'choose') void choose(undefined)
        else if (validate()) start()
      }}
    >
      {(state.step === 'choose' || state.step === 'preview') && (
        <Field
          label={csvImportText.file}
          help={csvImportText.fileHelp}
          fault={state.step === 'choose' ? state.fault : undefined}
          type="file"
          accept=".csv,text/csv"
          onChange={({ currentTarget }) => void choose(currentTarget.files?.[0])}
        />
      )}
      {state.step === 'choose' && state.undecoded && (
        <Select
          label={csvImportText.charset}
          help={csvImportText.charsetHelp}
          choices={[{ value: '', label: csvImportText.chooseCharset }, ...csvImportText.charsets]}
          onChange={({ currentTarget }) => void choose(state.undecoded, currentTarget.value || undefined)}
        />
      )}
      {children}
      {state.step !== 'choose' && <ImportDetails state={state} reset={reset} />}
      {state.step === 'choose' && (
        <button type="submit" class="button">
          {csvImportText.preview}
        </button>
      )}
    </form>
  )
}

type DetailsProps = { state: Exclude<CsvImportState, { step: 'choose' }>; reset: () => void }

function ImportDetails({ state, reset }: DetailsProps) {
  const { step, plan, total, nextPart, imported, faults, problem } = state
  const nextRow = plan.parts[nextPart]?.rows[0]
  return (
    <>
      {step === 'preview' && <Preview state={state} />}
      {(step === 'sending' || step === 'stopped') && (
        <div>
          <progress max={total} value={imported} aria-label={csvImportText.progressLabel} />{' '}
          <span role="status">{csvImportText.progress(formatNumber(imported), formatNumber(total))}</span>
        </div>
      )}
      {step === 'stopped' && (
        <>
          <p>{csvImportText.stopped}</p>
          {problem && <ProblemNote problem={problem} />}
        </>
      )}
      {step === 'done' && (
        <Note kind="good">{csvImportText.done(formatNumber(imported), formatNumber(faults.length))}</Note>
      )}
      {faults.length > 0 && <SkippedRows faults={faults} />}
      <div class="actions">
        {step === 'preview' && total > 0 && (
          <button type="submit" class="button">
            {csvImportText.start}
          </button>
        )}
        {step === 'stopped' && (
          <button type="submit" class="button">
            {csvImportText.resume(formatNumber(nextRow ?? 1))}
          </button>
        )}
        {step === 'done' && (
          <button type="button" class="button second" onClick={reset}>
            {csvImportText.another}
          </button>
        )}
      </div>
    </>
  )
}

function Preview({ state: { csv, plan, total } }: Pick<DetailsProps, 'state'>) {
  const columns = listSuppressionColumns(csv)
  const rows = csv.rows.slice(0, previewRowCount).map((cells, index) => ({ cells, number: index + 1 }))
  return (
    <>
      <p role="status">{csvImportText.summary(formatNumber(total), formatNumber(plan.faults.length))}</p>
      <p class="help">{csvImportText.columnsRead(columns.join(', '))}</p>
      <Table
        caption={csvImportText.firstRows}
        rows={rows}
        getRowKey={({ number }) => String(number)}
        emptyMessage={csvImportText.noRows}
        columns={[
          { head: csvImportText.row, cell: ({ number }) => number },
          ...columns.map((column) => ({
            head: column,
            cell: ({ cells }: (typeof rows)[number]) => cells[csv.header.lastIndexOf(column)],
          })),
        ]}
      />
    </>
  )
}

function SkippedRows({ faults }: { faults: readonly RowFault[] }) {
  return (
    <details open={faults.length <= previewRowCount}>
      <summary>
        {csvImportText.skipped}: {formatNumber(faults.length)}
      </summary>
      <p class="help">{csvImportText.rowsHelp}</p>
      <Table
        caption={csvImportText.skipped}
        rows={faults.slice(0, maxShownFaults)}
        getRowKey={({ row }) => String(row)}
        emptyMessage={csvImportText.noRows}
        columns={[
          { head: csvImportText.row, cell: ({ row }) => formatNumber(row) },
          { head: csvImportText.problem, cell: ({ code }) => faultText[code] ?? csvImportText.otherFault },
        ]}
      />
      {faults.length > maxShownFaults && (
        <p>{csvImportText.moreFaults(formatNumber(faults.length - maxShownFaults))}</p>
      )}
    </details>
  )
}

const faultText: { readonly [code: string]: string } = csvImportText.faults
