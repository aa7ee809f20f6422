import { captureRoutes } from '#shared/contract/routes/capture-routes.ts'
import { createApi } from '#shared/http/api.ts'
import { handler as checkFormSettings } from './check-form-settings.ts'
import { handler as matchSchools } from './match-schools.ts'
import { handler as readReadiness } from './read-readiness.ts'
import { handler as submitLead } from './submit-lead.ts'
import { handler as takeGoogleLead } from './take-google-lead.ts'
import { handler as takeMetaLeads } from './take-meta-leads.ts'
import { handler as verifyMetaWebhook } from './verify-meta-webhook.ts'
import { handler as withdrawConsent } from './withdraw-consent.ts'

/** The API of landing pages: matches, leads and withdrawals of consent, and whether a lead could be stored. */
export const capture = createApi(captureRoutes, {
  checkFormSettings,
  matchSchools,
  submitLead,
  takeGoogleLead,
  verifyMetaWebhook,
  takeMetaLeads,
  withdrawConsent,
  readReadiness,
})
