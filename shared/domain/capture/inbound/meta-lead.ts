import * as z from 'zod'
import { fullSampleLead } from '../../delivery/sample-event.ts'
import { addSeconds } from '../../time.ts'
import type { InboundLead } from './build-inbound-lead.ts'
import type { InboundForm } from './inbound-terms.ts'

/** The host and version of the API from which a lead is read. https://developers.facebook.com/docs/graph-api/overview */
export const graphOrigin = 'https://graph.facebook.com/v24.0'

const id = z.union([z.string(), z.number()]).transform(String)

/**
 * A lead as the Graph API answers it.
 * https://developers.facebook.com/docs/marketing-api/guides/lead-ads/retrieving
 * https://developers.facebook.com/docs/marketing-api/reference/user-lead-gen-info
 */
export const metaLead = z.object({
  id,
  created_time: z.string().optional(),
  form_id: id.optional(),
  ad_id: id.optional(),
  campaign_id: id.optional(),
  platform: z.string().optional(),
  is_organic: z.boolean().optional(),
  field_data: z.array(z.object({ name: z.string(), values: z.array(z.coerce.string()) })),
  custom_disclaimer_responses: z
    .array(z.object({ checkbox_key: z.string(), is_checked: z.union([z.string(), z.boolean()]).optional() }))
    .optional(),
})
export type MetaLead = z.output<typeof metaLead>
export const metaLeadFields = Object.keys(metaLead.shape)

/** What Meta's tool for test leads answers: `<test lead: dummy data for email>`. */
const isDummy = (value: string) => value.startsWith('<test lead: dummy data')
const { contact } = fullSampleLead.data
const dummyValues: { [name: string]: string } = {
  full_name: `${contact.firstName} ${contact.lastName}`,
  first_name: contact.firstName,
  last_name: contact.lastName,
  email: contact.email,
  phone_number: contact.phone,
  zip_code: contact.zip,
  post_code: contact.zip,
}

/** Returns the lead of a form of Meta. A lead of Meta's tool for tests is a test lead, with a person who does not exist. */
export function toInboundLead(
  lead: MetaLead,
  { vendorLeadId, formId }: { vendorLeadId: string; formId: string },
): InboundLead {
  const answers = lead.field_data.map(({ name, values }) => ({ name, value: values.join(', ') }))
  const createdAt = new Date(lead.created_time ?? '')
  const labels = {
    metaForm: formId,
    metaAd: lead.ad_id,
    metaCampaign: lead.campaign_id,
    metaPlatform: lead.platform,
    ...(lead.is_organic && { metaOrganic: 'true' }),
  }
  return {
    vendor: 'meta',
    vendorLeadId,
    formId,
    answers: answers.map(({ name, value }) => ({
      names: [name],
      value: isDummy(value) ? (dummyValues[name.toLowerCase()] ?? '') : value,
    })),
    labels: Object.fromEntries(Object.entries(labels).flatMap(([name, value]) => (value ? [[name, value]] : []))),
    submittedAt: Number.isNaN(createdAt.getTime()) ? undefined : createdAt.toISOString(),
    test: answers.some(({ value }) => isDummy(value)),
  }
}

/** Whether the visitor left the box empty by which the form asks for consent. */
export function lacksConsent(
  { custom_disclaimer_responses: responses = [] }: MetaLead,
  { disclaimerKey }: Pick<InboundForm, 'disclaimerKey'>,
): boolean {
  if (disclaimerKey === undefined) return false
  const response = responses.find(({ checkbox_key: key }) => key === disclaimerKey)
  return ![true, '1', 'true'].some((checked) => response?.is_checked === checked)
}

/** Seconds from each failed attempt to the next. After the last the lead stays on the list of staff. */
const retryDelays = [60, 5 * 60, 30 * 60, 2 * 3600, 6 * 3600, 24 * 3600, 24 * 3600] as const

/** Returns when to read the lead again after so many failures; undefined after the last. */
export function computeNextFetch(failures: number, at: string): string | undefined {
  const delay = retryDelays[failures - 1]
  return delay === undefined ? undefined : addSeconds(at, delay)
}
