import type { Command } from 'commander'
import { type ApiClient, connect, type GlobalOptions } from './connect.ts'
import { printTable, type TableColumns } from './print-result.ts'
import { startProgressBar } from './start-progress-bar.ts'
import { stop } from './stop.ts'

export type ListQuery = { limit: number; cursor?: string }
export type FetchedPage<Row> = { rows: readonly Row[]; next: string | null }
type ListDefinition<Row, Options> = {
  /** Name of the rows, also their key in the JSON output. */
  rows: string
  /** `args`: the arguments of the command. */
  fetchPage: (call: ApiClient, page: ListQuery, options: Options, args: readonly string[]) => Promise<FetchedPage<Row>>
  toRow: (row: Row) => readonly [id: string, columns: TableColumns]
}

const maxPageSize = 100

/** Adds the options and the action of a list command. It reads pages until it has enough rows. */
export function createListCommand<Row, Options extends object>(
  command: Command,
  { rows: name, fetchPage, toRow }: ListDefinition<Row, Options>,
) {
  return command
    .option('--limit <count>', 'maximum number of rows', '100')
    .option('--all', 'list all rows')
    .option('--cursor <cursor>', 'continue an earlier list from its cursor')
    .action(async (...parameters: unknown[]) => {
      // Commander passes the arguments, the options, and last the command.
      const command = parameters.at(-1) as Command
      const options: GlobalOptions & Options & { limit: string; all?: true; cursor?: string } =
        command.optsWithGlobals()
      const maxRows = options.all ? Number.POSITIVE_INFINITY : Number(options.limit)
      if (!(maxRows >= 1)) stop({ title: `--limit must be a positive integer, not ${options.limit}.`, ends: 'usage' })
      const call = connect(options)
      const bar = startProgressBar(name)
      const rows: Row[] = []
      let { cursor } = options
      let next: string | null
      do {
        const limit = Math.min(maxPageSize, maxRows - rows.length)
        const page = await fetchPage(call, { limit, ...(cursor !== undefined && { cursor }) }, options, command.args)
        rows.push(...page.rows)
        bar.update(rows.length)
        next = page.next
        cursor = next ?? undefined
      } while (next !== null && rows.length < maxRows)
      bar.end()
      if (options.json) return console.log(JSON.stringify({ [name]: rows, page: { nextCursor: next } }))
      if (rows.length === 0) console.log(`No ${name}.`)
      else printTable(rows.map(toRow))
      if (next !== null) console.error(`There may be more rows: pass --all, or --cursor ${next}`)
    })
}
