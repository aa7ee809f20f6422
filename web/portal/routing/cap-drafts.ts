import { type Cap, caps as schema } from '#shared/domain/routing/cap.ts'

/** A cap as it is typed. What the form has no field for stays as it is. */
export type CapDraft = { key: string; kept: Omit<Cap, 'limit'>; limit: string }
export type CapFaults = { [field: `${number}/${'limit' | 'period'}`]: string }

export function draftsOf(caps: readonly Cap[]): CapDraft[] {
  return caps.map(({ limit, ...kept }) => ({
    key: crypto.randomUUID(),
    kept,
    limit: String(kept.unit === 'cents' ? limit / 100 : limit),
  }))
}

export function newDraft(): CapDraft {
  return { key: crypto.randomUUID(), kept: { period: 'month', unit: 'leads', onReached: 'skip' }, limit: '' }
}

/** What was typed as caps, or what is wrong with it, field by field. */
export function capsOf(drafts: readonly CapDraft[]): { caps: Cap[] } | { faults: CapFaults } {
  const caps = drafts.map(({ kept, limit }) => ({ ...kept, limit: amountOf(limit, kept.unit) }))
  const read = schema.safeParse(caps)
  if (read.success) return { caps: read.data }
  return {
    faults: Object.fromEntries(
      read.error.issues.map(({ path: [at, name] }) => (name === 'id' ? [`${Number(at)}/period`, twice] : wrong(at))),
    ),
  }
}

const twice = 'There is another cap for this time already. Choose another time, or take one of them away.'

function wrong(at: PropertyKey | undefined): [field: string, fault: string] {
  return [`${Number(at)}/limit`, 'Give a whole number; 0 lets no lead through.']
}

/** What is no number is none that fits. */
function amountOf(typed: string, unit: Cap['unit']): number {
  const plain = typed.trim().replaceAll(/[$,]/g, '')
  if (plain === '') return Number.NaN
  return unit === 'cents' ? Math.round(Number(plain) * 100) : Number(plain)
}
