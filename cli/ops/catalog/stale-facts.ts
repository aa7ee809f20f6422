import { Command } from 'commander'
import { listStaleFacts } from '#shared/contract/catalog/stale-facts.ts'
import { createListCommand } from '../create-list-command.ts'
import { formatExamples } from '../format-examples.ts'
import { stop } from '../stop.ts'

const command = new Command('stale-facts')
  .description('List careers with facts that have expired, and the import and file that would refresh them.')
  .addHelpText(...formatExamples('stale-facts', 'stale-facts --all --json'))

export const staleFacts = createListCommand(command, {
  rows: 'careers',
  fetchPage: async (call, query) => {
    const response = await call(listStaleFacts, { query })
    if (response.status !== 200) return stop(response.problem)
    return { rows: response.body.careers, next: response.body.page.nextCursor }
  },
  toRow: ({ slug, sources }) => [
    slug,
    {
      expired: sources.reduce((sum, { count }) => sum + count, 0),
      sources: sources.map(({ source, periods }) => `${source.name} (${periods.join(', ')})`).join('; '),
      refresh: sources
        .map(({ refresh }) => (refresh ? `${refresh.command} ${refresh.file}` : 'edit the career'))
        .join('; '),
    },
  ],
})
