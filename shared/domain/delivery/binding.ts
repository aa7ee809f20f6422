import * as z from 'zod'
import { ownDisclosureVersion } from '../capture/disclosure.ts'
import { type Generation, generation, isSameGeneration, toOwnerName } from '../catalog/generation.ts'
import { getLegalName } from '../catalog/school.ts'
import type { LeadCreated } from './lead-created.ts'

/**
 * What a delivery was agreed for, fixed when it is created. With its school, program and price it says who may receive
 * it, whatever is edited later.
 */
export const deliveryBinding = z
  .strictObject({
    legalName: z.string().meta({ description: 'The legal name of the school in the consent text.' }),
    programName: z.string(),
    consentSha256: z.string().meta({ description: 'Digest of the consent text, in hexadecimal.' }),
    schoolGeneration: generation.meta({ description: 'Absent unless the ID of the school was used before.' }),
    campaignGeneration: generation.meta({ description: 'Absent unless the ID of the campaign was used before.' }),
    sourceGeneration: generation.meta({ description: 'Absent unless the ID of the source was used before.' }),
  })
  .meta({ id: 'DeliveryBinding' })
export type DeliveryBinding = z.output<typeof deliveryBinding>

/** Why a delivery may not be sent through its campaign, or to anyone. */
export const bindingFault = z
  .enum(['school-removed', 'legal-name-changed', 'campaign-removed', 'campaign-moved'])
  .meta({ id: 'BindingFault' })
export type BindingFault = z.output<typeof bindingFault>

type BoundDelivery = {
  schoolId: string
  schoolName: string
  binding?: DeliveryBinding | undefined
  erases?: string | undefined
  withdraws?: string | undefined
}
/** The consent text that the delivery carries. A notice has none. */
type CarriedConsent = { version: string; text: string } | undefined
type CurrentSchool = { name: string; legalName?: string | undefined; generation?: Generation }
type CurrentCampaign = { schoolId: string; generation?: Generation }
/** The records that a delivery names, as they are at the moment of sending. */
export type CurrentRecords = { school: CurrentSchool | undefined; campaign: CurrentCampaign | undefined }

/**
 * Returns why a delivery may not be sent to its school, or undefined if it may. The school must be the record that was
 * sold to, under the legal name that the visitor agreed to. A notice of an erasure or a withdrawal has no contact details
 * and must reach the holder of the data, so it is sent under a new legal name too.
 */
export function findSchoolFault(
  delivery: BoundDelivery,
  consent: CarriedConsent,
  school: CurrentSchool | undefined,
): BindingFault | undefined {
  if (!school || !isSameGeneration(school.generation, delivery.binding?.schoolGeneration)) return 'school-removed'
  if (delivery.erases !== undefined || delivery.withdraws !== undefined) return undefined
  return isAgreedLegalName(delivery, consent, school) ? undefined : 'legal-name-changed'
}

/** Returns why a delivery may not use the endpoint of its campaign, or undefined if it may. */
export function findCampaignFault(
  { schoolId, binding }: BoundDelivery,
  campaign: CurrentCampaign | undefined,
): BindingFault | undefined {
  if (!campaign || !isSameGeneration(campaign.generation, binding?.campaignGeneration)) return 'campaign-removed'
  return campaign.schoolId === schoolId ? undefined : 'campaign-moved'
}

/** Returns the owner name of the school that a delivery is bound to: its rows are listed and counted under it. */
export function toSchoolOwner({
  schoolId,
  binding,
}: Pick<BoundDelivery, 'schoolId'> & { binding?: Pick<DeliveryBinding, 'schoolGeneration'> | undefined }): string {
  return toOwnerName({ id: schoolId, generation: binding?.schoolGeneration })
}

/** Returns the consent under which a delivery is sent or read, as suppressions are compared with it. */
export function toConsentUse(delivery: Pick<BoundDelivery, 'schoolId' | 'binding'>, { data }: LeadCreated) {
  const sourceOwner = toOwnerName({ id: data.source.id, generation: delivery.binding?.sourceGeneration })
  return { schoolOwner: toSchoolOwner(delivery), sourceOwner, grantedAt: data.consent.grantedAt }
}

/** A delivery that is older than bindings is bound by the text that it carries, or else by the name of its school. */
function isAgreedLegalName({ schoolName, binding }: BoundDelivery, consent: CarriedConsent, school: CurrentSchool) {
  const legalName = getLegalName(school)
  if (binding) return binding.legalName === legalName
  const isOurText = consent !== undefined && ![ownDisclosureVersion, 'test'].includes(consent.version)
  return isOurText ? consent.text.includes(legalName) : schoolName === school.name
}
