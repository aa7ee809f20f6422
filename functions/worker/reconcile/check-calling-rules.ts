import { listStaleRules } from '#shared/domain/routing/calling/calling-rules.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

/** Measures how many rows of the calling rules were not checked for a year, and logs which. */
export function checkCallingRules({ now, log, measure }: Pick<Dependencies, 'now' | 'log' | 'measure'>): void {
  const stale = listStaleRules(now().toISOString())
  if (stale.length > 0) log('calling_rules.stale', { rules: stale.join(' ') })
  measure('StaleCallingRules', stale.length)
}
