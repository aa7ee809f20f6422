import { Command } from 'commander'
import type * as z from 'zod'
import { erasePerson, listErasures, readErasure } from '#shared/contract/aftercare/erasures.ts'
import { oneLine } from '#shared/format/one-line.ts'
import { type Asking, agree, yes } from '../agree.ts'
import { connect, type Settings } from '../connect.ts'
import { examples } from '../examples.ts'
import { readGiven } from '../given.ts'
import { listing } from '../listing.ts'
import { stop } from '../stop.ts'
import { tell } from '../tell.ts'

type Receipt = z.output<(typeof readErasure.responses)[200]['body']>
type Given = Settings & Asking & { email?: string; phone?: string; lead?: string; withdraw?: true }

const start = new Command('start')
  .description('Forget a person for good. A value of - is read from standard input, and stands in no history then.')
  .option('--email <address>')
  .option('--phone <number>')
  .option('--lead <leadId>', 'the person of this lead, by its e-mail')
  .option('--withdraw', 'what comes of them later goes to no school either')
  .option(...yes)
  .addHelpText(...examples('erasures start --email -', 'erasures start --lead lead_4fJ0q2mXbW7cT1nZ8yKd5A --withdraw'))
  .action(async (_: object, command: Command) => {
    const given: Given = command.optsWithGlobals()
    const { email, phone, lead, withdraw = false } = given
    if ([email, phone, lead].filter((one) => one !== undefined).length !== 1)
      stop({ title: 'Give one of --email, --phone and --lead.', ends: 'usage' })
    const call = connect(given)
    const body = {
      ...(email !== undefined && { email: await readGiven(email) }),
      ...(phone !== undefined && { phone: await readGiven(phone) }),
      ...(lead !== undefined && { leadId: lead }),
      withdraw,
    }
    await agree('Forget this person? Every school that had a lead is told, and none of it can be undone.', given)
    const answer = await call(erasePerson, { body })
    if (answer.status !== 201) stop(answer.problem)
    tell(given, answer.body, textOf(answer.body))
  })

const show = new Command('show')
  .description('Say what an erasure has come to, and which schools have been told by now.')
  .argument('<erasureId>')
  .addHelpText(...examples('erasures show ers_4fJ0q2mXbW7cT1nZ8yKd5A'))
  .action(async (erasureId: string, _: object, command: Command) => {
    const settings: Settings = command.optsWithGlobals()
    const answer = await connect(settings)(readErasure, { params: { erasureId } })
    if (answer.status !== 200) stop(answer.problem)
    tell(settings, answer.body, textOf(answer.body))
  })

const list = listing(
  new Command('list')
    .description('List all erasures, latest first. They name nobody.')
    .addHelpText(...examples('erasures list', 'erasures list --all --json')),
  {
    rows: 'erasures',
    ask: async (call, query) => {
      const answer = await call(listErasures, { query })
      if (answer.status !== 200) return stop(answer.problem)
      return { rows: answer.body.erasures, next: answer.body.page.nextCursor }
    },
    told: ({ erasureId, state, requestedAt, leads, by }) => [
      erasureId,
      { state, asked: requestedAt, leads, by: oneLine(by.name) },
    ],
  },
)

export const erasures = new Command('erasures')
  .description('Forget people, and see that schools were told.')
  .addCommand(start)
  .addCommand(show)
  .addCommand(list)

function textOf({ erasureId, state, leads, notices }: Receipt): string {
  const found = leads === 1 ? '1 lead' : `${leads} leads`
  const whole = state === 'done' ? `${found} forgotten` : `${found} forgotten by now; it goes on by itself`
  const told = notices.map((notice) => {
    const when = notice.deliveredAt === undefined ? `${notice.state}, not told yet` : `told at ${notice.deliveredAt}`
    return `  ${notice.deliveryId}  ${oneLine(notice.schoolName)}, of ${notice.leadId}: ${when}`
  })
  return [`${erasureId}: ${whole}.`, ...told].join('\n')
}
