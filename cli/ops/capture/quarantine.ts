import { Command } from 'commander'
import { listQuarantine, rejectLead, releaseLead } from '#shared/contract/capture/quarantine.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { createListCommand } from '../create-list-command.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { type ConfirmOptions, requireConfirmation, yesOption } from '../require-confirmation.ts'
import { stop } from '../stop.ts'

const listCommand = new Command('list')
  .description('List the leads that are held for review as likely bots, oldest first.')
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
    {
      received: receivedAt,
      source: sourceId,
      career: careerSlug,
      score: abuse.score,
      reasons: abuse.reasons.join(', '),
    },
  ],
})

const release = new Command('release')
  .description('Release a held lead, so that it is offered to the schools that its consent names.')
  .argument('<leadId>')
  .option(...yesOption)
  .addHelpText(...formatExamples('quarantine release lead_4fJ0q2mXbW7cT1nZ8yKd5A --yes'))
  .action(async (leadId: string, _: object, command: Command) => {
    const options: GlobalOptions & ConfirmOptions = command.optsWithGlobals()
    const call = connect(options)
    await requireConfirmation(`Release ${leadId}? It is offered to schools. This cannot be undone.`, options)
    const response = await call(releaseLead, { params: { leadId } })
    if (response.status !== 200) stop(response.problem)
    printResult(options, response.body, `Released ${leadId}. It is offered to schools from ${response.body.offerAt}.`)
  })

const reject = new Command('reject')
  .description('Reject a held lead: it stays stored and is never offered.')
  .argument('<leadId>')
  .option(...yesOption)
  .addHelpText(...formatExamples('quarantine reject lead_4fJ0q2mXbW7cT1nZ8yKd5A --yes'))
  .action(async (leadId: string, _: object, command: Command) => {
    const options: GlobalOptions & ConfirmOptions = command.optsWithGlobals()
    const call = connect(options)
    await requireConfirmation(`Reject ${leadId}? It will never be offered. This cannot be undone.`, options)
    const response = await call(rejectLead, { params: { leadId } })
    if (response.status !== 200) stop(response.problem)
    printResult(options, response.body, `Rejected ${leadId}.`)
  })

export const quarantine = new Command('quarantine')
  .description('Review leads that are held as likely bots.')
  .addCommand(list)
  .addCommand(release)
  .addCommand(reject)
