import { Command, Option } from 'commander'
import { addSuppression } from '#shared/contract/aftercare/suppressions.ts'
import { listWithdrawals } from '#shared/contract/aftercare/withdrawals.ts'
import { type WithdrawalMeans, withdrawalMeans } from '#shared/domain/aftercare/suppression.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { createListCommand } from '../create-list-command.ts'
import { formatExamples } from '../format-examples.ts'
import { readValueOrStdin } from '../parse-options.ts'
import { printResult } from '../print-result.ts'
import { stop } from '../stop.ts'

type RecordOptions = GlobalOptions & {
  email?: string
  phone?: string
  lead?: string
  channel: WithdrawalMeans
  school?: string
  purpose: string
}

const record = new Command('record')
  .description('Record that a person asked not to be contacted. The value - is read from standard input.')
  .option('--email <address>')
  .option('--phone <number>')
  .option('--lead <leadId>', 'the person in this lead')
  .addOption(
    new Option('--channel <channel>', 'how the person asked').choices(withdrawalMeans.options).makeOptionMandatory(),
  )
  .option('--school <schoolId>', 'only this school must stop; default every school')
  .requiredOption('--purpose <text>', 'what the person asked for; without personal data')
  .addHelpText(
    ...formatExamples(
      "withdrawals record --phone - --channel phone --purpose 'Stop all calls'",
      "withdrawals record --lead lead_4fJ0q2mXbW7cT1nZ8yKd5A --channel email --school heron-key-college --purpose 'Chose another school'",
    ),
  )
  .action(async (_: object, command: Command) => {
    const options: RecordOptions = command.optsWithGlobals()
    const { email, phone, lead, school, channel, purpose } = options
    if (email === undefined && phone === undefined && lead === undefined)
      stop({ title: 'Pass --email, --phone or --lead.', ends: 'usage' })
    const body = {
      ...(email !== undefined && { email: await readValueOrStdin(email) }),
      ...(phone !== undefined && { phone: await readValueOrStdin(phone) }),
      ...(lead !== undefined && { leadId: lead }),
      scope:
        school === undefined ? ({ kind: 'all-schools' } as const) : ({ kind: 'school', schoolId: school } as const),
      means: channel,
      reason: purpose,
    }
    const response = await connect(options)(addSuppression, { body })
    if (response.status !== 201) stop(response.problem)
    printResult(options, response.body, `${response.body.suppressionId}: recorded. See: withdrawals list`)
  })

const list = createListCommand(
  new Command('list')
    .description('List withdrawals, latest first, with the deadline and the schools that confirmed.')
    .addHelpText(...formatExamples('withdrawals list', 'withdrawals list --all --json')),
  {
    rows: 'withdrawals',
    fetchPage: async (call, query) => {
      const response = await call(listWithdrawals, { query })
      if (response.status !== 200) return stop(response.problem)
      return { rows: response.body.withdrawals, next: response.body.page.nextCursor }
    },
    toRow: ({ withdrawalId, at, channel, means, leads, state, honorBy, notices }) => {
      const confirmed = notices.filter(({ deliveredAt }) => deliveredAt !== undefined)
      const pending = notices.filter(({ deliveredAt }) => deliveredAt === undefined)
      return [
        withdrawalId,
        {
          at,
          channel: means ? `${channel}, ${means}` : channel,
          leads,
          state,
          honorBy,
          confirmed: `${confirmed.length} of ${notices.length}`,
          waiting: pending.map(({ schoolName }) => schoolName).join(', '),
        },
      ]
    },
  },
)

export const withdrawals = new Command('withdrawals')
  .description('Record withdrawals of consent, and see which schools confirmed them.')
  .addCommand(record)
  .addCommand(list)
