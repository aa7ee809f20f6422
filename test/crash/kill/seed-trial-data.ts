import type * as z from 'zod'
import { records } from '#shared/contract/catalog/records.ts'
import { createClient } from '#shared/contract/client.ts'
import type { school } from '#shared/domain/catalog/school.ts'
import type { campaignInput } from '#shared/domain/routing/campaign.ts'
import type { HostReady } from '../host-settings.ts'

/** The campaigns of a school and the maximum number of leads for it. */
export type TrialSchool = {
  id: string
  maxLeads: number
  school?: Partial<z.input<typeof school>>
  campaign: Partial<z.input<typeof campaignInput>>
}
export const career = 'records-keeper'
const priceCents = 4500

/** Schools whose caps are reached: exclusive, by number, by money, and over all campaigns; two have no cap. */
export function createTrialSchools(leads: number): TrialSchool[] {
  const leadShare = (share: number) => Math.round(leads * share)
  const totalCap = (limit: number) => ({ caps: [{ period: 'total' as const, limit }] })
  return [
    {
      id: 'alone-at-the-top',
      maxLeads: leadShare(0.05),
      campaign: { sharing: 'exclusive', ...totalCap(leadShare(0.05)) },
    },
    { id: 'capped', maxLeads: leadShare(0.3), campaign: totalCap(leadShare(0.3)) },
    { id: 'capped-as-a-school', maxLeads: leadShare(0.2), school: totalCap(leadShare(0.2)), campaign: {} },
    {
      id: 'on-credit',
      maxLeads: leadShare(0.1),
      school: { creditCents: leadShare(0.1) * priceCents + 1 },
      campaign: {},
    },
    { id: 'open', maxLeads: leads, campaign: {} },
    { id: 'open-too', maxLeads: leads, campaign: {} },
  ]
}

/** Creates a career, the schools and a source over the API. @returns the key of the source */
export async function seedTrialData(
  { api, operatorKey }: HostReady,
  schools: readonly (TrialSchool & { url: string; secret: string })[],
): Promise<string> {
  const call = createClient({ baseUrl: api, headers: { authorization: `Bearer ${operatorKey}` }, check: 'answers' })
  const responses: { status: number; text: string }[] = []
  responses.push(
    await call(records.careers.put, {
      params: { id: career },
      body: { title: 'Keeper of Records', summary: 'Keeps them.', facts: [], sections: [] },
    }),
  )
  for (const [at, { id, url, secret, school, campaign }] of schools.entries())
    responses.push(
      await call(records.schools.put, {
        params: { id },
        body: { name: `School ${id}`, timeZone: 'America/Chicago', ...school },
      }),
      await call(records.programs.put, {
        params: { id },
        body: { schoolId: id, name: `Records ${id}`, careerSlugs: [career], level: 'associate', modality: 'online' },
      }),
      await call(records.campaigns.put, {
        params: { id },
        body: {
          schoolId: id,
          programIds: [id],
          priority: at,
          priceCents,
          endpoint: { kind: 'webhook', url, secret },
          ...campaign,
        },
      }),
    )
  const source = await call(records.sources.put, {
    params: { id: 'visitors' },
    body: { name: 'Visitors', mode: 'live', abuse: 'off', maxSales: 10, method: 'priority' },
  })
  const failed = [...responses, source].find(({ status }) => status !== 201)
  if (failed || !source.body) throw new Error(`The town was not written: ${failed?.text}`)
  return source.body.key
}
