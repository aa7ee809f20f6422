import { Command } from 'commander'
import { listQuarantine, rejectLead, releaseLead } from '#shared/contract/capture/quarantine.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { createListCommand } from '../create-list-command.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { type ConfirmOptions, requireConfirmation, yesOption } from '../require-confirmation.ts'
import { stop } from '../stop.ts'

const listCommand = new Command('list')
  .description('List the leads that are kept back as suspicious, oldest first.')
  .addHelpText(...formatExamples('quarantine list', 'quarantine list --all --json'))

const list = createListCommand(listCommand, {
  rows: 'leads',
  fetchPage: async (call, query) => {
    const response = await call(listQuarantine, { query })
    if (response.status !== 200) return stop(response.problem)
    return { rows: response.body.leads, next: response.body.page.nextCursor }
  },
  toRow: ({ leadId, receivedAt, sourceId, careerSlug, abuse }) => [
    leadId,
    { received: receivedAt, source: sourceId, career: careerSlug, score: abuse.score, why: abuse.reasons.join(', ') },
  ],
})

const release = new Command('release')
  .description('Let a lead out: it is offered to the schools that its consent named.')
  .argument('<leadId>')
  .option(...yesOption)
  .addHelpText(...formatExamples('quarantine release lead_4fJ0q2mXbW7cT1nZ8yKd5A --yes'))
  .action(async (leadId: string, _: object, command: Command) => {
    const options: GlobalOptions & ConfirmOptions = command.optsWithGlobals()
    const call = connect(options)
    await requireConfirmation(`Release ${leadId}? Schools get it, and that cannot be undone.`, options)
    const response = await call(releaseLead, { params: { leadId } })
    if (response.status !== 200) stop(response.problem)
    printResult(options, response.body, `${leadId} is released, and offered from ${response.body.offerAt} on.`)
  })

const reject = new Command('reject')
  .description('Take a lead out for good: it stays kept and is never offered.')
  .argument('<leadId>')
  .option(...yesOption)
  .addHelpText(...formatExamples('quarantine reject lead_4fJ0q2mXbW7cT1nZ8yKd5A --yes'))
  .action(async (leadId: string, _: object, command: Command) => {
    const options: GlobalOptions & ConfirmOptions = command.optsWithGlobals()
    const call = connect(options)
    await requireConfirmation(`Reject ${leadId}? It is never offered then, and that cannot be undone.`, options)
    const response = await call(rejectLead, { params: { leadId } })
    if (response.status !== 200) stop(response.problem)
    printResult(options, response.body, `${leadId} is rejected.`)
  })

export const quarantine = new Command('quarantine')
  .description('Look at what is kept back as suspicious, and decide.')
  .addCommand(list)
  .addCommand(release)
  .addCommand(reject)
