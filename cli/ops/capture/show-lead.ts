import { Command } from 'commander'
import { readLead } from '#shared/contract/operator.ts'
import { connect, type Settings } from '../connect.ts'
import { examples } from '../examples.ts'
import { stop } from '../stop.ts'
import { tell } from '../tell.ts'
import { storyOf } from './story-of.ts'

export const showLead = new Command('show')
  .description(
    'Tell the whole story of a lead: what came, what the visitor agreed to, who may have it and why, what was sent. Whose lead it is, is masked.',
  )
  .argument('<leadId>')
  .addHelpText(...examples('leads show lead_4fJ0q2mXbW7cT1nZ8yKd5A'))
  .action(async (leadId: string, _: object, command: Command) => {
    const settings: Settings = command.optsWithGlobals()
    const answer = await connect(settings)(readLead, { params: { leadId } })
    if (answer.status !== 200) stop(answer.problem)
    tell(settings, answer.body, storyOf(answer.body))
  })
