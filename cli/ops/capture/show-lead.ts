import { Command } from 'commander'
import { readLead } from '#shared/contract/capture/leads.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { stop } from '../stop.ts'
import { formatTimeline } from './format-timeline.ts'

export const showLead = new Command('show')
  .description(
    'Show the timeline of a lead: request, consent, verdicts with reasons, deliveries and attempts. Contact details are masked.',
  )
  .argument('<leadId>')
  .addHelpText(...formatExamples('leads show lead_4fJ0q2mXbW7cT1nZ8yKd5A'))
  .action(async (leadId: string, _: object, command: Command) => {
    const settings: GlobalOptions = command.optsWithGlobals()
    const response = await connect(settings)(readLead, { params: { leadId } })
    if (response.status !== 200) stop(response.problem)
    printResult(settings, response.body, formatTimeline(response.body))
  })
