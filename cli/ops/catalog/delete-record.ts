import { Command } from 'commander'
import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { type ConfirmOptions, requireConfirmation, yesOption } from '../require-confirmation.ts'
import { stop } from '../stop.ts'
import { capitalize, getRoutes, readRecord } from './record.ts'

export function deleteRecord(kind: RecordKind, noun: string): Command {
  return new Command('delete')
    .description(`Delete a ${noun}, unless another record refers to it.`)
    .argument('<id>')
    .option(...yesOption)
    .addHelpText(...formatExamples(`${kind} delete my-${noun}`, `${kind} delete my-${noun} --yes --json`))
    .action(async (id: string, _: object, command: Command) => {
      const options: GlobalOptions & ConfirmOptions = command.optsWithGlobals()
      const call = connect(options)
      const record = await readRecord(call, kind, id)
      if (!record) stop({ title: `${capitalize(noun)} "${id}" not found.` })
      await requireConfirmation(
        `Delete the ${noun} "${id}", version ${record.version}? This cannot be undone.`,
        options,
      )
      const headers = { 'if-match': `"${record.version}"` }
      const response = await call(getRoutes(kind).delete, { params: { id }, headers })
      if (response.problem) stop(response.problem)
      printResult(options, { id, deleted: true }, `Deleted ${id}.`)
    })
}
