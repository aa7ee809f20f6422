import { schoolCaps as schema } from '#shared/domain/routing/cap.ts'
import type { SchoolCampaign } from '../own-school.tsx'
import { capsText } from '../text/campaigns.ts'

type Cap = SchoolCampaign['caps'][number]
/** A cap while it is edited. */
export type CapDraft = { key: string; settings: Omit<Cap, 'limit'>; limit: string }
export type CapFaults = { [field: `${number}/${'limit' | 'period'}`]: string }

export function toDrafts(caps: readonly Cap[]): CapDraft[] {
  return caps.map(({ limit, ...settings }) => ({
    key: crypto.randomUUID(),
    settings,
    limit: String(settings.unit === 'cents' ? limit / 100 : limit),
  }))
}

export function newDraft(): CapDraft {
  return { key: crypto.randomUUID(), settings: { period: 'month', unit: 'leads', onReached: 'skip' }, limit: '' }
}

/** Returns the caps that were entered, or the faults by field. */
export function parseDrafts(drafts: readonly CapDraft[]): { caps: Cap[] } | { faults: CapFaults } {
  const caps = drafts.map(({ settings, limit }) => ({ ...settings, limit: parseAmount(limit, settings.unit) }))
  const parsed = schema.safeParse(caps)
  if (parsed.success) return { caps: parsed.data }
  return {
    faults: Object.fromEntries(
      parsed.error.issues.map(({ path: [index, name] }) =>
        name === 'period'
          ? [`${Number(index)}/period`, capsText.faults.samePeriod]
          : [`${Number(index)}/limit`, capsText.faults[caps[Number(index)]?.unit === 'cents' ? 'amount' : 'limit']],
      ),
    ),
  }
}

/** Returns NaN, which the schema refuses, for text that is not a number. */
function parseAmount(text: string, unit: Cap['unit']): number {
  const digits = text.trim().replaceAll(/[$,]/g, '')
  if (digits === '') return Number.NaN
  return unit === 'cents' ? Math.round(Number(digits) * 100) : Number(digits)
}
