import { Command, Option } from 'commander'
import type * as z from 'zod'
import { listDeliveries } from '#shared/contract/reporting/overview.ts'
import { deliveryState } from '#shared/domain/delivery/delivery.ts'
import { createListCommand } from '../create-list-command.ts'
import { formatExamples } from '../format-examples.ts'
import { parseWindow } from '../parse-options.ts'
import { stop } from '../stop.ts'

type ListDeliveriesOptions = {
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
  .addHelpText(...formatExamples('deliveries list --state parked', 'deliveries list --school tall-grass --all --json'))

const list = createListCommand(command, {
  rows: 'deliveries',
  fetchPage: async (call, { cursor }, options: ListDeliveriesOptions) => {
    const { state, school, campaign } = options
    const filter = {
      ...(school !== undefined && { schoolId: school }),
      ...(campaign !== undefined && { campaignId: campaign }),
    }
    const query = { state, ...filter, ...parseWindow(options), ...(cursor !== undefined && { cursor }) }
    const response = await call(listDeliveries, { query })
    if (response.status !== 200) return stop(response.problem)
    return { rows: response.body.deliveries, next: response.body.page.nextCursor }
  },
  toRow: ({ deliveryId, leadId, schoolId, campaignId, createdAt, dueAt, attempts }) => [
    deliveryId,
    { lead: leadId, school: schoolId, campaign: campaignId, made: createdAt, due: dueAt ?? '', attempts },
  ],
})

export const deliveries = new Command('deliveries')
  .description('Look at deliveries. `leads replay` and `replays start` send them once more.')
  .addCommand(list)
