import { Command } from 'commander'
import type * as z from 'zod'
import { type capUsage, type creditUsage, listCaps } from '#shared/contract/routing/cap-usage.ts'
import { createListCommand } from '../create-list-command.ts'
import { formatExamples } from '../format-examples.ts'
import { formatDollars } from '../print-result.ts'
import { stop } from '../stop.ts'

const command = new Command('caps')
  .description('List the current cap usage of each campaign, with the caps and the credit of its school.')
  .addHelpText(...formatExamples('caps', 'caps --all --json'))

export const caps = createListCommand(command, {
  rows: 'campaigns',
  fetchPage: async (call, query) => {
    const response = await call(listCaps, { query })
    if (response.status !== 200) return stop(response.problem)
    const { campaigns, schools, page } = response.body
    const rows = campaigns.map((campaign) => ({
      ...campaign,
      school: schools.find(({ schoolId }) => schoolId === campaign.schoolId),
    }))
    return { rows, next: page.nextCursor }
  },
  toRow: ({ campaignId, schoolName, status, pausedBy, open, caps, school }) => [
    campaignId,
    {
      school: schoolName,
      status: status === 'paused' ? `paused by ${pausedBy.map(({ by }) => by).join(' and ')}` : status,
      hours: open ? 'open' : 'closed',
      caps: caps.map(formatCapUsage).join('; '),
      schoolCaps: school?.caps.map(formatCapUsage).join('; ') ?? '',
      credit: school?.credit ? formatCredit(school.credit) : '',
    },
  ],
})

function formatCapUsage({ period, unit, used, limit }: z.output<typeof capUsage>): string {
  const [usedText, limitText] = unit === 'cents' ? [formatDollars(used), formatDollars(limit)] : [used, limit]
  return `${period}: ${usedText} of ${limitText}`
}

function formatCredit({ usedCents, limitCents }: z.output<typeof creditUsage>): string {
  return `${formatDollars(usedCents)} of ${formatDollars(limitCents)}`
}
