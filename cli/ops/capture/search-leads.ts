import { Command } from 'commander'
import { searchLeads as route } from '#shared/contract/capture/lead-search.ts'
import { connect, type GlobalOptions } from '../connect.ts'
import { formatExamples } from '../format-examples.ts'
import { readValueOrStdin } from '../parse-options.ts'
import { printTable } from '../print-result.ts'
import { stop } from '../stop.ts'
import { toLeadRow } from './add-filter-options.ts'

type SearchLeadsOptions = GlobalOptions & { email?: string; phone?: string }

export const searchLeads = new Command('search')
  .description(
    'Find the leads of one person. The value - is read from standard input, which keeps it out of the shell history.',
  )
  .option('--email <address>')
  .option('--phone <number>')
  .addHelpText(...formatExamples('leads search --email -', 'leads search --phone "(512) 789-1111" --json'))
  .action(async (_: object, command: Command) => {
    const options: SearchLeadsOptions = command.optsWithGlobals()
    const { email, phone } = options
    if ((email === undefined) === (phone === undefined))
      stop({ title: 'Pass either --email or --phone.', ends: 'usage' })
    const body =
      email === undefined ? { phone: await readValueOrStdin(phone ?? '') } : { email: await readValueOrStdin(email) }
    const response = await connect(options)(route, { body })
    if (response.status !== 200) stop(response.problem)
    const { leads } = response.body
    if (options.json) console.log(JSON.stringify({ leads }))
    else if (leads.length === 0) console.log('No leads.')
    else printTable(leads.map(toLeadRow))
  })
