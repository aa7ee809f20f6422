import { fullSampleLead } from '#shared/domain/delivery/sample-event.ts'
import type { OperationExamples } from './operation-examples.ts'
import {
  at,
  attempt,
  decision,
  delivery,
  deliveryId,
  disclosure,
  disposition,
  lastPage,
  later,
  leadId,
  leadRow,
  maskedContact,
  requestedReturn,
  schoolId,
} from './people.ts'
import { replayResponse } from './school.ts'

const page = { url: 'https://careers.example/health-record-technician' }
const reveal = { at: later, keyId: 'key_4fJ0q2mXbW7cT1nZ8yKd5A', name: 'Ada', purpose: 'The visitor is on the phone.' }
const { state: _, ...contact } = fullSampleLead.data.contact
const clean = { verdict: 'clean', score: 0, reasons: [] }
const suspicious = { verdict: 'suspicious', score: 100, reasons: ['HONEYPOT'] }
const { outcome: __, ...quarantineRow } = leadRow

const replay = {
  replayId: 'rpl_4fJ0q2mXbW7cT1nZ8yKd5A',
  filter: { schoolId, states: ['dead'] },
  state: 'done',
  startedAt: at,
  endedAt: later,
  matched: 12,
  replayed: 11,
  skipped: 1,
  capReached: 0,
}
const review = { at: later, by: { kind: 'staff', keyId: 'key_4fJ0q2mXbW7cT1nZ8yKd5A', name: 'Ada' } }
const erasure = {
  erasureId: 'ers_4fJ0q2mXbW7cT1nZ8yKd5A',
  state: 'done',
  requestedAt: at,
  endedAt: later,
  by: { keyId: 'key_4fJ0q2mXbW7cT1nZ8yKd5A', name: 'Ada' },
  leads: 1,
}
const notice = {
  deliveryId: 'dlv_9kL4mN8pQ2rS6tU0vW3xYz',
  erases: delivery.deliveryId,
  leadId,
  schoolId,
  schoolName: delivery.schoolName,
  state: 'delivered',
  deliveredAt: later,
}
const { deliveredAt: ___, ...noticeBase } = notice
const decisionFields = { decidedAt: '2026-11-25T09:30:00.000Z', decidedBy: erasure.by }
const csvHeader =
  'leadId,receivedAt,outcome,careerSlug,programId,state,zip,sourceId,test,firstName,lastName,email,phone,highestLevel,startWindow,schools,deliveryStates'
const csvRow = `${leadId},${at},accepted,health-record-technician,,TX,78701,landing,false,A…,E…,a…@mail.example,…11,ged,,Tall Grass College,delivered`

const returnCsvHeader =
  'delivery_id,lead_id,school_id,campaign_id,reason,note,evidence_url,state,by_staff,requested_at,requested_by,decided_at,decided_by,answer,credit_cents'
const returnCsvRow = `${deliveryId},${leadId},${requestedReturn.schoolId},${requestedReturn.campaignId},duplicate,,,requested,no,${at},,,,,4500`

export const leads: OperationExamples = {
  explainMatch: { 200: { decision } },
  listLeads: { 200: { leads: [leadRow], page: lastPage } },
  readLead: {
    200: {
      ...leadRow,
      education: { highestLevel: 'high-school-diploma' },
      startWindow: '1-3-months',
      contact: maskedContact,
      page,
      consent: { grantedAt: at, disclosure: { ...disclosure, schoolIds: [schoolId] }, schoolIds: [schoolId], page },
      abuse: clean,
      reveals: [reveal],
      withdrawals: [],
      decisions: [decision],
      deliveries: [{ ...delivery, attemptLog: [attempt], dispositions: [disposition] }],
    },
  },
  searchLeads: { 200: { leads: [leadRow] } },
  exportLeads: { 200: `${csvHeader}\r\n${csvRow}\r\n` },
  revealLead: { 201: { contact, consent: { ip: '203.0.113.7' }, page, reveal } },
  listDeliveries: {
    200: { deliveries: [{ ...delivery, state: 'dead', attempts: 15, countedFailures: 15 }], page: lastPage },
  },
  listReturns: { 200: { returns: [requestedReturn], page: lastPage } },
  decideReturns: {
    200: {
      results: [
        { deliveryId, result: 'decided', return: { ...requestedReturn, ...decisionFields, state: 'accepted' } },
        {
          deliveryId: 'dlv_9xK2mW7cT1nZ8yKd5A4fJ0',
          result: 'refused',
          code: 'RETURN_NOT_PENDING',
          detail: 'This return was already decided: refused.',
        },
      ],
    },
  },
  grantCredit: {
    200: { ...requestedReturn, ...decisionFields, state: 'accepted', byStaff: true },
    201: { ...requestedReturn, ...decisionFields, state: 'accepted', byStaff: true },
  },
  exportReturns: { 200: `${returnCsvHeader}\r\n${returnCsvRow}\r\n` },
  acceptReturn: { 200: { ...requestedReturn, ...decisionFields, state: 'accepted' } },
  listUntakenWork: {
    200: {
      untakenWork: [
        {
          deliveryId,
          leadId,
          schoolId: requestedReturn.schoolId,
          schoolName: delivery.schoolName,
          campaignId: requestedReturn.campaignId,
          act: 'disposition',
          why: 'rejected',
          at: requestedReturn.requestedAt,
          count: 2,
        },
      ],
      page: lastPage,
    },
  },
  handleUntakenWork: { 200: { deliveryId } },
  listRejectedInbound: {
    200: {
      rejected: [
        {
          inboundId: 'inb_4fJ0q2mXbW7cT1nZ8yKd5A',
          sourceId: 'google-forms',
          vendor: 'google',
          vendorLeadId: 'TeSter-123-ABCDEFGHIJKLMNOPQRSTUVWXYZ',
          formId: '40000000000',
          test: false,
          at: requestedReturn.requestedAt,
          code: 'INVALID_REQUEST',
          errors: [{ pointer: '/contact/zip', code: 'required' }],
        },
      ],
      page: lastPage,
    },
  },
  handleRejectedInbound: { 200: { inboundId: 'inb_4fJ0q2mXbW7cT1nZ8yKd5A' } },
  refuseReturn: {
    200: {
      ...requestedReturn,
      ...decisionFields,
      state: 'refused',
      answer: 'A person answered when we called the number.',
    },
  },
  replayDelivery: replayResponse,
  startReplay: {
    200: {
      count: 12,
      byState: { dead: 12 },
      bySchool: { [schoolId]: 12 },
      sample: [delivery.deliveryId],
      scanned: 40,
      complete: true,
      page: lastPage,
    },
    202: { ...replay, state: 'running', matched: 0, replayed: 0, skipped: 0 },
  },
  listReplays: { 200: { replays: [replay], page: lastPage } },
  readReplay: { 200: replay },
  answerAccessRequest: { 200: { answeredAt: at, records: [], proofs: [], removed: [], leftOut: [] } },
  findConsentProofs: { 200: { proofs: [], removed: [] } },
  erasePerson: { 201: { ...erasure, notices: [{ ...noticeBase, state: 'pending', dueAt: at }] } },
  listErasures: { 200: { erasures: [erasure], page: lastPage } },
  readErasure: { 200: { ...erasure, notices: [notice] } },
  listQuarantine: { 200: { leads: [{ ...quarantineRow, abuse: suspicious }], page: lastPage } },
  releaseLead: { 200: { leadId, quarantine: 'released', offerAt: later, review } },
  rejectLead: { 200: { leadId, quarantine: 'rejected', review } },
}
