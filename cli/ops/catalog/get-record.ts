import { Command } from 'commander'
import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { connect, type Settings } from '../connect.ts'
import { examples } from '../examples.ts'
import { stop } from '../stop.ts'
import { tell } from '../tell.ts'
import { readRecord } from './record.ts'

export function getRecord(kind: RecordKind, one: string): Command {
  return new Command('get')
    .description(`Read a ${one} as it is kept, as JSON that put takes.`)
    .argument('<id>')
    .addHelpText(...examples(`${kind} get my-${one} > my-${one}.json`))
    .action(async (id: string, _: object, command: Command) => {
      const settings: Settings = command.optsWithGlobals()
      const record = await readRecord(connect(settings), kind, id)
      if (!record) stop({ title: `There is no ${one} "${id}".` })
      tell(settings, record, JSON.stringify(record, null, 2))
    })
}
