import { Command } from 'commander'
import type * as z from 'zod'
import { erasePerson, listErasures, readErasure } from '#shared/contract/aftercare/erasures.ts'
import { toOneLine } from '#shared/format/to-one-line.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { createListCommand } from '../create-list-command.ts'
import { formatExamples } from '../format-examples.ts'
import { readValueOrStdin } from '../parse-options.ts'
import { printResult } from '../print-result.ts'
import { type ConfirmOptions, requireConfirmation, yesOption } from '../require-confirmation.ts'
import { stop } from '../stop.ts'

type ErasureResponse = z.output<(typeof readErasure.responses)[200]['body']>
type StartErasureOptions = GlobalOptions &
  ConfirmOptions & { email?: string; phone?: string; lead?: string; withdraw?: true }

const start = new Command('start')
  .description(
    'Delete the personal data of a person. The value - is read from standard input, which keeps it out of the shell history.',
  )
  .option('--email <address>')
  .option('--phone <number>')
  .option('--lead <leadId>', 'the person with the email of this lead')
  .option('--withdraw', 'also suppress the person: future leads are not sent to schools')
  .option(...yesOption)
  .addHelpText(
    ...formatExamples('erasures start --email -', 'erasures start --lead lead_4fJ0q2mXbW7cT1nZ8yKd5A --withdraw'),
  )
  .action(async (_: object, command: Command) => {
    const options: StartErasureOptions = command.optsWithGlobals()
    const { email, phone, lead, withdraw = false } = options
    if ([email, phone, lead].filter((one) => one !== undefined).length !== 1)
      stop({ title: 'Pass exactly one of --email, --phone and --lead.', ends: 'usage' })
    const call = connect(options)
    const body = {
      ...(email !== undefined && { email: await readValueOrStdin(email) }),
      ...(phone !== undefined && { phone: await readValueOrStdin(phone) }),
      ...(lead !== undefined && { leadId: lead }),
      withdraw,
    }
    await requireConfirmation(
      'Delete the personal data of this person? Every school that received a lead is notified. This cannot be undone.',
      options,
    )
    const response = await call(erasePerson, { body })
    if (response.status !== 201) stop(response.problem)
    printResult(options, response.body, formatErasure(response.body))
  })

const show = new Command('show')
  .description('Show the progress of an erasure and which schools have been notified.')
  .argument('<erasureId>')
  .addHelpText(...formatExamples('erasures show ers_4fJ0q2mXbW7cT1nZ8yKd5A'))
  .action(async (erasureId: string, _: object, command: Command) => {
    const settings: GlobalOptions = command.optsWithGlobals()
    const response = await connect(settings)(readErasure, { params: { erasureId } })
    if (response.status !== 200) stop(response.problem)
    printResult(settings, response.body, formatErasure(response.body))
  })

const list = createListCommand(
  new Command('list')
    .description('List erasures, latest first. They contain no personal data.')
    .addHelpText(...formatExamples('erasures list', 'erasures list --all --json')),
  {
    rows: 'erasures',
    fetchPage: async (call, query) => {
      const response = await call(listErasures, { query })
      if (response.status !== 200) return stop(response.problem)
      return { rows: response.body.erasures, next: response.body.page.nextCursor }
    },
    toRow: ({ erasureId, state, requestedAt, leads, by }) => [
      erasureId,
      { state, requested: requestedAt, leads, by: toOneLine(by.name) },
    ],
  },
)

export const erasures = new Command('erasures')
  .description('Delete personal data, and check that schools were notified.')
  .addCommand(start)
  .addCommand(show)
  .addCommand(list)

function formatErasure({ erasureId, state, leads, notices }: ErasureResponse): string {
  const leadCount = leads === 1 ? '1 lead' : `${leads} leads`
  const summary =
    state === 'done' ? `${leadCount} erased` : `${leadCount} erased so far; the rest follows automatically`
  const noticeLines = notices.map((notice) => {
    const when =
      notice.deliveredAt === undefined ? `${notice.state}, not notified yet` : `notified at ${notice.deliveredAt}`
    return `  ${notice.deliveryId}  ${toOneLine(notice.schoolName)}, of ${notice.leadId}: ${when}`
  })
  return [`${erasureId}: ${summary}.`, ...noticeLines].join('\n')
}
