import * as about from '../about.ts'
import * as withdrawal from '../aftercare/withdrawal.ts'
import * as capture from '../capture/capture.ts'
import * as formSettings from '../capture/form-settings.ts'
import * as inbound from '../capture/inbound.ts'
import type { Route } from '../route.ts'

/** What landing pages call. Readiness is here, because it says whether a lead could be written. */
export const captureRoutes = [
  formSettings.checkFormSettings,
  capture.matchSchools,
  capture.submitLead,
  inbound.takeGoogleLead,
  inbound.verifyMetaWebhook,
  inbound.takeMetaLeads,
  withdrawal.withdrawConsent,
  about.readReadiness,
] as const satisfies readonly Route[]
