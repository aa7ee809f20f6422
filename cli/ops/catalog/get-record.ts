import { Command } from 'commander'
import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { stop } from '../stop.ts'
import { capitalize, readRecord } from './record.ts'

export function getRecord(kind: RecordKind, noun: string): Command {
  return new Command('get')
    .description(`Print a ${noun} as JSON, in the format that put reads.`)
    .argument('<id>')
    .addHelpText(...formatExamples(`${kind} get my-${noun} > my-${noun}.json`))
    .action(async (id: string, _: object, command: Command) => {
      const settings: GlobalOptions = command.optsWithGlobals()
      const record = await readRecord(connect(settings), kind, id)
      if (!record) stop({ title: `${capitalize(noun)} "${id}" not found.` })
      printResult(settings, record, JSON.stringify(record, null, 2))
    })
}
