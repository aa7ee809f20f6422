import { Command, Option } from 'commander'
import { acceptReturn, listReturns, refuseReturn } from '#shared/contract/aftercare/returns.ts'
import { returnState } from '#shared/domain/aftercare/lead-return.ts'
import { type Asking, agree, yes } from '../agree.ts'
import { connect, type Settings } from '../connect.ts'
import { examples } from '../examples.ts'
import { listing } from '../listing.ts'
import { stop } from '../stop.ts'
import { dollars, tell } from '../tell.ts'

const sample = 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A'

const listed = new Command('list')
  .description('List the returns that wait for a decision, oldest first; or those that have one, latest first.')
  .addOption(new Option('--state <state>', 'how they stand').choices(returnState.options).default('requested'))
  .addHelpText(...examples('returns list', 'returns list --state accepted --all --json'))

const list = listing(listed, {
  rows: 'returns',
  ask: async (call, query, { state }: { state: string }) => {
    const answer = await call(listReturns, { query: { ...query, state: returnState.parse(state) } })
    if (answer.status !== 200) return stop(answer.problem)
    return { rows: answer.body.returns, next: answer.body.page.nextCursor }
  },
  told: ({ deliveryId, schoolId, requestedAt, reason, creditCents, note, answer }) => [
    deliveryId,
    { asked: requestedAt, school: schoolId, why: reason, credit: dollars(creditCents), note: note ?? answer ?? '' },
  ],
})

const accept = new Command('accept')
  .description('Accept a return: its school gets credit, and its caps get back what the lead took of them.')
  .argument('<deliveryId>')
  .option('--answer <text>', 'what the school reads')
  .option(...yes)
  .addHelpText(...examples(`returns accept ${sample} --yes`))
  .action(async (deliveryId: string, _: object, command: Command) => {
    const given: Settings & Asking & { answer?: string } = command.optsWithGlobals()
    const call = connect(given)
    await agree(`Accept the return of ${deliveryId}? That cannot be undone.`, given)
    const { answer: words } = given
    const answer = await call(acceptReturn, {
      params: { deliveryId },
      body: words === undefined ? {} : { answer: words },
    })
    if (answer.status !== 200) stop(answer.problem)
    tell(given, answer.body, `Accepted: ${answer.body.schoolId} is credited ${dollars(answer.body.creditCents)}.`)
  })

const refuse = new Command('refuse')
  .description('Refuse a return, and tell its school why.')
  .argument('<deliveryId>')
  .requiredOption('--answer <text>', 'why; the school reads it')
  .option(...yes)
  .addHelpText(...examples(`returns refuse ${sample} --answer "Somebody answered when we called." --yes`))
  .action(async (deliveryId: string, _: object, command: Command) => {
    const given: Settings & Asking & { answer: string } = command.optsWithGlobals()
    const call = connect(given)
    await agree(`Refuse the return of ${deliveryId}? That cannot be undone.`, given)
    const answer = await call(refuseReturn, { params: { deliveryId }, body: { answer: given.answer } })
    if (answer.status !== 200) stop(answer.problem)
    tell(given, answer.body, `Refused: ${answer.body.schoolId} reads why.`)
  })

export const returns = new Command('returns')
  .description('Look at what schools want credit for, and decide.')
  .addCommand(list)
  .addCommand(accept)
  .addCommand(refuse)
