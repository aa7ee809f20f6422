import { Command } from 'commander'
import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { type Asking, agree, yes } from '../agree.ts'
import { connect, type Settings } from '../connect.ts'
import { examples } from '../examples.ts'
import { stop } from '../stop.ts'
import { tell } from '../tell.ts'
import { readRecord, routesOf } from './record.ts'

export function deleteRecord(kind: RecordKind, one: string): Command {
  return new Command('delete')
    .description(`Delete a ${one}, unless another record still needs it.`)
    .argument('<id>')
    .option(...yes)
    .addHelpText(...examples(`${kind} delete my-${one}`, `${kind} delete my-${one} --yes --json`))
    .action(async (id: string, _: object, command: Command) => {
      const given: Settings & Asking = command.optsWithGlobals()
      const call = connect(given)
      const record = await readRecord(call, kind, id)
      if (!record) stop({ title: `There is no ${one} "${id}".` })
      await agree(`Delete the ${one} "${id}", version ${record.version}? That cannot be undone.`, given)
      const headers = { 'if-match': `"${record.version}"` }
      const answer = await call(routesOf(kind).delete, { params: { id }, headers })
      if (answer.problem) stop(answer.problem)
      tell(given, { id, deleted: true }, `${id} is deleted.`)
    })
}
