export type CheckResult = { ok: true; actual: string } | { ok: false; actual: string; fix: string }
export type NamedResult = CheckResult & { name: string }

export const pass = (actual: string): CheckResult => ({ ok: true, actual })
export const fail = (actual: string, fix: string): CheckResult => ({ ok: false, actual, fix })
