import { Command } from 'commander'
import { connect, type GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { stop } from '../stop.ts'
import { readRecord, toRecordInput, writeRecord } from './record.ts'

const effects = {
  paused: 'It gets no lead from the moment that this ends.',
  active: 'It gets leads from the moment that this ends.',
} as const

/** `campaigns pause` and `campaigns resume`. */
export function changeStatus(verb: string, status: keyof typeof effects): Command {
  return new Command(verb)
    .description(`${verb.charAt(0).toUpperCase()}${verb.slice(1)} a campaign. ${effects[status]}`)
    .argument('<id>')
    .addHelpText(...formatExamples(`campaigns ${verb} my-campaign`))
    .action(async (id: string, _: object, command: Command) => {
      const settings: GlobalOptions = command.optsWithGlobals()
      const call = connect(settings)
      const before = await readRecord(call, 'campaigns', id)
      if (!before) stop({ title: `There is no campaign "${id}".` })
      const update = { id, body: { ...toRecordInput(before), status }, expectedVersion: String(before.version) }
      const after = before.status === status ? before : await writeRecord(call, 'campaigns', update)
      printResult(settings, { id, status, version: after.version }, `${id} is ${status}, version ${after.version}.`)
    })
}
