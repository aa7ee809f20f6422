import { Command } from 'commander'
import { connect, type GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { stop } from '../stop.ts'
import { capitalize, readRecord, toRecordInput, writeRecord } from './record.ts'

const effects = {
  paused: 'It receives no new leads from then on.',
  active: 'It receives leads again.',
} as const

/** `campaigns pause` and `campaigns resume`. */
export function changeStatus(verb: string, status: keyof typeof effects): Command {
  return new Command(verb)
    .description(`${capitalize(verb)} a campaign. ${effects[status]}`)
    .argument('<id>')
    .addHelpText(...formatExamples(`campaigns ${verb} my-campaign`))
    .action(async (id: string, _: object, command: Command) => {
      const settings: GlobalOptions = command.optsWithGlobals()
      const call = connect(settings)
      const before = await readRecord(call, 'campaigns', id)
      if (!before) stop({ title: `Campaign "${id}" not found.` })
      const update = { id, body: { ...toRecordInput(before), status }, expectedVersion: String(before.version) }
      const after = before.status === status ? before : await writeRecord(call, 'campaigns', update)
      const isPausedBySchool = after.schoolStatus === 'paused'
      const note =
        status === 'active' && isPausedBySchool ? ' Its school has paused it, so it still gets no leads.' : ''
      printResult(
        settings,
        { id, status, ...(isPausedBySchool && { schoolStatus: 'paused' }), version: after.version },
        `${id} is ${status}, version ${after.version}.${note}`,
      )
    })
}
