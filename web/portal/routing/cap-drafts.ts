import { type Cap, caps as schema } from '#shared/domain/routing/cap.ts'

/** A cap as it is typed. What the form has no field for stays as it is. */
export type CapDraft = { key: string; settings: Omit<Cap, 'limit'>; limit: string }
export type CapFaults = { [field: `${number}/${'limit' | 'period'}`]: string }

export function toDrafts(caps: readonly Cap[]): CapDraft[] {
  return caps.map(({ limit, ...settings }) => ({
    key: crypto.randomUUID(),
    settings: settings,
    limit: String(settings.unit === 'cents' ? limit / 100 : limit),
  }))
}

export function newDraft(): CapDraft {
  return { key: crypto.randomUUID(), settings: { period: 'month', unit: 'leads', onReached: 'skip' }, limit: '' }
}

/** What was typed as caps, or what is wrong with it, field by field. */
export function parseDrafts(drafts: readonly CapDraft[]): { caps: Cap[] } | { faults: CapFaults } {
  const caps = drafts.map(({ settings, limit }) => ({ ...settings, limit: parseAmount(limit, settings.unit) }))
  const parsed = schema.safeParse(caps)
  if (parsed.success) return { caps: parsed.data }
  return {
    faults: Object.fromEntries(
      parsed.error.issues.map(({ path: [index, name] }) =>
        name === 'id' ? [`${Number(index)}/period`, duplicatePeriod] : toLimitFault(index),
      ),
    ),
  }
}

const duplicatePeriod = 'There is another cap for this time already. Choose another time, or take one of them away.'

function toLimitFault(index: PropertyKey | undefined): [field: string, fault: string] {
  return [`${Number(index)}/limit`, 'Give a whole number; 0 lets no lead through.']
}

/** What is no number is none that fits. */
function parseAmount(text: string, unit: Cap['unit']): number {
  const digits = text.trim().replaceAll(/[$,]/g, '')
  if (digits === '') return Number.NaN
  return unit === 'cents' ? Math.round(Number(digits) * 100) : Number(digits)
}
