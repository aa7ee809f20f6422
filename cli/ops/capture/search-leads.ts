import { Command } from 'commander'
import { searchLeads as route } from '#shared/contract/capture/lead-search.ts'
import { connect, type Settings } from '../connect.ts'
import { examples } from '../examples.ts'
import { readGiven } from '../given.ts'
import { stop } from '../stop.ts'
import { tellTable } from '../tell.ts'
import { rowOf } from './lead-filter.ts'

type Given = Settings & { email?: string; phone?: string }

export const searchLeads = new Command('search')
  .description('Find the leads of one person. A value of - is read from standard input, and stands in no history then.')
  .option('--email <address>')
  .option('--phone <number>')
  .addHelpText(...examples('leads search --email -', 'leads search --phone "(512) 789-1111" --json'))
  .action(async (_: object, command: Command) => {
    const given: Given = command.optsWithGlobals()
    const { email, phone } = given
    if ((email === undefined) === (phone === undefined))
      stop({ title: 'Give either --email or --phone.', ends: 'usage' })
    const body = email === undefined ? { phone: await readGiven(phone ?? '') } : { email: await readGiven(email) }
    const answer = await connect(given)(route, { body })
    if (answer.status !== 200) stop(answer.problem)
    const { leads } = answer.body
    if (given.json) console.log(JSON.stringify({ leads }))
    else if (leads.length === 0) console.log('No leads.')
    else tellTable(leads.map(rowOf))
  })
