import { Command } from 'commander'
import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { stop } from '../stop.ts'
import { readRecord } from './record.ts'

export function getRecord(kind: RecordKind, noun: string): Command {
  return new Command('get')
    .description(`Read a ${noun} as it is kept, as JSON that put takes.`)
    .argument('<id>')
    .addHelpText(...formatExamples(`${kind} get my-${noun} > my-${noun}.json`))
    .action(async (id: string, _: object, command: Command) => {
      const settings: GlobalOptions = command.optsWithGlobals()
      const record = await readRecord(connect(settings), kind, id)
      if (!record) stop({ title: `There is no ${noun} "${id}".` })
      printResult(settings, record, JSON.stringify(record, null, 2))
    })
}
