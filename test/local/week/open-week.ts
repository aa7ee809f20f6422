import { createStaffCall } from '#local/data/create-staff-call.ts'
import { ensurePrintedKey } from '#local/data/ensure-printed-key.ts'
import { loadSample } from '#local/data/load-sample.ts'
import { fakeCertificateVendors } from '#local/fake-certificate-vendors.ts'
import { fakeTurnstile } from '#local/fake-turnstile.ts'
import { openLocalSystem } from '#local/open-local-system.ts'
import { seedWeek } from '#local/week/seed-week.ts'
import { createWeekClock } from '#local/week/week-clock.ts'
import type { EmailMessage } from '#shared/outbound/email/mail.ts'
import { createWebhookSecret } from '#shared/outbound/webhook/signature.ts'
import { rateLimits } from '#shared/platform/rate-limits.ts'

/** The sample week before `now`, in memory, as `npm start` writes it, without workers that change it later. */
export async function openWeek(now: Date) {
  const clock = createWeekClock(() => now)
  const emails: EmailMessage[] = []
  const mail = async (message: EmailMessage) => {
    emails.push(message)
    return { messageId: `message-${emails.length}` }
  }
  const system = await openLocalSystem(
    { port: 0, now: clock.now },
    {
      mode: 'start',
      shutdownTimeoutMs: 1000,
      ssrfGuardSettings: { loopback: 'allowed' },
      rateLimits: rateLimits.sample,
      mail,
      askTurnstile: fakeTurnstile,
      certificateVendors: fakeCertificateVendors,
    },
  )
  const { deps, handleRequest, secrets, writeTogether } = system
  const { operatorKey } = secrets
  const callAsStaff = createStaffCall(handleRequest, operatorKey)
  const secret = createWebhookSecret((size) => new Uint8Array(size).fill(7))
  const schoolUrl = 'http://127.0.0.1:3000/school'
  const { leads } = await seedWeek({
    ...{ deps, clock, mail, operatorKey, callAsStaff, writeTogether },
    async loadRecords() {
      await ensurePrintedKey({ key: operatorKey, holder: { caller: 'operator' }, scope: 'admin' }, deps)
      return loadSample(callAsStaff, {
        schoolUrl,
        getEndpoint: (schoolId) => ({ url: `${schoolUrl}/${schoolId}`, secret }),
      })
    },
  })
  return { deps, callAsStaff, emails, leadCount: leads, close: system.close }
}
