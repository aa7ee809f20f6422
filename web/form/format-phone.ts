/** A number as it is typed, grouped as people read it: `(512) 555-01`. Other numbers than those of North America stay as typed. */
export function formatPhone(typed: string): string {
  if (!/^(\+?1)?[\d\s().-]*$/.test(typed)) return typed
  const digits = typed.replace(/\D/g, '').replace(/^1/, '')
  if (digits.length < 4 || digits.length > 10) return typed
  const [area, exchange, line] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)]
  return `(${area}) ${exchange}${line && `-${line}`}`
}
