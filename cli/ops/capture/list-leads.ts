import { Command } from 'commander'
import { listLeads as route } from '#shared/contract/operator.ts'
import { examples } from '../examples.ts'
import { listing } from '../listing.ts'
import { stop } from '../stop.ts'
import { filtering, filterOf, type LeadFilter, rowOf } from './lead-filter.ts'

const command = filtering(new Command('list'))
  .description('List the leads of one day, latest first.')
  .addHelpText(
    ...examples('leads list --outcome unmatched --all', 'leads list --day 2026-11-23 --source my-page --json'),
  )

export const listLeads = listing(command, {
  rows: 'leads',
  ask: async (call, page, given: LeadFilter) => {
    const { day, test } = given
    const query = {
      ...page,
      ...filterOf(given),
      ...(day !== undefined && { day }),
      ...(test !== undefined && { test }),
    }
    const answer = await call(route, { query })
    if (answer.status !== 200) return stop(answer.problem)
    return { rows: answer.body.leads, next: answer.body.page.nextCursor }
  },
  told: rowOf,
})
