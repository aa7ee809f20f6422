import { Command } from 'commander'
import { replayDelivery } from '#shared/contract/delivery/replays.ts'
import { readLead } from '#shared/contract/operator.ts'
import { type Asking, agree, yes } from '../agree.ts'
import { connect, type Settings } from '../connect.ts'
import { examples } from '../examples.ts'
import { progress } from '../progress.ts'
import { stop } from '../stop.ts'
import { tell } from '../tell.ts'

type Given = Settings & Asking & { delivery?: string; dryRun?: true }
type Sent = { deliveryId: string; school: string; state: string; refused?: string }

export const replayLead = new Command('replay')
  .description('Send the deliveries of a lead once more: the same ids, the same bytes.')
  .argument('<leadId>')
  .option('--delivery <id>', 'that one alone')
  .option('--dry-run', 'say which they are and send nothing')
  .option(...yes)
  .addHelpText(
    ...examples(
      'leads replay lead_4fJ0q2mXbW7cT1nZ8yKd5A --dry-run',
      'leads replay lead_4fJ0q2mXbW7cT1nZ8yKd5A --delivery dlv_4fJ0q2mXbW7cT1nZ8yKd5A --yes',
    ),
  )
  .action(async (leadId: string, _: object, command: Command) => {
    const given: Given = command.optsWithGlobals()
    const call = connect(given)
    const story = await call(readLead, { params: { leadId } })
    if (story.status !== 200) stop(story.problem)
    const meant = story.body.deliveries.filter(({ deliveryId }) => (given.delivery ?? deliveryId) === deliveryId)
    if (meant.length === 0) stop({ title: `${leadId} has no such delivery.` })
    const found = meant.map(({ deliveryId, schoolName, state }): Sent => ({ deliveryId, school: schoolName, state }))
    if (given.dryRun) return tell(given, { deliveries: found }, found.map(lineOf).join('\n'))
    await agree(`${found.map(lineOf).join('\n')}\nSend them once more?`, given)
    const bar = progress('deliveries', found.length)
    const sent: Sent[] = []
    for (const one of found) {
      const answer = await call(replayDelivery, { params: { deliveryId: one.deliveryId } })
      if (answer.status === 401) stop(answer.problem)
      sent.push(
        answer.status === 202 ? { ...one, state: answer.body.state } : { ...one, refused: told(answer.problem) },
      )
      bar.at(sent.length)
    }
    bar.end()
    tell(given, { deliveries: sent }, sent.map(lineOf).join('\n'))
    if (sent.some(({ refused }) => refused !== undefined)) process.exitCode = 1
  })

function lineOf({ deliveryId, school, state, refused }: Sent): string {
  return `${deliveryId}  ${school}: ${state}${refused === undefined ? '' : `, not sent: ${refused}`}`
}

function told({ title, detail }: { title: string; detail?: string | undefined }): string {
  return detail ?? title
}
