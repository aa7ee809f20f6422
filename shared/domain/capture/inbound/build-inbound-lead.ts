import type * as z from 'zod'
import { cleanLine } from '../../fields/clean-text.ts'
import { normalizeState } from '../../fields/state-names.ts'
import { normalizeZip } from '../../fields/zip.ts'
import { listStatesOfZip } from '../states-of-zip.ts'
import type { InboundForm, inboundVendor } from './inbound-terms.ts'

/** A lead of a form as its vendor tells it, before any field was judged. */
export type InboundLead = {
  vendor: z.output<typeof inboundVendor>
  vendorLeadId: string
  formId: string
  /** Names are the IDs of questions, and their texts. */
  answers: readonly { names: readonly string[]; value: string }[]
  /** Where the lead came from, such as the click. */
  labels: { [name: string]: string }
  /** When the visitor sent the form, if the vendor says so. */
  submittedAt?: string | undefined
  test: boolean
}

/**
 * The IDs of the standard questions of Google Ads and of Meta, in lower case.
 * https://developers.google.com/google-ads/webhook/docs/implementation
 * https://developers.facebook.com/docs/marketing-api/guides/lead-ads/create
 * https://developers.google.com/google-ads/api/reference/rpc/v22/LeadFormFieldUserInputTypeEnum.LeadFormFieldUserInputType
 */
const standardColumns: { [column: string]: string } = {
  full_name: 'fullName',
  first_name: 'firstName',
  given_name: 'firstName',
  last_name: 'lastName',
  family_name: 'lastName',
  email: 'email',
  phone_number: 'phone',
  postal_code: 'zip',
  zip_code: 'zip',
  post_code: 'zip',
  state: 'state',
  region: 'state',
}

/** Returns the body of the lead as the server of a publisher would send it. Nothing of it was judged. */
export function buildInboundLead(lead: InboundLead, form: InboundForm): { [field: string]: unknown } {
  const values = new Map<string, string>()
  for (const { names, value } of lead.answers) {
    const filled = findFilled(names, value, form)
    // The first answer counts, so that a later question cannot replace who the visitor is.
    if (filled && filled.value !== '' && !values.has(filled.to)) values.set(filled.to, filled.value)
  }
  const pick = (...names: string[]) =>
    Object.fromEntries(names.flatMap((name) => (values.has(name) ? [[name, values.get(name)] as const] : [])))
  const family = (prefix: string) =>
    Object.fromEntries(
      [...values].flatMap(([to, value]) => (to.startsWith(prefix) ? [[to.slice(prefix.length), value] as const] : [])),
    )
  const answers = family('answers.')
  return {
    careerSlug: form.careerSlug,
    ...(form.programId !== undefined && { programId: form.programId }),
    contact: {
      ...splitName(values.get('fullName')),
      ...pick('firstName', 'lastName', 'email', 'phone', 'zip'),
      ...findState(values),
    },
    education: { highestLevel: values.get('highestLevel') ?? form.highestLevel },
    ...pick('startWindow', 'modality', 'age', 'military', 'gpa'),
    ...(Object.keys(answers).length > 0 && { answers }),
    subIds: { ...lead.labels, ...family('subIds.') },
    consent: {
      granted: true,
      text: form.consentText,
      schoolsNamed: form.schoolsNamed,
      ...(lead.submittedAt !== undefined && { grantedAt: lead.submittedAt }),
    },
    test: lead.test,
  }
}

function findFilled(names: readonly string[], value: string, { fields = [] }: InboundForm) {
  const lowerNames = names.map((name) => cleanLine(name).toLowerCase())
  const field = fields.find(({ column }) => lowerNames.includes(column.toLowerCase()))
  const text = cleanLine(value)
  if (field) {
    const renamed = field.values?.find(({ answer }) => answer.toLowerCase() === text.toLowerCase())
    return { to: field.fills, value: renamed?.value ?? text }
  }
  const standard = lowerNames.find((name) => Object.hasOwn(standardColumns, name))
  const to = standard === undefined ? undefined : standardColumns[standard]
  return to === undefined ? undefined : { to, value: text }
}

/** The last word is the last name. */
function splitName(fullName: string | undefined): { firstName?: string; lastName?: string } {
  const words = (fullName ?? '').split(' ').filter((word) => word !== '')
  if (words.length === 0) return {}
  if (words.length === 1) return { firstName: words.join('') }
  return { firstName: words.slice(0, -1).join(' '), lastName: words.slice(-1).join('') }
}

/** A state only says which of those of the ZIP code it is: a visitor who moved is no reason to refuse a lead. */
function findState(values: ReadonlyMap<string, string>): { state?: string } {
  const state = normalizeState(values.get('state') ?? '')
  return listStatesOfZip(normalizeZip(values.get('zip') ?? '')).includes(state) ? { state } : {}
}
