import type { Command } from 'commander'
import { type Call, connect, type Settings } from './connect.ts'
import { progress } from './progress.ts'
import { stop } from './stop.ts'
import { type Columns, tellTable } from './tell.ts'

export type Asked = { limit: number; cursor?: string }
export type Page<Row> = { rows: readonly Row[]; next: string | null }
type Listing<Row, Given> = {
  /** What the rows are; in JSON they stand under it. */
  rows: string
  ask: (call: Call, page: Asked, given: Given) => Promise<Page<Row>>
  told: (row: Row) => readonly [id: string, columns: Columns]
}

const mostOfPage = 100

/** Gives a command that lists something its options and what it does: page after page, until there are enough. */
export function listing<Row, Given extends object>(command: Command, { rows: name, ask, told }: Listing<Row, Given>) {
  return command
    .option('--limit <count>', 'ask for no more when there are so many', '100')
    .option('--all', 'do not stop before the end')
    .option('--cursor <cursor>', 'go on where an earlier list has stopped')
    .action(async (_: object, command: Command) => {
      const given: Settings & Given & { limit: string; all?: true; cursor?: string } = command.optsWithGlobals()
      const most = given.all ? Number.POSITIVE_INFINITY : Number(given.limit)
      if (!(most >= 1)) stop({ title: `--limit is not a number from 1 on: ${given.limit}`, ends: 'usage' })
      const call = connect(given)
      const bar = progress(name)
      const rows: Row[] = []
      let { cursor } = given
      let next: string | null
      do {
        const limit = Math.min(mostOfPage, most - rows.length)
        const page = await ask(call, { limit, ...(cursor !== undefined && { cursor }) }, given)
        rows.push(...page.rows)
        bar.at(rows.length)
        next = page.next
        cursor = next ?? undefined
      } while (next !== null && rows.length < most)
      bar.end()
      if (given.json) return console.log(JSON.stringify({ [name]: rows, page: { nextCursor: next } }))
      if (rows.length === 0) console.log(`No ${name}.`)
      else tellTable(rows.map(told))
      if (next !== null) console.error(`There may be more: --all, or --cursor ${next}`)
    })
}
