import { type CertificateFault, computeNextCheck } from '#shared/domain/capture/certificates/consent-certificate.ts'
import { addSeconds } from '#shared/domain/time.ts'
import type { RetainResult } from '#shared/outbound/certificates/retain-certificate.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { getTimeBudgetSeconds } from '#shared/platform/workers.ts'
import type { CertificateChange, LeasedCertificate } from '#shared/store/capture/certificates.ts'

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
  const { leadId, vendor } = lease
  const stored = await deps.leads.find(leadId)
  const at = deps.now().toISOString()
  if (!stored) return fail('erased', undefined)
  const { lead, consent } = stored
  if (lead.outcome !== 'accepted') {
    const isUndecided = lead.quarantine === 'held' || lead.offerAt !== undefined
    return isUndecided ? { dueAt: addSeconds(at, undecidedSeconds) } : { state: 'not-needed' }
  }
  const retain = deps.certificateVendors[vendor]
  const { email, phone } = lead.contact
  const { certificateUrl = '' } = consent
  const result: RetainResult = retain
    ? await retain({ certificateUrl, email, phone, reference: leadId, source: lead.sourceId })
    : { kind: 'unavailable', reason: 'no account at the vendor' }
  if (result.kind === 'refused') return fail('refused', result.reason)
  if (result.kind === 'unavailable') {
    const failures = lease.failures + 1
    const dueAt = computeNextCheck(failures, at, lease.retryUntil)
    if (dueAt === undefined) return { ...fail('unreachable', result.reason), failures }
    deps.log('certificate.checked', { leadId, vendor, outcome: 'unavailable', failures, reason: result.reason })
    return { failures, reason: result.reason, checkedAt: at, dueAt }
  }
  const { matches, until, reason = '' } = result
  deps.log('certificate.checked', { leadId, vendor, outcome: 'retained', failures: lease.failures, matches })
  return { state: 'retained', matches, reason, checkedAt: at, ...(until !== undefined && { retainedUntil: until }) }

  function fail(fault: CertificateFault, reason: string | undefined): CertificateChange {
    const { failures } = lease
    deps.log('certificate.checked', {
      leadId,
      vendor,
      outcome: fault,
      failures,
      ...(reason !== undefined && { reason }),
    })
    return { state: 'failed', fault, checkedAt: at, ...(reason !== undefined && { reason }) }
  }
}
