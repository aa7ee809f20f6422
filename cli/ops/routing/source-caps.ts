import { Command } from 'commander'
import { listSourceCaps } from '#shared/contract/routing/source-caps.ts'
import { createListCommand } from '../create-list-command.ts'
import { formatExamples } from '../format-examples.ts'
import { stop } from '../stop.ts'

const command = new Command('source-caps')
  .description('List how full the caps of each source are now, and whether its hours allow leads.')
  .addHelpText(...formatExamples('source-caps', 'source-caps --all --json'))

export const sourceCaps = createListCommand(command, {
  rows: 'sources',
  fetchPage: async (call, query) => {
    const response = await call(listSourceCaps, { query })
    if (response.status !== 200) return stop(response.problem)
    return { rows: response.body.sources, next: response.body.page.nextCursor }
  },
  toRow: ({ sourceId, name, status, open, caps }) => [
    sourceId,
    {
      name,
      status,
      hours: open ? 'open' : 'closed',
      caps: caps.map(({ period, used, limit }) => `${period}: ${used} of ${limit}`).join('; '),
    },
  ],
})
