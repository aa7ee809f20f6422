import type { ProgramLength, Tuition } from '../../shared/domain/catalog/program.ts'

type Place = { city: string; state: string }

/** The price as people write it, such as `$12,500 tuition` or `$345 a credit`. */
export function formatTuition({ cents, per }: Pick<Tuition, 'cents' | 'per'>): string {
  const price = formatPrice(cents)
  return per === 'program' ? `${price} tuition` : `${price} a ${per}`
}

/** The price beside a label that says what it is, such as `$12,500 for the program`. */
export function formatTuitionPrice({ cents, per }: Pick<Tuition, 'cents' | 'per'>): string {
  return per === 'program' ? `${formatPrice(cents)} for the program` : `${formatPrice(cents)} a ${per}`
}

function formatPrice(cents: number): string {
  return (cents / 100).toLocaleString('en-US', {
    style: 'currency',
    currency: 'USD',
    trailingZeroDisplay: 'stripIfInteger',
  })
}

/** Such as `2 years` or `1 month`. */
export function formatLength({ count, unit }: ProgramLength): string {
  return `${count} ${count === 1 ? unit.slice(0, -1) : unit}`
}

export function formatPlace({ city, state }: Place): string {
  return `${city}, ${state}`
}

/** A day, or the day of an instant in UTC, such as `August 24, 2026`. */
export function formatDay(date: string): string {
  return new Date(date).toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' })
}

/** Up to two letters for a school without a logo: `LP` for Lone Prairie College. */
export function getInitials(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word && !/^(the|of|and|at|for)$/i.test(word))
  return words
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('')
}
