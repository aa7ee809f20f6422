import { Command, Option } from 'commander'
import type * as z from 'zod'
import { listDeliveries } from '#shared/contract/delivery/deliveries.ts'
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
  .description('List the deliveries in one state, by school.')
  .addOption(new Option('--state <state>').choices(deliveryState.options).default('dead'))
  .option('--school <id>')
  .option('--campaign <id>')
  .option('--from <instant>', 'created at or after this time, such as 2026-11-23T00:00:00Z')
  .option('--to <instant>', 'created before this time')
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
    { lead: leadId, school: schoolId, campaign: campaignId, created: createdAt, due: dueAt ?? '', attempts },
  ],
})

export const deliveries = new Command('deliveries')
  .description('List deliveries. `leads replay` and `replays start` resend them.')
  .addCommand(list)
