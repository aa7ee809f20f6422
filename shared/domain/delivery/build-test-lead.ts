import type { Consent } from '../capture/consent.ts'
import type { Lead } from '../capture/lead.ts'
import { pickVisitorFields } from '../capture/lead-profile.ts'
import { source } from '../capture/source.ts'
import { getLegalName } from '../catalog/school.ts'
import type { Candidate } from '../routing/candidate.ts'
import { createSampleAnswers } from './sample-answers.ts'
import { fullSampleLead } from './sample-event.ts'

/** The source of test leads that a school requests. */
export const testSource = { ...source.parse({ name: 'Test leads', mode: 'test' }), id: 'test-leads' }

const text = 'This is a test lead. There is no visitor, and no one has given consent.'
const { contact, consent: sampleConsent } = fullSampleLead.data
const { answers: _answers, ...visitor } = pickVisitorFields(fullSampleLead.data)

type TestLeadInput = { leadId: string; at: string; traceparent: string; digestOf: (text: string) => string }

/**
 * Returns a lead of a fictional person for one campaign, its consent, and the input of its routing decision. It has an
 * answer to each question of the campaign's first program.
 */
export function buildTestLead({ school, programs }: Candidate, { leadId, at, traceparent, digestOf }: TestLeadInput) {
  const [program] = programs
  const common = {
    careerSlug: program?.careerSlugs[0] ?? 'none',
    ...(program && { programId: program.id }),
    state: contact.state,
    sourceId: testSource.id,
    ...visitor,
  }
  const answers = createSampleAnswers(program?.questions ?? [])
  const page = { url: 'https://prospectus.example/test-lead' }
  const lead: Omit<Lead, 'outcome'> = {
    leadId,
    receivedAt: at,
    ...common,
    contact,
    answers,
    page,
    traceparent,
    test: true,
  }
  const consent: Consent = {
    grantedAt: at,
    disclosure: {
      version: 'test',
      sha256: digestOf(text),
      text,
      schoolIds: [school.id],
      legalNames: { [school.id]: getLegalName(school) },
    },
    schoolIds: [school.id],
    ip: sampleConsent.ip,
    userAgent: sampleConsent.userAgent,
    page,
  }
  const routingFacts = {
    profile: { ...common, zip: contact.zip, at },
    stage: 'lead' as const,
    namedSchoolIds: [school.id],
    suppressed: false,
    rejectedBy: [],
    duplicateSchoolIds: [],
    duplicateOfSource: false,
    method: testSource.method,
    maxSales: 1,
    soldTo: 0,
    seed: leadId,
    test: true,
  }
  return { lead, consent, routingFacts }
}

/** Returns the candidate without rules, hours, caps and questions, so that it accepts any test lead. */
export function acceptTestLeads({ campaign, school, programs }: Candidate): Candidate {
  const { rules: _rules, hours: _hours, schoolStatus: _status, schoolCaps: _caps, ...terms } = campaign
  return {
    // A school that tests its own endpoint has a limit of its own.
    campaign: { ...terms, status: 'active', waitForCallingHours: false, caps: [], hasTestEndpoint: true },
    school: { ...school, status: 'active', caps: [] },
    programs: programs.slice(0, 1).map(({ states: _states, ...program }) => ({ ...program, questions: [] })),
  }
}
