import { Command } from 'commander'
import { readAttention } from '#shared/contract/reporting/attention.ts'
import { attentionTitles } from '#shared/domain/reporting/attention-titles.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { stop } from '../stop.ts'

export const attention = new Command('attention')
  .description('Print what needs attention on the host, such as a mail server that accepts no email, and what to do.')
  .addHelpText(...formatExamples('attention', 'attention --json'))
  .action(async (_: object, command: Command) => {
    const options: GlobalOptions = command.optsWithGlobals()
    const response = await connect(options)(readAttention)
    if (response.status !== 200) stop(response.problem)
    const { items } = response.body
    const lines = items.map(
      ({ code, subject, since, reason, detail }) =>
        `${attentionTitles[code]}${subject === undefined ? '' : ` (${subject})`} since ${since} (${reason}). ${detail}`,
    )
    printResult(options, { items }, lines.join('\n') || 'All clear.')
  })
