import { Command } from 'commander'
import { handleRejectedInbound, listRejectedInbound } from '#shared/contract/capture/inbound.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { createListCommand } from '../create-list-command.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { stop } from '../stop.ts'

const listCommand = new Command('list')
  .description('List leads of lead forms that could not be taken, latest first.')
  .addHelpText(...formatExamples('rejected-inbound list'))

const list = createListCommand(listCommand, {
  rows: 'rejected',
  fetchPage: async (call, query) => {
    const response = await call(listRejectedInbound, { query })
    if (response.status !== 200) return stop(response.problem)
    return { rows: response.body.rejected, next: response.body.page.nextCursor }
  },
  toRow: ({ inboundId, sourceId, vendor, vendorLeadId, formId, at, code, errors }) => [
    inboundId,
    {
      ...{ source: sourceId, form: `${vendor} ${formId}`, lead: vendorLeadId, at, code },
      fields: errors.map(({ pointer }) => pointer).join(' '),
    },
  ],
})

const markHandled = new Command('handled')
  .description('Take a lead off the list.')
  .argument('<inboundId>')
  .addHelpText(...formatExamples('rejected-inbound handled inb_4fJ0q2mXbW7cT1nZ8yKd5A'))
  .action(async (inboundId: string, _: object, command: Command) => {
    const options: GlobalOptions = command.optsWithGlobals()
    const response = await connect(options)(handleRejectedInbound, { params: { inboundId } })
    if (response.status !== 200) return stop(response.problem)
    printResult(options, response.body, `${inboundId} is off the list.`)
  })

export const rejectedInbound = new Command('rejected-inbound')
  .description('Review leads of lead forms that could not be taken.')
  .addCommand(list)
  .addCommand(markHandled)
