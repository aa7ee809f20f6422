import { useState } from 'preact/hooks'
import { recordDispositions } from '#shared/contract/aftercare/dispositions.ts'
import { maxDispositionRows } from '#shared/domain/aftercare/disposition.ts'
import { decodeText, UndecodableText } from '#shared/domain/decode-text.ts'
import { captureProblem, useApi } from '../../app/browser-client.tsx'
import { Field } from '../../app/components/field.tsx'
import { Note, ProblemNote } from '../../app/components/note.tsx'
import { Table } from '../../app/components/table.tsx'
import { formatNumber } from '../../app/format.ts'
import { Allowed } from '../../app/people/allowed.tsx'
import { Link } from '../../app/router.tsx'
import { dispositionLabels } from '../../app/text/lead-labels.ts'
import type { ApiProblem } from '../../app/text/problem-text.ts'
import { getLeadName } from '../capture/lead-columns.tsx'
import { useSchoolLeads } from '../capture/use-school-leads.ts'
import { leadText } from '../text/leads.ts'
import { bulkText } from '../text/statuses.ts'
import { readStatusFile, type StatusFile, type StatusRow, type StatusRowFault } from './status-file.ts'

type State =
  | { step: 'choose'; fault?: string }
  | { step: 'checking' }
  | { step: 'preview'; file: StatusFile; problem?: ApiProblem }
  | { step: 'saving'; file: StatusFile; sent: number }
  | { step: 'done'; file: StatusFile; saved: number }

const maxPreviewRows = 100

/** Sets the statuses of many leads by a file: choose, see what will be saved and which rows have errors, save. */
export function BulkStatus() {
  const { call } = useApi()
  const { refresh } = useSchoolLeads()
  const [state, setState] = useState<State>({ step: 'choose' })

  /** Sends the rows in parts. Returns the rows that are refused, or the problem that ended it. */
  const send = async (
    rows: readonly StatusRow[],
    dryRun: boolean,
    onPart: (sent: number) => void = () => undefined,
  ) => {
    const faults: StatusRowFault[] = []
    for (let from = 0; from < rows.length; from += maxDispositionRows) {
      const part = rows.slice(from, from + maxDispositionRows)
      const body = { rows: part.map(({ row: _, ...one }) => one), dryRun }
      const { body: result, problem } = await captureProblem(() => call(recordDispositions, { body }))
      if (!result) return { faults, problem: problem ?? { code: 'FAULT' } }
      faults.push(...result.errors.map(({ row, code }) => ({ row: part[row - 1]?.row ?? row, code })))
      onPart(from + part.length)
    }
    return { faults }
  }

  const check = async (chosen: File | undefined) => {
    if (!chosen) return setState({ step: 'choose', fault: bulkText.chooseFile })
    setState({ step: 'checking' })
    const content = await readText(chosen)
    const file = content === undefined ? undefined : readStatusFile(content)
    if (!file)
      return setState({ step: 'choose', fault: content === undefined ? bulkText.unreadable : bulkText.noColumns })
    if (file.rows.length + file.faults.length === 0) return setState({ step: 'choose', fault: bulkText.noRows })
    const { faults, problem } = await send(file.rows, true)
    setState({ step: 'preview', file: withoutFaults(file, faults), ...(problem && { problem }) })
  }

  const save = async (file: StatusFile) => {
    setState({ step: 'saving', file, sent: 0 })
    const { faults, problem } = await send(file.rows, false, (sent) => setState({ step: 'saving', file, sent }))
    const rest = withoutFaults(file, faults)
    refresh()
    setState(problem ? { step: 'preview', file: rest, problem } : { step: 'done', file: rest, saved: rest.rows.length })
  }

  return (
    <>
      <p>
        <Link to="/leads">{leadText.allLeads}</Link>
      </p>
      <h1>{bulkText.title}</h1>
      <p>{bulkText.intro}</p>
      <Allowed to={recordDispositions}>
        <section class="card" aria-label={bulkText.title}>
          {state.step === 'choose' && (
            <Field
              label={bulkText.file}
              help={bulkText.columns}
              fault={state.fault}
              type="file"
              accept=".csv,text/csv"
              onChange={({ currentTarget }) => void check(currentTarget.files?.[0])}
            />
          )}
          {state.step === 'checking' && <p role="status">{bulkText.checking}</p>}
          {state.step === 'preview' && (
            <>
              <p role="status">
                {bulkText.summary(formatNumber(state.file.rows.length), formatNumber(state.file.faults.length))}
              </p>
              {state.problem && (
                <>
                  <p>{bulkText.stopped}</p>
                  <ProblemNote problem={state.problem} />
                </>
              )}
              <FaultyRows faults={state.file.faults} />
              <PreviewRows rows={state.file.rows} />
            </>
          )}
          {state.step === 'saving' && (
            <div>
              <progress max={state.file.rows.length} value={state.sent} aria-label={bulkText.title} />{' '}
              <span role="status">
                {bulkText.saving(formatNumber(state.sent), formatNumber(state.file.rows.length))}
              </span>
            </div>
          )}
          {state.step === 'done' && (
            <>
              <Note kind="good">{bulkText.done(formatNumber(state.saved))}</Note>
              <FaultyRows faults={state.file.faults} />
            </>
          )}
          <div class="actions">
            {state.step === 'preview' && state.file.rows.length > 0 && (
              <button type="button" class="button" onClick={() => void save(state.file)}>
                {bulkText.start(formatNumber(state.file.rows.length))}
              </button>
            )}
            {(state.step === 'preview' || state.step === 'done') && (
              <button type="button" class="plain" onClick={() => setState({ step: 'choose' })}>
                {bulkText.another}
              </button>
            )}
          </div>
        </section>
      </Allowed>
    </>
  )
}

function PreviewRows({ rows }: { rows: readonly StatusRow[] }) {
  const { leads } = useSchoolLeads()
  const names = new Map(leads.map((lead) => [lead.deliveryId, getLeadName(lead)]))
  return (
    <Table
      caption={bulkText.preview}
      rows={rows.slice(0, maxPreviewRows)}
      getRowKey={({ row }) => String(row)}
      emptyMessage={bulkText.noRows}
      columns={[
        { head: bulkText.row, cell: ({ row }) => formatNumber(row) },
        { head: bulkText.lead, cell: ({ deliveryId }) => names.get(deliveryId) ?? deliveryId },
        {
          head: bulkText.status,
          cell: (row) => ('disposition' in row ? dispositionLabels[row.disposition].label : row.code),
        },
      ]}
    />
  )
}

function FaultyRows({ faults }: { faults: readonly StatusRowFault[] }) {
  if (faults.length === 0) return null
  return (
    <Table
      caption={bulkText.errors}
      rows={faults}
      getRowKey={({ row }) => String(row)}
      emptyMessage=""
      columns={[
        { head: bulkText.row, cell: ({ row }) => formatNumber(row) },
        { head: bulkText.problem, cell: ({ code }) => faultText[code] ?? bulkText.faults.other },
      ]}
    />
  )
}

const faultText: { readonly [code: string]: string } = bulkText.faults

function withoutFaults({ rows, faults }: StatusFile, found: readonly StatusRowFault[]): StatusFile {
  const faultyRows = new Set(found.map(({ row }) => row))
  return {
    rows: rows.filter(({ row }) => !faultyRows.has(row)),
    faults: [...faults, ...found].toSorted((one, other) => one.row - other.row),
  }
}

async function readText(file: File): Promise<string | undefined> {
  try {
    return decodeText(new Uint8Array(await file.arrayBuffer()), undefined)
  } catch (error) {
    if (error instanceof UndecodableText) return undefined
    throw error
  }
}
