import { fullSampleLead } from '#shared/domain/delivery/sample-event.ts'
import type { OperationExamples } from './operation-examples.ts'
import { at, deliveryId, disclosure, disclosureTemplate, leadId } from './people.ts'

const { school, program } = fullSampleLead.data

export const capture: OperationExamples = {
  checkFormSettings: { 200: { mode: 'live' } },
  matchSchools: {
    200: {
      matchId: 'eyJhbGciOiJIUzI1NiJ9.bWF0Y2g.c2lnbmF0dXJl',
      formToken: 'eyJhbGciOiJIUzI1NiJ9.Zm9ybQ.c2lnbmF0dXJl',
      expiresAt: '2026-11-23T16:04:05.000Z',
      schools: [
        {
          schoolId: school.id,
          name: school.name,
          consentName: school.name,
          programId: program.id,
          programName: program.name,
        },
      ],
      disclosure: { ...disclosure, template: disclosureTemplate },
    },
  },
  submitLead: {
    201: {
      leadId,
      outcome: 'accepted',
      schools: [{ schoolId: school.id, name: school.name, deliveryId }],
      receivedAt: at,
      withdrawalPath: `/v1/withdrawals/${leadId}.0123456789abcdefghijklmnopqrstuvwxyzABCDEFG`,
    },
  },
  takeGoogleLead: { 200: {} },
  verifyMetaWebhook: { 200: '1158201444' },
  takeMetaLeads: { 200: {} },
  withdrawConsent: { 202: { withdrawnAt: at } },
}
