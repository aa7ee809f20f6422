import { Command } from 'commander'
import { rotateCampaignSecret } from '#shared/contract/delivery/secret-rotation.ts'
import { type Asking, agree, yes } from '../agree.ts'
import { connect, type Settings } from '../connect.ts'
import { examples } from '../examples.ts'
import { stop } from '../stop.ts'
import { tell } from '../tell.ts'

type Given = Settings & Asking & { overlap: string }

export const rotateSecret = new Command('rotate-secret')
  .description('Make a new webhook secret for a campaign. It is shown once; the old one signs as well for a while.')
  .argument('<id>')
  .option('--overlap <seconds>', 'for how long the old one signs as well, a week at most', '86400')
  .option(...yes)
  .addHelpText(...examples('campaigns rotate-secret my-campaign --overlap 3600'))
  .action(async (id: string, _: object, command: Command) => {
    const given: Given = command.optsWithGlobals()
    const overlapSeconds = Number(given.overlap)
    if (Number.isNaN(overlapSeconds)) stop({ title: `--overlap is not a number: ${given.overlap}`, ends: 'usage' })
    const call = connect(given)
    await agree(`Make a new secret for "${id}"? The old one ends ${overlapSeconds} seconds later.`, given)
    const answer = await call(rotateCampaignSecret, { params: { id }, body: { overlapSeconds } })
    if (answer.status !== 201) stop(answer.problem)
    const { secret, previousEndsAt } = answer.body
    tell(given, answer.body, `${secret}\n\nIt is not shown again. The old one signs as well until ${previousEndsAt}.`)
  })
