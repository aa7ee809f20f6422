import * as z from 'zod'
import { campaignInput } from '../../domain/routing/campaign.ts'
import { instant, recordId } from '../../domain/vocabulary.ts'
import { records } from '../catalog/records.ts'
import { cursorPage } from '../paging.ts'
import { defineRoute } from '../route.ts'

const counts = z.record(z.string(), z.int())
const result = z
  .object({
    leads: z.int(),
    unmatched: z.int(),
    schools: z.record(z.string(), z.object({ leads: z.int(), revenueCents: z.int() })),
    refusals: counts.meta({ description: 'Refusals by reason.' }),
    capsReached: counts.meta({ description: 'How often a cap stopped the campaign, by campaign.' }),
  })
  .meta({ id: 'SimulationResult' })

const draftCampaign = campaignInput.extend({ id: recordId }).meta({ id: 'DraftCampaign' })

export const simulateCampaigns = defineRoute({
  name: 'simulateCampaigns',
  method: 'POST',
  path: '/v1/ops/simulations',
  caller: 'operator',
  access: 'read',
  summary: 'Simulate draft campaigns on past leads: buyers, refusals, caps and revenue, before and after',
  description:
    'Writes nothing. A draft replaces the campaign with its ID. Send the same body with `cursor` for the next page, and ' +
    'add up the pages: counters continue from page to page.',
  body: z
    .strictObject({
      from: instant,
      to: instant.meta({ description: 'Exclusive.' }),
      draft: z.strictObject({ campaigns: z.array(draftCampaign).min(1).max(20) }),
      cursor: z.string().max(100_000).optional(),
      limit: z.int().min(1).max(500).default(200),
    })
    .meta({ id: 'SimulationRequest' }),
  maxBodyBytes: 256 * 1024,
  maxBodyDepth: 32,
  responses: {
    200: { description: 'One page of leads.', body: z.object({ before: result, after: result, page: cursorPage }) },
  },
  example: {
    body: {
      from: '2026-11-01T00:00:00.000Z',
      to: '2026-11-08T00:00:00.000Z',
      draft: { campaigns: [{ id: 'my-campaign', ...records.campaigns.put.example.body }] },
    },
  },
})
