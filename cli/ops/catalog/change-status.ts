import { Command } from 'commander'
import { connect, type Settings } from '../connect.ts'
import { examples } from '../examples.ts'
import { stop } from '../stop.ts'
import { tell } from '../tell.ts'
import { inputOf, readRecord, writeRecord } from './record.ts'

const says = {
  paused: 'It gets no lead from the moment that this ends.',
  active: 'It gets leads from the moment that this ends.',
} as const

/** `campaigns pause` and `campaigns resume`. */
export function changeStatus(verb: string, status: keyof typeof says): Command {
  return new Command(verb)
    .description(`${verb.charAt(0).toUpperCase()}${verb.slice(1)} a campaign. ${says[status]}`)
    .argument('<id>')
    .addHelpText(...examples(`campaigns ${verb} my-campaign`))
    .action(async (id: string, _: object, command: Command) => {
      const settings: Settings = command.optsWithGlobals()
      const call = connect(settings)
      const before = await readRecord(call, 'campaigns', id)
      if (!before) stop({ title: `There is no campaign "${id}".` })
      const changed = { id, body: { ...inputOf(before), status }, seen: String(before.version) }
      const after = before.status === status ? before : await writeRecord(call, 'campaigns', changed)
      tell(settings, { id, status, version: after.version }, `${id} is ${status}, version ${after.version}.`)
    })
}
