import { buildCampaigns } from './build-campaigns.ts'
import { careers } from './careers.ts'
import { programs } from './programs.ts'
import { schools } from './schools.ts'
import { sources } from './sources.ts'

export type SampleRecord = {
  kind: 'careers' | 'schools' | 'programs' | 'campaigns' | 'sources'
  id: string
  body: unknown
}

/**
 * The sample catalog and its campaigns, ordered so that each record comes after the records that it refers to. PUT each to
 * `/v1/ops/{kind}/{id}`. Webhooks of campaigns go to `{webhookUrl}/{schoolId}`.
 */
export function buildSample({ webhookUrl }: { webhookUrl: string }): SampleRecord[] {
  return [
    ...careers.map((record) => ({ kind: 'careers' as const, ...record })),
    ...schools.map((record) => ({ kind: 'schools' as const, ...record })),
    ...programs.map((record) => ({ kind: 'programs' as const, ...record })),
    ...buildCampaigns({ webhookUrl }).map((record) => ({ kind: 'campaigns' as const, ...record })),
    ...sources.map((record) => ({ kind: 'sources' as const, ...record })),
  ]
}
