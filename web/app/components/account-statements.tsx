import type * as z from 'zod'
import type { statementHead } from '#shared/domain/reporting/ledger/statement.ts'
import { Action } from '../action.tsx'
import { downloadFile } from '../download-file.ts'
import { formatMoney, formatMonth } from '../format.ts'
import { accountText as text } from '../text/account-text.ts'
import type { ApiProblem } from '../text/problem-text.ts'
import { type Column, Table } from './table.tsx'

type Head = z.output<typeof statementHead>
type Fetched = Promise<{ text?: string | undefined; problem?: ApiProblem | undefined }>
type Props = {
  statements: readonly Head[]
  /** Begins the names of downloaded files. */
  fileName: string
  fetchCsv: (month: string) => Fetched
  fetchPage: (month: string) => Fetched
}

/** The months of a school or source, each with its balance and two downloads: CSV, and a page to print. */
export function AccountStatements({ statements, fileName, fetchCsv, fetchPage }: Props) {
  const download =
    (fetch: (month: string) => Fetched, extension: string, type: 'text/csv' | 'text/html') => async (month: string) => {
      const response = await fetch(month)
      if (response.text !== undefined && !response.problem)
        downloadFile(response.text, `${fileName}-${month}.${extension}`, type)
      return response
    }
  const saveCsv = download(fetchCsv, 'csv', 'text/csv')
  const savePage = download(fetchPage, 'html', 'text/html')
  const columns: readonly Column<Head>[] = [
    { head: text.columns.month, kind: 'title', cell: ({ month }) => formatMonth(month) },
    { head: text.columns.status, cell: ({ closedAt }) => (closedAt === undefined ? text.open : text.closed) },
    { head: text.columns.opening, kind: 'number', cell: ({ openingCents }) => formatMoney(openingCents) },
    { head: text.columns.closing, kind: 'number', cell: ({ closingCents }) => formatMoney(closingCents) },
    {
      head: text.columns.download,
      cell: ({ month }) => (
        <div class="actions">
          <Action kind="second" successMessage={text.downloaded} run={() => saveCsv(month)}>
            {text.csv} <span class="visually-hidden">{formatMonth(month)}</span>
          </Action>
          <Action kind="second" successMessage={text.downloaded} run={() => savePage(month)}>
            {text.page} <span class="visually-hidden">{formatMonth(month)}</span>
          </Action>
        </div>
      ),
    },
  ]
  return (
    <section class="card" aria-labelledby="statements">
      <h2 id="statements">{text.statements}</h2>
      <Table
        caption={text.caption}
        columns={columns}
        rows={statements}
        getRowKey={({ month }) => month}
        emptyMessage={text.noStatements}
      />
      <p class="help">{text.statementsHelp}</p>
    </section>
  )
}
