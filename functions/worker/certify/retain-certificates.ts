import { type CertificateFault, computeNextCheck } from '#shared/domain/capture/certificates/consent-certificate.ts'
import { addSeconds } from '#shared/domain/time.ts'
import type { RetainResult } from '#shared/outbound/certificates/retain-certificate.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { getTimeBudgetSeconds } from '#shared/platform/workers.ts'
import type { CertificateChange, LeasedCertificate } from '#shared/store/capture/certificates.ts'
import { toCertificateResult, toRetainRequest } from '#shared/workflows/capture/certify-lead.ts'

type StoredLead = NonNullable<Awaited<ReturnType<Dependencies['leads']['find']>>>
export type RetainCertificatesDependencies = Pick<
  Dependencies,
  'certificates' | 'certificateVendors' | 'leads' | 'newId' | 'now' | 'log' | 'measure'
>

const maxPerRun = 200
const concurrency = 8
const leaseSeconds = 60
/** A lead that is held for review, or is offered again, is looked at again after this time. */
const undecidedSeconds = 3600

/**
 * Retains the certificates of the leads that schools got. The lease decides who asks the vendor; a certificate that may have been
 * retained already is retained again, which changes nothing. A lead that no school has is not worth a fee yet.
 */
export async function retainCertificates(deps: RetainCertificatesDependencies): Promise<void> {
  const { certificates, now, measure } = deps
  const startedAt = now().toISOString()
  const deadline = addSeconds(startedAt, getTimeBudgetSeconds('certify'))
  const due = await certificates.listDue(startedAt, maxPerRun)
  const waiting = due.values()
  const work = async () => {
    for (const certificate of waiting) {
      const at = now().toISOString()
      if (at >= deadline) return
      const lease = { token: deps.newId('attempt'), until: addSeconds(at, leaseSeconds) }
      const leased = await certificates.lease(certificate, lease)
      if (leased) await certificates.settle(leased, await check(leased, deps))
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work))
  const atRisk = await certificates.listAtRisk(now().toISOString())
  if (atRisk.length > 0) measure('CertificatesAtRisk', atRisk.length)
}

async function check(lease: LeasedCertificate, deps: RetainCertificatesDependencies): Promise<CertificateChange> {
  const { leadId, vendor, failures } = lease
  const stored = await deps.leads.find(leadId)
  const at = deps.now().toISOString()
  const log = (
    outcome: 'retained' | 'authentic' | 'unavailable' | CertificateFault,
    more: { matches?: boolean; reason?: string } = {},
  ) => deps.log('certificate.checked', { leadId, vendor, outcome, failures, ...more })
  if (!stored) {
    log('erased')
    return { state: 'failed', fault: 'erased', checkedAt: at }
  }
  const { lead, consent } = stored
  if (lead.outcome !== 'accepted') {
    if (lead.quarantine !== 'held' && lead.offerAt === undefined) return { state: 'not-needed' }
    if (!isVerificationAwaited(stored)) return { dueAt: addSeconds(at, undecidedSeconds) }
  }
  const retain = deps.certificateVendors[vendor]
  const result: RetainResult = retain
    ? await retain(toRetainRequest(lead, consent, vendor))
    : { kind: 'unavailable', reason: 'no account at the vendor' }
  if (result.kind !== 'unavailable') {
    if (result.kind === 'refused') log('refused', { reason: result.reason })
    else log(result.kind, result.kind === 'retained' ? { matches: result.matches } : {})
    return toCertificateResult(result, at)
  }
  const { reason } = result
  const dueAt = computeNextCheck(failures + 1, at, lease.retryUntil)
  log(dueAt === undefined ? 'unreachable' : 'unavailable', { reason })
  const attempt = { failures: failures + 1, reason, checkedAt: at }
  return dueAt === undefined ? { ...attempt, state: 'failed', fault: 'unreachable' } : { ...attempt, dueAt }
}

/** Whether a school would have got the lead, if its certificate had been verified. */
function isVerificationAwaited({ decisions }: Pick<StoredLead, 'decisions'>): boolean {
  const verdicts = decisions.at(-1)?.decision.verdicts ?? []
  return verdicts.some(({ reason, also }) => reason === 'CERTIFICATE' || also?.includes('CERTIFICATE'))
}
