import { Command, Option } from 'commander'
import { acceptReturn, listReturns, refuseReturn } from '#shared/contract/aftercare/returns.ts'
import { returnState } from '#shared/domain/aftercare/lead-return.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { createListCommand } from '../create-list-command.ts'
import { formatExamples } from '../format-examples.ts'
import { formatDollars, printResult } from '../print-result.ts'
import { type ConfirmOptions, requireConfirmation, yesOption } from '../require-confirmation.ts'
import { stop } from '../stop.ts'
import { decide, exportCsv, grant } from './many-returns.ts'

const sampleDeliveryId = 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A'

const listCommand = new Command('list')
  .description('List returns (credit requests): pending ones oldest first, decided ones latest first.')
  .addOption(new Option('--state <state>', 'state of the returns').choices(returnState.options).default('requested'))
  .addHelpText(...formatExamples('returns list', 'returns list --state accepted --all --json'))

const list = createListCommand(listCommand, {
  rows: 'returns',
  fetchPage: async (call, query, { state }: { state: string }) => {
    const response = await call(listReturns, { query: { ...query, state: returnState.parse(state) } })
    if (response.status !== 200) return stop(response.problem)
    return { rows: response.body.returns, next: response.body.page.nextCursor }
  },
  toRow: ({ deliveryId, schoolId, requestedAt, reason, creditCents, note, answer }) => [
    deliveryId,
    {
      requested: requestedAt,
      school: schoolId,
      reason,
      credit: formatDollars(creditCents),
      note: note ?? answer ?? '',
    },
  ],
})

const accept = new Command('accept')
  .description('Accept a return: the school gets credit, and the lead no longer counts against its caps.')
  .argument('<deliveryId>')
  .option('--answer <text>', 'note to the school')
  .option(...yesOption)
  .addHelpText(...formatExamples(`returns accept ${sampleDeliveryId} --yes`))
  .action(async (deliveryId: string, _: object, command: Command) => {
    const options: GlobalOptions & ConfirmOptions & { answer?: string } = command.optsWithGlobals()
    const call = connect(options)
    await requireConfirmation(`Accept the return of ${deliveryId}? This cannot be undone.`, options)
    const { answer: answerText } = options
    const response = await call(acceptReturn, {
      params: { deliveryId },
      body: answerText === undefined ? {} : { answer: answerText },
    })
    if (response.status !== 200) stop(response.problem)
    printResult(
      options,
      response.body,
      `Accepted: ${response.body.schoolId} is credited ${formatDollars(response.body.creditCents)}.`,
    )
  })

const refuse = new Command('refuse')
  .description('Refuse a return, with a reason for the school.')
  .argument('<deliveryId>')
  .requiredOption('--answer <text>', 'reason, which the school sees')
  .option(...yesOption)
  .addHelpText(
    ...formatExamples(`returns refuse ${sampleDeliveryId} --answer "The number worked when we called." --yes`),
  )
  .action(async (deliveryId: string, _: object, command: Command) => {
    const options: GlobalOptions & ConfirmOptions & { answer: string } = command.optsWithGlobals()
    const call = connect(options)
    await requireConfirmation(`Refuse the return of ${deliveryId}? This cannot be undone.`, options)
    const answer = await call(refuseReturn, { params: { deliveryId }, body: { answer: options.answer } })
    if (answer.status !== 200) stop(answer.problem)
    printResult(options, answer.body, `Refused: ${answer.body.schoolId} sees your reason.`)
  })

export const returns = new Command('returns')
  .description('Review credit requests of schools.')
  .addCommand(list)
  .addCommand(accept)
  .addCommand(refuse)
  .addCommand(decide)
  .addCommand(grant)
  .addCommand(exportCsv)
