import { useState } from 'preact/hooks'
import {
  listSuppressionColumns,
  parseSuppressionCsv,
  planSuppressionImport,
  type SuppressionCsv,
  type SuppressionImportPlan,
} from '#shared/domain/aftercare/suppression-csv.ts'
import { captureProblem } from '../../browser-client.tsx'
import { csvImportText } from '../../text/csv-import-text.ts'
import type { ApiProblem } from '../../text/problem-text.ts'

export type RowFault = { row: number; code: string }
export type SendPart = (csv: string) => Promise<{
  problem?: ApiProblem | undefined
  body?: { suppressed: number; errors: readonly RowFault[] } | undefined
}>
export type CsvImportState =
  | { step: 'choose'; fault?: string | undefined }
  | {
      step: 'preview' | 'sending' | 'stopped' | 'done'
      csv: SuppressionCsv
      plan: SuppressionImportPlan
      total: number
      nextPart: number
      imported: number
      faults: readonly RowFault[]
      problem?: ApiProblem | undefined
    }
type Import = Exclude<CsvImportState, { step: 'choose' }>

/** Reads a CSV of people, and sends it part by part. After a failure it continues with the part that failed. */
export function useCsvImport(sendPart: SendPart, onDone: () => void) {
  const [state, setState] = useState<CsvImportState>({ step: 'choose' })

  const choose = async (file: File | undefined) => {
    const text = await file?.text().catch(() => undefined)
    if (!file) return setState({ step: 'choose', fault: csvImportText.chooseFile })
    if (text === undefined) return setState({ step: 'choose', fault: csvImportText.unreadable })
    const csv = parseSuppressionCsv(text)
    if (listSuppressionColumns(csv).length === 0) return setState({ step: 'choose', fault: csvImportText.noColumn })
    if (csv.rows.length === 0) return setState({ step: 'choose', fault: csvImportText.noRows })
    const plan = planSuppressionImport(csv)
    const total = plan.parts.reduce((sum, { rows }) => sum + rows.length, 0)
    setState({ step: 'preview', csv, plan, total, nextPart: 0, imported: 0, faults: plan.faults })
  }

  const run = async (from: Import) => {
    let current: Import = { ...from, step: 'sending', problem: undefined }
    setState(current)
    for (const part of from.plan.parts.slice(from.nextPart)) {
      const { body, problem } = await captureProblem(() => sendPart(part.csv))
      if (!body) return setState({ ...current, step: 'stopped', problem: problem ?? { code: 'FAULT' } })
      const partFaults = body.errors.map(({ row, code }) => ({ row: part.rows[row - 1] ?? row, code }))
      current = {
        ...current,
        nextPart: current.nextPart + 1,
        imported: current.imported + body.suppressed,
        faults: [...current.faults, ...partFaults],
      }
      setState(current)
    }
    setState({ ...current, step: 'done' })
    onDone()
  }

  const start = () => {
    if (state.step === 'preview' || state.step === 'stopped') void run(state)
  }
  return { state, choose, start, reset: () => setState({ step: 'choose' }) }
}
