import { Command } from 'commander'
import type * as z from 'zod'
import { revealLead as route } from '#shared/contract/aftercare/reveals.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { stop } from '../stop.ts'

export const revealLead = new Command('reveal')
  .description('Show the contact details of a lead. Your name and purpose are recorded on its timeline first.')
  .argument('<leadId>')
  .requiredOption('--purpose <why>', 'reason for viewing')
  .addHelpText(...formatExamples('leads reveal lead_4fJ0q2mXbW7cT1nZ8yKd5A --purpose "The visitor is on the phone."'))
  .action(async (leadId: string, { purpose }: { purpose: string }, command: Command) => {
    const settings: GlobalOptions = command.optsWithGlobals()
    const response = await connect(settings)(route, { params: { leadId }, body: { purpose } })
    if (response.status !== 201) stop(response.problem)
    printResult(settings, response.body, formatRevealedLead(response.body))
  })

function formatRevealedLead({ contact, consent, page }: z.output<(typeof route.responses)[201]['body']>): string {
  const { firstName, lastName, email, phone, zip } = contact
  const from = [page.url, page.referrer, consent.ip].filter(Boolean).join(', ')
  return [`${firstName} ${lastName}`, email, phone, zip, from].join('\n')
}
