import { useState } from 'preact/hooks'
import {
  listSuppressionColumns,
  parseSuppressionCsv,
  planSuppressionImport,
  type SuppressionCsv,
  type SuppressionImportPlan,
} from '#shared/domain/aftercare/suppression-csv.ts'
import { decodeText, type TextFault, UndecodableText } from '#shared/domain/decode-text.ts'
import { captureProblem } from '../../browser-client.tsx'
import { formatNumber } from '../../format.ts'
import { csvImportText } from '../../text/csv-import-text.ts'
import type { ApiProblem } from '../../text/problem-text.ts'

export type RowFault = { row: number; code: string }
export type SendPart = (csv: string) => Promise<{
  problem?: ApiProblem | undefined
  body?: { suppressed: number; errors: readonly RowFault[] } | undefined
}>
export type CsvImportState =
  | {
      step: 'choose'
      fault?: string | undefined
      /** A file that was not read, because it is in another charset. */
      undecoded?: File | undefined
    }
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

  /** @param charset absent: UTF-8, or what its byte order mark says */
  const choose = async (file: File | undefined, charset?: string) => {
    if (!file) return setState({ step: 'choose', fault: csvImportText.chooseFile })
    const content = await readFile(file, charset)
    if ('fault' in content) return setState({ step: 'choose', ...content })
    const csv = parseSuppressionCsv(content.text)
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

type FileContent = { text: string } | { fault: string; undecoded?: File }

async function readFile(file: File, charset: string | undefined): Promise<FileContent> {
  try {
    return { text: decodeText(new Uint8Array(await file.arrayBuffer()), charset) }
  } catch (error) {
    if (!(error instanceof UndecodableText)) return { fault: csvImportText.unreadable }
    const { kind, line } = error.fault
    if (kind === 'archive') return { fault: csvImportText.archive }
    return { fault: csvImportText.otherCharset(formatNumber(line), formatCharset(error.fault)), undecoded: file }
  }
}

function formatCharset({ likelyCharset }: TextFault): string {
  return csvImportText.charsets.find(({ value }) => value === likelyCharset)?.label ?? likelyCharset
}
