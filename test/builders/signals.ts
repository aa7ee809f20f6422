import type { FormTokenStatus, SubmissionSignals } from '#shared/domain/capture/spam-rules.ts'

/** Submission signals of a person who took 40 seconds and has a valid form token. */
export function someSignals({
  contact,
  ...overrides
}: Partial<Omit<SubmissionSignals, 'contact'>> & { contact?: object } = {}): SubmissionSignals {
  return {
    contact: { firstName: 'Ada', lastName: 'Byron', phone: '+15127891111', state: 'TX', ...contact },
    hasDisposableEmail: false,
    hasRoleMailbox: false,
    isPhoneKnown: true,
    honeypot: '',
    formToken: aFormTokenStatus(),
    isTokenRequired: true,
    turnstile: 'human',
    ...overrides,
  }
}

export function aFormTokenStatus(
  overrides: { status?: 'live' | 'used'; seconds?: number; state?: string } = {},
): FormTokenStatus {
  return { status: 'live', id: 'frm_4fJ0q2mXbW7cT1nZ8yKd5A', seconds: 40, state: 'TX', ...overrides }
}
