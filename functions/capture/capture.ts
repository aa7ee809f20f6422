import { createApi } from '#shared/http/api.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { handler as matchSchools } from './match-schools.ts'
import { handler as submitLead } from './submit-lead.ts'
import { handler as withdrawConsent } from './withdraw-consent.ts'

type CaptureDependencies = Pick<
  Dependencies,
  | 'accessKeys'
  | 'askTurnstile'
  | 'buckets'
  | 'catalog'
  | 'earlyQueue'
  | 'digests'
  | 'leads'
  | 'log'
  | 'measure'
  | 'newId'
  | 'now'
  | 'randomBytes'
  | 'rateLimits'
  | 'records'
  | 'routing'
  | 'sealer'
  | 'suppressions'
  | 'tokens'
>

/** What landing pages send: who would take a visitor, and the visitor's enquiry. */
export const capture = createApi<CaptureDependencies>([matchSchools, submitLead, withdrawConsent])
