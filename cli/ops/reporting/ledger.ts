import { randomUUID } from 'node:crypto'
import { Argument, Command } from 'commander'
import {
  accountParams,
  addLedgerEntry,
  listLedgerEntries,
  type NewEntry,
  readAccount,
} from '#shared/contract/reporting/ledger.ts'
import { verifyStatements } from '#shared/contract/reporting/statements.ts'
import { type AccountKind, accountKind } from '#shared/domain/reporting/ledger/account.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { createListCommand } from '../create-list-command.ts'
import { formatExamples } from '../format-examples.ts'
import { parseDollars } from '../parse-options.ts'
import { formatDollars, printResult } from '../print-result.ts'
import { type ConfirmOptions, requireConfirmation, yesOption } from '../require-confirmation.ts'
import { stop } from '../stop.ts'

const kindArgument = () => new Argument('<kind>', 'whose ledger').choices(accountKind.options)
type EntryOptions = GlobalOptions & ConfirmOptions & { reason?: string; reference?: string; idempotencyKey?: string }

const balance = new Command('balance')
  .description('Show the balance of a school or source, and how much of its credit is left.')
  .addArgument(kindArgument())
  .argument('<id>')
  .addHelpText(...formatExamples('ledger balance schools lone-prairie-college'))
  .action(async (kind: AccountKind, accountId: string, _: object, command: Command) => {
    const options: GlobalOptions = command.optsWithGlobals()
    const response = await connect(options)(readAccount, { params: { accountKind: kind, accountId }, query: {} })
    if (response.status !== 200) stop(response.problem)
    const { name = accountId, balanceCents, credit } = response.body
    const creditText = credit ? ` Credit left: ${formatDollars(credit.leftCents)}.` : ''
    printResult(options, response.body, `${name}: balance ${formatDollars(balanceCents)}.${creditText}`)
  })

const entriesCommand = new Command('entries')
  .description('List the ledger entries of a school or source, latest first.')
  .addArgument(kindArgument())
  .argument('<id>')
  .addHelpText(...formatExamples('ledger entries schools lone-prairie-college --all --json'))

const entries = createListCommand(entriesCommand, {
  rows: 'entries',
  fetchPage: async (call, query, _, [kind, accountId]) => {
    const params = accountParams.parse({ accountKind: kind, accountId })
    const response = await call(listLedgerEntries, { params, query })
    if (response.status !== 200) return stop(response.problem)
    return { rows: response.body.entries, next: response.body.page.nextCursor }
  },
  toRow: ({ entryId, at, kind, amountCents, reason, reference, corrects }) => [
    entryId,
    {
      at,
      kind,
      amount: formatDollars(amountCents),
      corrects: corrects ?? '',
      reason: [reason, reference].filter(Boolean).join('; '),
    },
  ],
})

const pay = createEntryCommand('pay', {
  description: 'Record a payment: what a school paid, or what was paid to a source.',
  amount: 'dollars, such as 250 or 249.50',
  examples: ['ledger pay schools lone-prairie-college 2500 --reference "Wire 20261129-17" --yes'],
  toEntry: (amountCents, { reason, reference }) => ({
    kind: 'payment',
    amountCents,
    ...(reason !== undefined && { reason }),
    ...(reference !== undefined && { reference }),
  }),
})

const adjust = createEntryCommand('adjust', {
  description: 'Record an adjustment. Positive: in favor of the school or source.',
  amount: 'dollars; put -- before a negative amount',
  examples: ['ledger adjust schools lone-prairie-college --reason "Goodwill" --yes -- 45'],
  toEntry: (amountCents, { reason = '', reference }) => ({
    kind: 'adjustment',
    amountCents,
    reason,
    ...(reference !== undefined && { reference }),
  }),
}).requiredOption('--reason <text>', 'why, on the statement')

pay.option('--reason <text>', 'why, on the statement')

type EntryCommand = {
  description: string
  amount: string
  examples: [string]
  toEntry: (amountCents: number, options: EntryOptions) => NewEntry
}

function createEntryCommand(name: string, { description, amount, examples, toEntry }: EntryCommand): Command {
  return new Command(name)
    .description(description)
    .addArgument(kindArgument())
    .argument('<id>')
    .argument('<amount>', amount, parseDollars)
    .option('--reference <text>', 'such as the number of the transfer')
    .option(
      '--idempotency-key <key>',
      'repeat a command with the same key, and it counts once; a random one by default',
    )
    .option(...yesOption)
    .addHelpText(...formatExamples(...examples))
    .action(async (kind: AccountKind, accountId: string, cents: number, _: object, command: Command) => {
      const options: EntryOptions = command.optsWithGlobals()
      await addEntry({ kind, accountId, entry: toEntry(cents, options), amountCents: cents }, options)
    })
}

const reverse = new Command('reverse')
  .description('Reverse a payment, an adjustment or a credit. An entry is reversed at most once.')
  .addArgument(kindArgument())
  .argument('<id>')
  .argument('<entryId>')
  .requiredOption('--reason <text>', 'why, on the statement')
  .option(...yesOption)
  .addHelpText(
    ...formatExamples(
      'ledger reverse schools lone-prairie-college ent_9c1185a5c5e9fc54612808 --reason "Entered twice" --yes',
    ),
  )
  .action(async (kind: AccountKind, accountId: string, entryId: string, _: object, command: Command) => {
    const options: EntryOptions & { reason: string } = command.optsWithGlobals()
    await addEntry({ kind, accountId, entry: { kind: 'reversal', entryId, reason: options.reason } }, options)
  })

const verify = new Command('verify')
  .description('Recompute the closed statements of a school or source from its entries, and follow their hashes.')
  .addArgument(kindArgument())
  .argument('<id>')
  .addHelpText(...formatExamples('ledger verify schools lone-prairie-college'))
  .action(async (kind: AccountKind, accountId: string, _: object, command: Command) => {
    const options: GlobalOptions = command.optsWithGlobals()
    const response = await connect(options)(verifyStatements, { params: { accountKind: kind, accountId }, query: {} })
    if (response.status !== 200) return stop(response.problem)
    const { statements, entries, faults } = response.body
    const lines = faults.map(({ month = '', fault, entryId = '', detail }) => `${month} ${fault} ${entryId} ${detail}`)
    const summary = `${statements} closed statements of ${entries} entries: ${faults.length} faults.`
    printResult(options, response.body, [...lines, summary].join('\n'))
    if (faults.length > 0) process.exitCode = 1
  })

type EntryRequest = { kind: AccountKind; accountId: string; entry: NewEntry; amountCents?: number }

async function addEntry({ kind, accountId, entry, amountCents }: EntryRequest, options: EntryOptions): Promise<void> {
  const call = connect(options)
  const params = { accountKind: kind, accountId }
  const account = await call(readAccount, { params, query: {} })
  if (account.status !== 200) return stop(account.problem)
  const { name = accountId } = account.body
  const what =
    entry.kind === 'reversal' ? `reversal of ${entry.entryId}` : `${entry.kind} of ${formatDollars(amountCents ?? 0)}`
  await requireConfirmation(`Record a ${what} for ${name}? It cannot be deleted, only reversed.`, options)
  const headers = { 'idempotency-key': options.idempotencyKey ?? randomUUID() }
  const response = await call(addLedgerEntry, { params, headers, body: entry })
  if (response.status !== 201 && response.status !== 200) return stop(response.problem)
  const entered = `${formatDollars(response.body.amountCents)} for ${name} (${response.body.entryId})`
  printResult(
    options,
    response.body,
    response.status === 201 ? `Recorded: ${entered}.` : `Already recorded: ${entered}.`,
  )
}

export const ledger = new Command('ledger')
  .description('Balances, payments and adjustments of schools and sources.')
  .addCommand(balance)
  .addCommand(entries)
  .addCommand(pay)
  .addCommand(adjust)
  .addCommand(reverse)
  .addCommand(verify)
