import { buildCampaigns } from './build-campaigns.ts'
import { careers } from './careers.ts'
import { addProgramContent, addSchoolContent } from './program-content.ts'
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
    ...schools.map(({ id, body }) => ({ kind: 'schools' as const, id, body: addSchoolContent(id, body) })),
    ...programs.map(({ id, body }) => {
      const school = schools.find((one) => one.id === body.schoolId)
      return { kind: 'programs' as const, id, body: school ? addProgramContent(body, school.body) : body }
    }),
    ...buildCampaigns({ webhookUrl }).map((record) => ({ kind: 'campaigns' as const, ...record })),
    ...sources.map((record) => ({ kind: 'sources' as const, ...record })),
  ]
}
