import { Command } from 'commander'
import { listLeads as route } from '#shared/contract/capture/leads.ts'
import { createListCommand } from '../create-list-command.ts'
import { formatExamples } from '../format-examples.ts'
import { stop } from '../stop.ts'
import { addFilterOptions, type LeadFilter, toFilter, toLeadRow } from './add-filter-options.ts'

const command = addFilterOptions(new Command('list'))
  .description('List the leads of one day, latest first.')
  .addHelpText(
    ...formatExamples('leads list --outcome unmatched --all', 'leads list --day 2026-11-23 --source my-page --json'),
  )

export const listLeads = createListCommand(command, {
  rows: 'leads',
  fetchPage: async (call, page, options: LeadFilter) => {
    const { day, test } = options
    const query = {
      ...page,
      ...toFilter(options),
      ...(day !== undefined && { day }),
      ...(test !== undefined && { test }),
    }
    const response = await call(route, { query })
    if (response.status !== 200) return stop(response.problem)
    return { rows: response.body.leads, next: response.body.page.nextCursor }
  },
  toRow: toLeadRow,
})
