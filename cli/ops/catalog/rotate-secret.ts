import { Command } from 'commander'
import { rotateCampaignSecret } from '#shared/contract/delivery/secret-rotation.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { printResult } from '../print-result.ts'
import { type ConfirmOptions, requireConfirmation, yesOption } from '../require-confirmation.ts'
import { stop } from '../stop.ts'

type RotateSecretOptions = GlobalOptions & ConfirmOptions & { overlap: string }

export const rotateSecret = new Command('rotate-secret')
  .description(
    'Rotate the webhook secret of a campaign. The new secret is shown once; the old one keeps signing for a while.',
  )
  .argument('<id>')
  .option('--overlap <seconds>', 'seconds during which both secrets sign, at most a week', '86400')
  .option(...yesOption)
  .addHelpText(...formatExamples('campaigns rotate-secret my-campaign --overlap 3600'))
  .action(async (id: string, _: object, command: Command) => {
    const options: RotateSecretOptions = command.optsWithGlobals()
    const overlapSeconds = Number(options.overlap)
    if (Number.isNaN(overlapSeconds))
      stop({ title: `--overlap must be a number, not ${options.overlap}.`, ends: 'usage' })
    const call = connect(options)
    await requireConfirmation(
      `Rotate the secret of "${id}"? The old one expires ${overlapSeconds} seconds later.`,
      options,
    )
    const response = await call(rotateCampaignSecret, { params: { id }, body: { overlapSeconds } })
    if (response.status !== 201) stop(response.problem)
    const { secret, previousEndsAt } = response.body
    printResult(
      options,
      response.body,
      `${secret}\n\nCopy it now; it is not shown again. The old secret keeps signing until ${previousEndsAt}.`,
    )
  })
