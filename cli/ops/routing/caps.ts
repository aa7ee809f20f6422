import { Command } from 'commander'
import type * as z from 'zod'
import { listCaps } from '#shared/contract/reporting/overview.ts'
import type { capStanding } from '#shared/contract/routing/school-campaigns.ts'
import { examples } from '../examples.ts'
import { listing } from '../listing.ts'
import { stop } from '../stop.ts'
import { dollars } from '../tell.ts'

const command = new Command('caps')
  .description('List the campaigns, and how full their caps are now.')
  .addHelpText(...examples('caps', 'caps --all --json'))

export const caps = listing(command, {
  rows: 'campaigns',
  ask: async (call, query) => {
    const answer = await call(listCaps, { query })
    if (answer.status !== 200) return stop(answer.problem)
    return { rows: answer.body.campaigns, next: answer.body.page.nextCursor }
  },
  told: ({ campaignId, schoolName, status, open, caps }) => [
    campaignId,
    { school: schoolName, status, hours: open ? 'open' : 'closed', caps: caps.map(standing).join('; ') },
  ],
})

function standing({ period, unit, used, limit }: z.output<typeof capStanding>): string {
  const [some, most] = unit === 'cents' ? [dollars(used), dollars(limit)] : [used, limit]
  return `${period}: ${some} of ${most}`
}
