import type { Career } from '#shared/domain/career.ts'

/** The occupations that a career is counted under, each once. @param files for the complaint about one that is not there */
export function occupationsOf({ soc }: Pick<Career, 'soc'>, files: string) {
  const codes = [...new Set(soc)]
  return codes.map((code, index) => ({
    soc: code,
    place: codes.length === 1 ? ('lone' as const) : index === 0 ? ('first' as const) : ('further' as const),
    absent: `${code} is not in ${files}. Is it of an older classification? Nothing is guessed: mend the career's soc.`,
  }))
}
