import type * as z from 'zod'
import { readOwnSchool } from '#shared/contract/routing/school-campaigns.ts'
import { type ApiData, useApiData } from '../app/browser-client.tsx'
import { Note } from '../app/components/note.tsx'

export type OwnSchool = z.output<(typeof readOwnSchool.responses)[200]['body']>
export type SchoolCampaign = OwnSchool['campaigns'][number]

/** The school whose key it is, with all that it buys. */
export function useOwnSchool(): [ApiData<OwnSchool>, again: () => void] {
  return useApiData(readOwnSchool, {})
}

/** What people call a campaign: its name, else what it is for. */
export function getCampaignTitle({ name, programs, id }: Pick<SchoolCampaign, 'name' | 'programs' | 'id'>): string {
  return name ?? (programs.map((program) => program.name).join(', ') || id)
}

/** Where its leads go. */
export function getEndpointAddress(endpoint: SchoolCampaign['endpoint']): string {
  return endpoint.kind === 'email' ? endpoint.to : endpoint.url
}

/** Said where a key may only look. */
export function ReadOnlyNotice({ school: { scope } }: { school: Pick<OwnSchool, 'scope'> }) {
  if (scope !== 'read') return null
  return (
    <Note>You are signed in to look only. To change something, ask for a link or a key that may manage as well.</Note>
  )
}
