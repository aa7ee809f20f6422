import type { Command } from 'commander'
import { type ApiClient, connect, type GlobalOptions } from './connect.ts'
import { printTable, type TableColumns } from './print-result.ts'
import { startProgressBar } from './start-progress-bar.ts'
import { stop } from './stop.ts'

export type ListQuery = { limit: number; cursor?: string }
export type FetchedPage<Row> = { rows: readonly Row[]; next: string | null }
type ListDefinition<Row, Options> = {
  /** What the rows are; in JSON they stand under it. */
  rows: string
  fetchPage: (call: ApiClient, page: ListQuery, options: Options) => Promise<FetchedPage<Row>>
  toRow: (row: Row) => readonly [id: string, columns: TableColumns]
}

const maxOfPage = 100

/** Gives a command that lists something its options and what it does: page after page, until there are enough. */
export function createListCommand<Row, Options extends object>(
  command: Command,
  { rows: name, fetchPage, toRow }: ListDefinition<Row, Options>,
) {
  return command
    .option('--limit <count>', 'ask for no more when there are so many', '100')
    .option('--all', 'do not stop before the end')
    .option('--cursor <cursor>', 'go on where an earlier list has stopped')
    .action(async (_: object, command: Command) => {
      const options: GlobalOptions & Options & { limit: string; all?: true; cursor?: string } =
        command.optsWithGlobals()
      const maxRows = options.all ? Number.POSITIVE_INFINITY : Number(options.limit)
      if (!(maxRows >= 1)) stop({ title: `--limit is not a number from 1 on: ${options.limit}`, ends: 'usage' })
      const call = connect(options)
      const bar = startProgressBar(name)
      const rows: Row[] = []
      let { cursor } = options
      let next: string | null
      do {
        const limit = Math.min(maxOfPage, maxRows - rows.length)
        const page = await fetchPage(call, { limit, ...(cursor !== undefined && { cursor }) }, options)
        rows.push(...page.rows)
        bar.update(rows.length)
        next = page.next
        cursor = next ?? undefined
      } while (next !== null && rows.length < maxRows)
      bar.end()
      if (options.json) return console.log(JSON.stringify({ [name]: rows, page: { nextCursor: next } }))
      if (rows.length === 0) console.log(`No ${name}.`)
      else printTable(rows.map(toRow))
      if (next !== null) console.error(`There may be more: --all, or --cursor ${next}`)
    })
}
