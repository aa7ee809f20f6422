import type * as z from 'zod'
import { readOwnSchool } from '#shared/contract/routing/school-campaigns.ts'
import { listRecipients } from '#shared/domain/delivery/email-endpoint.ts'
import { type ApiData, useApiData } from '../app/browser-client.tsx'
import { Note } from '../app/components/note.tsx'
import { portalText } from './text/general.ts'

export type OwnSchool = z.output<(typeof readOwnSchool.responses)[200]['body']>
export type SchoolCampaign = OwnSchool['campaigns'][number]

/** The school of the signed-in person, with its campaigns. */
export function useOwnSchool(): [ApiData<OwnSchool>, reload: () => void] {
  return useApiData(readOwnSchool, {})
}

/** The name of a campaign, or else the names of its programs. */
export function getCampaignTitle({ name, programs, id }: Pick<SchoolCampaign, 'name' | 'programs' | 'id'>): string {
  return name ?? (programs.map((program) => program.name).join(', ') || id)
}

/** The URL, email addresses or SFTP user that leads are sent to. */
export function getEndpointAddress(endpoint: SchoolCampaign['endpoint']): string {
  if (endpoint.kind === 'webhook') return endpoint.url
  return endpoint.kind === 'sftp' ? `${endpoint.username}@${endpoint.host}` : listRecipients(endpoint).join(', ')
}

/** Says that the key cannot make changes. */
export function ReadOnlyNotice({ school: { scope } }: { school: Pick<OwnSchool, 'scope'> }) {
  if (scope !== 'read') return null
  return <Note>{portalText.viewOnly}</Note>
}
