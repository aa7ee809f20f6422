import { Command } from 'commander'
import { listQuarantine, rejectLead, releaseLead } from '#shared/contract/capture/quarantine.ts'
import { type Asking, agree, yes } from '../agree.ts'
import { connect, type Settings } from '../connect.ts'
import { examples } from '../examples.ts'
import { listing } from '../listing.ts'
import { stop } from '../stop.ts'
import { tell } from '../tell.ts'

const listed = new Command('list')
  .description('List the leads that are kept back as suspicious, oldest first.')
  .addHelpText(...examples('quarantine list', 'quarantine list --all --json'))

const list = listing(listed, {
  rows: 'leads',
  ask: async (call, query) => {
    const answer = await call(listQuarantine, { query })
    if (answer.status !== 200) return stop(answer.problem)
    return { rows: answer.body.leads, next: answer.body.page.nextCursor }
  },
  told: ({ leadId, receivedAt, sourceId, careerSlug, abuse }) => [
    leadId,
    { received: receivedAt, source: sourceId, career: careerSlug, score: abuse.score, why: abuse.reasons.join(', ') },
  ],
})

const release = new Command('release')
  .description('Let a lead out: it is offered to the schools that its consent named.')
  .argument('<leadId>')
  .option(...yes)
  .addHelpText(...examples('quarantine release lead_4fJ0q2mXbW7cT1nZ8yKd5A --yes'))
  .action(async (leadId: string, _: object, command: Command) => {
    const given: Settings & Asking = command.optsWithGlobals()
    const call = connect(given)
    await agree(`Release ${leadId}? Schools get it, and that cannot be undone.`, given)
    const answer = await call(releaseLead, { params: { leadId } })
    if (answer.status !== 200) stop(answer.problem)
    tell(given, answer.body, `${leadId} is released, and offered from ${answer.body.offerAt} on.`)
  })

const reject = new Command('reject')
  .description('Take a lead out for good: it stays kept and is never offered.')
  .argument('<leadId>')
  .option(...yes)
  .addHelpText(...examples('quarantine reject lead_4fJ0q2mXbW7cT1nZ8yKd5A --yes'))
  .action(async (leadId: string, _: object, command: Command) => {
    const given: Settings & Asking = command.optsWithGlobals()
    const call = connect(given)
    await agree(`Reject ${leadId}? It is never offered then, and that cannot be undone.`, given)
    const answer = await call(rejectLead, { params: { leadId } })
    if (answer.status !== 200) stop(answer.problem)
    tell(given, answer.body, `${leadId} is rejected.`)
  })

export const quarantine = new Command('quarantine')
  .description('Look at what is kept back as suspicious, and decide.')
  .addCommand(list)
  .addCommand(release)
  .addCommand(reject)
