import type { TokenSeen, Trace } from '#shared/domain/capture/abuse.ts'

/** An unhurried person with a good form token. */
export function aTrace({ contact, ...given }: Partial<Omit<Trace, 'contact'>> & { contact?: object } = {}): Trace {
  return {
    contact: { firstName: 'Ada', lastName: 'Byron', phone: '+15127891111', state: 'TX', ...contact },
    disposable: false,
    honeypot: '',
    token: aToken(),
    tokenOwed: true,
    human: 'human',
    ...given,
  }
}

export function aToken(given: { is?: 'live' | 'used'; seconds?: number; state?: string } = {}): TokenSeen {
  return { is: 'live', id: 'frm_4fJ0q2mXbW7cT1nZ8yKd5A', seconds: 40, state: 'TX', ...given }
}
