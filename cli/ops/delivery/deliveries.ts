import { Command, Option } from 'commander'
import type * as z from 'zod'
import { listDeliveries } from '#shared/contract/reporting/overview.ts'
import { deliveryState } from '#shared/domain/delivery/delivery.ts'
import { examples } from '../examples.ts'
import { windowOf } from '../given.ts'
import { listing } from '../listing.ts'
import { stop } from '../stop.ts'

type Given = {
  state: z.output<typeof deliveryState>
  school?: string
  campaign?: string
  from?: string
  to?: string
}

const command = new Command('list')
  .description('List the deliveries that are in one state, school by school.')
  .addOption(new Option('--state <state>').choices(deliveryState.options).default('dead'))
  .option('--school <id>')
  .option('--campaign <id>')
  .option('--from <instant>', 'made at this instant or later, such as 2026-11-23T00:00:00Z')
  .option('--to <instant>', 'made before this instant')
  .addHelpText(...examples('deliveries list --state parked', 'deliveries list --school tall-grass --all --json'))

const list = listing(command, {
  rows: 'deliveries',
  ask: async (call, { cursor }, given: Given) => {
    const { state, school, campaign } = given
    const named = {
      ...(school !== undefined && { schoolId: school }),
      ...(campaign !== undefined && { campaignId: campaign }),
    }
    const query = { state, ...named, ...windowOf(given), ...(cursor !== undefined && { cursor }) }
    const answer = await call(listDeliveries, { query })
    if (answer.status !== 200) return stop(answer.problem)
    return { rows: answer.body.deliveries, next: answer.body.page.nextCursor }
  },
  told: ({ deliveryId, leadId, schoolId, campaignId, createdAt, dueAt, attempts }) => [
    deliveryId,
    { lead: leadId, school: schoolId, campaign: campaignId, made: createdAt, due: dueAt ?? '', attempts },
  ],
})

export const deliveries = new Command('deliveries')
  .description('Look at deliveries. `leads replay` and `replays start` send them once more.')
  .addCommand(list)
