import { fullSampleLead } from '#shared/domain/delivery/sample-event.ts'
import { emptyDeliveryFigures } from '#shared/domain/reporting/figures.ts'
import { schoolLedger } from './ledger.ts'
import type { OperationExamples } from './operation-examples.ts'
import {
  at,
  attempt,
  campaignId,
  capUsage,
  delivery,
  deliveryId,
  disposition,
  lastPage,
  later,
  leadId,
  requestedReturn,
  schoolId,
} from './people.ts'

const { program } = fullSampleLead.data
// Schools do not see what sources are paid.
const { payoutCents: _, ...emptyFigures } = emptyDeliveryFigures
const campaign = {
  id: campaignId,
  version: 3,
  name: 'Texas',
  status: 'active',
  pausedBy: [],
  priceCents: 4500,
  programs: [{ id: program.id, name: program.name }],
  caps: [],
  contractCaps: [{ period: 'day', limit: 25, unit: 'leads', onReached: 'skip' }],
  capUsage: [capUsage],
  open: true,
  endpoint: { kind: 'webhook', url: 'https://leads.tall-grass.example/prospectus' },
  returns: { days: 14 },
}

/** The response to a replay by staff or by the school. */
export const replayResponse = { 202: { deliveryId, state: 'pending', replays: 1, dueAt: at } }
/** The response to a secret rotation by staff or by the school. */
export const secretResponse = {
  201: {
    campaignId,
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    previousEndsAt: '2026-11-24T15:04:05.000Z',
  },
}

const waitingLead = { deliveryId, leadId, campaignId, state: 'parked', createdAt: at }
const access = { taken: true, canTake: false, priceCents: 4500, event: fullSampleLead }
const takenLead = {
  ...waitingLead,
  state: 'delivered',
  disposition: { disposition: disposition.disposition, at: disposition.at },
  ...access,
}
const { education, startWindow, contact } = fullSampleLead.data
const summary = { program, state: contact.state, education, startWindow, test: false }

export const school: OperationExamples = {
  ...schoolLedger,
  readOwnSchool: {
    200: {
      schoolId,
      name: fullSampleLead.data.school.name,
      timeZone: 'America/Chicago',
      status: 'active',
      scope: 'manage',
      capUsage: [],
      credit: { limitCents: 500_000, usedCents: 413_500, leftCents: 86_500 },
      circuit: { state: 'open', until: later, failures: 6 },
      campaigns: [campaign],
    },
  },
  readSchoolCampaign: { 200: campaign },
  changeSchoolCampaign: { 200: { ...campaign, version: 4, status: 'paused' } },
  listSchoolLeads: {
    200: {
      leads: [
        takenLead,
        { ...waitingLead, taken: false, canTake: true, priceCents: 4500, masked: 'not-taken', summary },
      ],
      page: lastPage,
    },
  },
  readDeliveryLog: { 200: { ...delivery, attemptLog: [attempt], dispositions: [disposition], ...access } },
  takeLead: { 200: takenLead },
  resendDelivery: replayResponse,
  readSchoolResults: {
    200: {
      timeZone: 'America/Chicago',
      results: [
        {
          ...emptyFigures,
          week: '2026-11-23',
          campaignId,
          deliveries: { created: 12, delivered: 11 },
          states: { ...emptyFigures.states, delivered: 11, pending: 1 },
          furthest: { ...emptyFigures.furthest, contacted: 5, enrolled: 1 },
          soldCents: 49_500,
        },
      ],
      page: lastPage,
    },
  },
  recordDisposition: { 200: disposition, 201: disposition },
  undoDisposition: { 200: {} },
  recordDispositions: {
    200: { recorded: 1, errors: [{ row: 2, code: 'NOT_FOUND', detail: 'Delivery not found.' }] },
  },
  listDispositions: { 200: { dispositions: [disposition] } },
  requestReturn: { 200: requestedReturn, 201: requestedReturn },
  listSchoolReturns: {
    200: {
      returns: [
        {
          ...requestedReturn,
          person: { firstName: contact.firstName, lastName: contact.lastName },
          program: { id: program.id, name: program.name },
        },
      ],
      page: lastPage,
    },
  },
  listSchoolNotifications: {
    200: {
      notifications: [
        {
          notificationId: 'ntf_4fJ0q2mXbW7cT1nZ8yKd5A',
          event: 'return-decided',
          at: later,
          subject: { kind: 'deliveries', id: deliveryId },
          schoolId,
          figures: { decision: 'accepted', creditCents: 4500 },
        },
      ],
      page: lastPage,
    },
  },
  rotateSecret: secretResponse,
  sendTestLead: { 202: { leadId, deliveryId } },
}
