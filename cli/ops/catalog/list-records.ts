import { Command } from 'commander'
import * as z from 'zod'
import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { cursorPage } from '#shared/contract/paging.ts'
import { createListCommand } from '../create-list-command.ts'
import { formatExamples } from '../format-examples.ts'
import { stop } from '../stop.ts'
import { type AnyRecord, anyRecord, getRoutes } from './record.ts'

const page = z.object({ records: z.array(anyRecord), page: cursorPage })

export function listRecords(kind: RecordKind, columns: readonly string[]): Command {
  const command = new Command('list')
    .description(`List the ${kind}, by ID.`)
    .addHelpText(...formatExamples(`${kind} list`, `${kind} list --all --json`))
  return createListCommand(command, {
    rows: kind,
    fetchPage: async (call, query) => {
      const response = await call(getRoutes(kind).list, { query })
      if (response.problem) return stop(response.problem)
      const recordPage = page.parse(JSON.parse(response.text))
      return { rows: recordPage.records, next: recordPage.page.nextCursor }
    },
    toRow: (record: AnyRecord) => [
      record.id,
      { version: record.version, ...Object.fromEntries(columns.map((name) => [name, String(record[name] ?? '')])) },
    ],
  })
}
