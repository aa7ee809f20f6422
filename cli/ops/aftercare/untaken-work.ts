import { Command } from 'commander'
import { handleUntakenWork, listUntakenWork } from '#shared/contract/aftercare/untaken-work.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { createListCommand } from '../create-list-command.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { stop } from '../stop.ts'

const listCommand = new Command('list')
  .description('List schools that work leads that they do not have, latest first.')
  .addHelpText(...formatExamples('untaken-work list'))

const list = createListCommand(listCommand, {
  rows: 'untakenWork',
  fetchPage: async (call, query) => {
    const response = await call(listUntakenWork, { query })
    if (response.status !== 200) return stop(response.problem)
    return { rows: response.body.untakenWork, next: response.body.page.nextCursor }
  },
  toRow: ({ deliveryId, schoolId, act, why, at, count }) => [
    deliveryId,
    { school: schoolId, act, why, last: at, times: String(count) },
  ],
})

const markHandled = new Command('handled')
  .description('Mark a delivery as handled. It is listed again if the school does it again.')
  .argument('<deliveryId>')
  .addHelpText(...formatExamples('untaken-work handled dlv_4fJ0q2mXbW7cT1nZ8yKd5A'))
  .action(async (deliveryId: string, _: object, command: Command) => {
    const options: GlobalOptions = command.optsWithGlobals()
    const response = await connect(options)(handleUntakenWork, { params: { deliveryId } })
    if (response.status !== 200) return stop(response.problem)
    printResult(options, response.body, `${deliveryId} is off the list.`)
  })

export const untakenWork = new Command('untaken-work')
  .description('Review schools that work leads that they rejected, never received, or got credit for.')
  .addCommand(list)
  .addCommand(markHandled)
