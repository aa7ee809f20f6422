import { shiftDay, toDay } from '#shared/domain/time.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { verifyAuditDay } from '#shared/workflows/access/verify-audit-day.ts'

type VerifyRecentDaysDependencies = Pick<Dependencies, 'audit' | 'now' | 'log' | 'measure'>

/** Verifies the audit chain of yesterday and today, and counts what does not fit: an alarm. */
export async function verifyRecentDays(deps: VerifyRecentDaysDependencies): Promise<void> {
  const today = toDay(deps.now().toISOString())
  let faultCount = 0
  for (const day of [shiftDay(today, -1), today]) {
    const { sealed, waiting, faults } = await verifyAuditDay(day, deps)
    faultCount += faults.length
    deps.log('audit.verified', { day, sealed, waiting, faults: faults.length })
    for (const { fault, entryId = '', sequence = 0 } of faults)
      deps.log('audit.fault', { day, fault, entryId, sequence })
  }
  deps.measure('AuditFaults', faultCount)
}
