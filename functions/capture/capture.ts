import { api } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { handler as matchSchools } from './match-schools.ts'
import { handler as submitLead } from './submit-lead.ts'
import { handler as withdrawConsent } from './withdraw-consent.ts'

type Needs = Pick<
  Dependencies,
  | 'accessKeys'
  | 'askTurnstile'
  | 'buckets'
  | 'catalog'
  | 'fastPath'
  | 'digests'
  | 'leads'
  | 'log'
  | 'measure'
  | 'newId'
  | 'now'
  | 'randomBytes'
  | 'rates'
  | 'records'
  | 'routing'
  | 'sealer'
  | 'suppressions'
  | 'tokens'
>

/** What landing pages send: who would take a visitor, and the visitor's enquiry. */
export const capture = api<Needs>([matchSchools, submitLead, withdrawConsent])
