import type * as z from 'zod'
import { records } from '#shared/contract/catalog/records.ts'
import { client } from '#shared/contract/client.ts'
import type { school } from '#shared/domain/catalog/school.ts'
import type { campaignInput } from '#shared/domain/routing/campaign.ts'
import type { HostReady } from '../host-settings.ts'

/** What a school buys, and what is the most that it may be given. */
export type Stall = {
  id: string
  most: number
  school?: Partial<z.input<typeof school>>
  campaign: Partial<z.input<typeof campaignInput>>
}
export const career = 'records-keeper'
const priceCents = 4500

/** Schools whose caps are reached on the way: alone at the top, by number, by money, over all campaigns; two have none. */
export function stallsFor(leads: number): Stall[] {
  const most = (share: number) => Math.round(leads * share)
  const total = (limit: number) => ({ caps: [{ period: 'total' as const, limit }] })
  return [
    { id: 'alone-at-the-top', most: most(0.05), campaign: { sharing: 'exclusive', ...total(most(0.05)) } },
    { id: 'capped', most: most(0.3), campaign: total(most(0.3)) },
    { id: 'capped-as-a-school', most: most(0.2), school: total(most(0.2)), campaign: {} },
    { id: 'on-credit', most: most(0.1), school: { creditCents: most(0.1) * priceCents + 1 }, campaign: {} },
    { id: 'open', most: leads, campaign: {} },
    { id: 'open-too', most: leads, campaign: {} },
  ]
}

/** Writes a career, the schools and a source by the API. @returns the key of the source. */
export async function writeTown(
  { api, operatorKey }: HostReady,
  stalls: readonly (Stall & { url: string; secret: string })[],
): Promise<string> {
  const call = client({ baseUrl: api, headers: { authorization: `Bearer ${operatorKey}` }, check: 'answers' })
  const told: { status: number; text: string }[] = []
  told.push(
    await call(records.careers.put, {
      params: { id: career },
      body: { title: 'Keeper of Records', summary: 'Keeps them.', facts: [], sections: [] },
    }),
  )
  for (const [at, { id, url, secret, school, campaign }] of stalls.entries())
    told.push(
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
  const wrong = [...told, source].find(({ status }) => status !== 201)
  if (wrong || !source.body) throw new Error(`The town was not written: ${wrong?.text}`)
  return source.body.key
}
