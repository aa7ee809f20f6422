import { Command } from 'commander'
import { readLead } from '#shared/contract/capture/leads.ts'
import { replayDelivery } from '#shared/contract/delivery/replays.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { type ConfirmOptions, requireConfirmation, yesOption } from '../require-confirmation.ts'
import { startProgressBar } from '../start-progress-bar.ts'
import { stop } from '../stop.ts'

type ReplayLeadOptions = GlobalOptions & ConfirmOptions & { delivery?: string; dryRun?: true }
type LeadReplayResult = { deliveryId: string; school: string; state: string; error?: string }

export const replayLead = new Command('replay')
  .description('Resend the deliveries of a lead, with the same IDs and the same bytes.')
  .argument('<leadId>')
  .option('--delivery <id>', 'only this delivery')
  .option('--dry-run', 'list the deliveries and send nothing')
  .option(...yesOption)
  .addHelpText(
    ...formatExamples(
      'leads replay lead_4fJ0q2mXbW7cT1nZ8yKd5A --dry-run',
      'leads replay lead_4fJ0q2mXbW7cT1nZ8yKd5A --delivery dlv_4fJ0q2mXbW7cT1nZ8yKd5A --yes',
    ),
  )
  .action(async (leadId: string, _: object, command: Command) => {
    const options: ReplayLeadOptions = command.optsWithGlobals()
    const call = connect(options)
    const leadResponse = await call(readLead, { params: { leadId } })
    if (leadResponse.status !== 200) stop(leadResponse.problem)
    const selectedDeliveries = leadResponse.body.deliveries.filter(
      ({ deliveryId }) => (options.delivery ?? deliveryId) === deliveryId,
    )
    if (selectedDeliveries.length === 0)
      stop({
        title: options.delivery ? `${leadId} has no delivery ${options.delivery}.` : `${leadId} has no deliveries.`,
      })
    const pendingResults = selectedDeliveries.map(
      ({ deliveryId, schoolName, state }): LeadReplayResult => ({ deliveryId, school: schoolName, state }),
    )
    if (options.dryRun)
      return printResult(options, { deliveries: pendingResults }, pendingResults.map(formatResult).join('\n'))
    await requireConfirmation(`${pendingResults.map(formatResult).join('\n')}\nResend them?`, options)
    const bar = startProgressBar('deliveries', pendingResults.length)
    const results: LeadReplayResult[] = []
    for (const pending of pendingResults) {
      const response = await call(replayDelivery, { params: { deliveryId: pending.deliveryId } })
      if (response.status === 401) stop(response.problem)
      results.push(
        response.status === 202
          ? { ...pending, state: response.body.state }
          : { ...pending, error: formatProblem(response.problem) },
      )
      bar.update(results.length)
    }
    bar.end()
    printResult(options, { deliveries: results }, results.map(formatResult).join('\n'))
    if (results.some(({ error }) => error !== undefined)) process.exitCode = 1
  })

function formatResult({ deliveryId, school, state, error }: LeadReplayResult): string {
  return `${deliveryId}  ${school}: ${state}${error === undefined ? '' : `, not sent: ${error}`}`
}

function formatProblem({ title, detail }: { title: string; detail?: string | undefined }): string {
  return detail ?? title
}
