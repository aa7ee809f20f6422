import { Command } from 'commander'
import { rotateCampaignSecret } from '#shared/contract/delivery/secret-rotation.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { type ConfirmOptions, requireConfirmation, yesOption } from '../require-confirmation.ts'
import { stop } from '../stop.ts'

type RotateSecretOptions = GlobalOptions & ConfirmOptions & { overlap: string }

export const rotateSecret = new Command('rotate-secret')
  .description('Make a new webhook secret for a campaign. It is shown once; the old one signs as well for a while.')
  .argument('<id>')
  .option('--overlap <seconds>', 'for how long the old one signs as well, a week at most', '86400')
  .option(...yesOption)
  .addHelpText(...formatExamples('campaigns rotate-secret my-campaign --overlap 3600'))
  .action(async (id: string, _: object, command: Command) => {
    const options: RotateSecretOptions = command.optsWithGlobals()
    const overlapSeconds = Number(options.overlap)
    if (Number.isNaN(overlapSeconds)) stop({ title: `--overlap is not a number: ${options.overlap}`, ends: 'usage' })
    const call = connect(options)
    await requireConfirmation(
      `Make a new secret for "${id}"? The old one ends ${overlapSeconds} seconds later.`,
      options,
    )
    const response = await call(rotateCampaignSecret, { params: { id }, body: { overlapSeconds } })
    if (response.status !== 201) stop(response.problem)
    const { secret, previousEndsAt } = response.body
    printResult(
      options,
      response.body,
      `${secret}\n\nIt is not shown again. The old one signs as well until ${previousEndsAt}.`,
    )
  })
