import type { DispositionWord } from '#shared/domain/aftercare/disposition.ts'
import type { ReturnReason } from '#shared/domain/aftercare/lead-return.ts'

type LabelWithMeaning = { label: string; meaning: string }

/** What became of a lead at its school. */
export const dispositionLabels: { readonly [word in DispositionWord]: LabelWithMeaning } = {
  'attempted-contact': { label: 'Attempted contact', meaning: 'No answer yet' },
  contacted: { label: 'Contacted', meaning: 'Spoke with the student' },
  appointment: { label: 'Appointment', meaning: 'Has an appointment with the school' },
  interviewed: { label: 'Interviewed', meaning: 'Had an admissions interview' },
  qualified: { label: 'Qualified', meaning: 'Meets the requirements of the program' },
  'application-started': { label: 'Application started', meaning: 'Began an application' },
  applied: { label: 'Applied', meaning: 'Submitted an application' },
  admitted: { label: 'Admitted', meaning: 'Accepted by the school' },
  denied: { label: 'Denied', meaning: 'Not accepted by the school' },
  enrolled: { label: 'Enrolled', meaning: 'Enrolled in a program' },
  started: { label: 'Started', meaning: 'Started classes' },
  persisted: { label: 'Persisted', meaning: 'Still in classes in a later term' },
  graduated: { label: 'Graduated', meaning: 'Finished the program' },
  'not-interested': { label: 'Not interested', meaning: 'Doesn’t want to hear from the school' },
  'bad-contact': { label: 'Bad contact', meaning: 'Wrong or disconnected contact info' },
  duplicate: { label: 'Duplicate', meaning: 'Already in the school’s system' },
  'opted-out': { label: 'Opted out', meaning: 'Asked not to be contacted; all schools must stop' },
}

/** Why a school requests credit for a lead. */
export const returnReasonLabels: { readonly [reason in ReturnReason]: LabelWithMeaning } = {
  'invalid-contact': { label: 'Invalid contact', meaning: 'Phone and email are disconnected or invalid' },
  'wrong-person': { label: 'Wrong person', meaning: 'Phone or email belongs to someone who didn’t ask' },
  duplicate: { label: 'Duplicate', meaning: 'Already in the school’s system' },
  'outside-area': { label: 'Outside area', meaning: 'Lives where the school doesn’t offer the program' },
  'not-eligible': { label: 'Not eligible', meaning: 'Doesn’t meet the program’s requirements' },
  'not-interested-in-education': {
    label: 'Not interested in education',
    meaning: 'Was looking for a job, loan, or prize',
  },
  underage: { label: 'Underage', meaning: 'Too young to consent' },
  'no-consent': { label: 'No consent', meaning: 'Says they did not agree to be contacted' },
  fraud: { label: 'Fraud', meaning: 'Fake details, or paid to fill in the form' },
}

/** How each stage of an attempt reads, when the attempt got no further. */
export const attemptStageLabels: { readonly [stage: string]: (system: string) => string } = {
  refused: () => 'not sent',
  resolve: (system) => `couldn’t find the server name of ${system}`,
  connect: (system) => `couldn’t connect to ${system}`,
  tls: (system) => `couldn’t make a secure connection to ${system}`,
  send: () => 'connection lost while sending',
  receive: (system) => `no valid response from ${system}`,
  deadline: (system) => `${system} took too long to respond`,
  sent: () => 'email sent',
}

/** How each outcome of an attempt reads, when the school's system responded. */
export const attemptOutcomeLabels = {
  delivered: (system: string) => `accepted by ${system}`,
  rejected: (system: string) => `rejected by ${system}`,
  retry: (system: string) => `not accepted by ${system}`,
  'uncounted-retry': (system: string) => `not accepted by ${system} yet`,
  dead: (system: string) => `not accepted by ${system}`,
} as const
