import { Command } from 'commander'
import type * as z from 'zod'
import { type capUsage, listCaps } from '#shared/contract/routing/cap-usage.ts'
import { createListCommand } from '../create-list-command.ts'
import { formatExamples } from '../format-examples.ts'
import { formatDollars } from '../print-result.ts'
import { stop } from '../stop.ts'

const command = new Command('caps')
  .description('List the current cap usage of each campaign.')
  .addHelpText(...formatExamples('caps', 'caps --all --json'))

export const caps = createListCommand(command, {
  rows: 'campaigns',
  fetchPage: async (call, query) => {
    const response = await call(listCaps, { query })
    if (response.status !== 200) return stop(response.problem)
    return { rows: response.body.campaigns, next: response.body.page.nextCursor }
  },
  toRow: ({ campaignId, schoolName, status, open, caps }) => [
    campaignId,
    { school: schoolName, status, hours: open ? 'open' : 'closed', caps: caps.map(formatCapUsage).join('; ') },
  ],
})

function formatCapUsage({ period, unit, used, limit }: z.output<typeof capUsage>): string {
  const [usedText, limitText] = unit === 'cents' ? [formatDollars(used), formatDollars(limit)] : [used, limit]
  return `${period}: ${usedText} of ${limitText}`
}
