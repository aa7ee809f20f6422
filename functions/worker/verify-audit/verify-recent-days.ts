import { shiftDay, toDay } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { verifyAuditChain, verifyAuditDay } from '#shared/workflows/access/verify-audit-day.ts'
import { listConsents } from './list-consents.ts'

type VerifyRecentDaysDependencies = Pick<Dependencies, 'audit' | 'consentLists' | 'newId' | 'now' | 'log' | 'measure'>

/** After how many days the proofs of consent are compared with what the audit lists. */
const proofCheckDays = [1, 30]

/**
 * Verifies the audit chain of yesterday and today, and counts what does not fit: an alarm. Once a day it lists the proofs of
 * consent of the day before in the audit, and compares earlier ones with what was listed.
 */
export async function verifyRecentDays(deps: VerifyRecentDaysDependencies): Promise<void> {
  const today = toDay(deps.now().toISOString())
  let faultCount = 0
  const hasListedDay = (await listConsents(deps)) !== undefined
  const proofDays = hasListedDay ? proofCheckDays.map((age) => shiftDay(today, -age)) : []
  for (const day of new Set([shiftDay(today, -1), today, ...proofDays])) {
    const verify = proofDays.includes(day) ? verifyAuditDay : verifyAuditChain
    const { sealed, waiting, faults } = await verify(day, deps)
    faultCount += faults.length
    deps.log('audit.verified', { day, sealed, waiting, faults: faults.length })
    for (const { fault, entryId = '', sequence = 0 } of faults)
      deps.log('audit.fault', { day, fault, entryId, sequence })
  }
  deps.measure('AuditFaults', faultCount)
}
