import { Command } from 'commander'
import * as z from 'zod'
import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { cursorPage } from '#shared/contract/paging.ts'
import { examples } from '../examples.ts'
import { listing } from '../listing.ts'
import { stop } from '../stop.ts'
import { type AnyRecord, anyRecord, routesOf } from './record.ts'

const page = z.object({ records: z.array(anyRecord), page: cursorPage })

export function listRecords(kind: RecordKind, columns: readonly string[]): Command {
  const command = new Command('list')
    .description(`List the ${kind}, by id.`)
    .addHelpText(...examples(`${kind} list`, `${kind} list --all --json`))
  return listing(command, {
    rows: kind,
    ask: async (call, query) => {
      const answer = await call(routesOf(kind).list, { query })
      if (answer.problem) return stop(answer.problem)
      const told = page.parse(JSON.parse(answer.text))
      return { rows: told.records, next: told.page.nextCursor }
    },
    told: (record: AnyRecord) => [
      record.id,
      { version: record.version, ...Object.fromEntries(columns.map((name) => [name, String(record[name] ?? '')])) },
    ],
  })
}
