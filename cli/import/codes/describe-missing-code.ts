import { isCombinedCode } from './combined-codes.ts'
import { isMilitary, soc2018 } from './soc-2018.ts'

/** Says why a file has nothing for a code, as far as that is known. @param files such as `the wage files` */
export function describeMissingCode(soc: string, files: string): string {
  if (isMilitary(soc))
    return `${soc} is an occupation of the armed forces, and there are only civilian jobs in ${files}.`
  if (soc2018.has(soc)) return `${soc} is a code of SOC 2018, but has no row in ${files}.`
  if (isCombinedCode(soc))
    return `${soc} combines several occupations of SOC 2018, and has no row in ${files}. Enter the codes of its parts as the career's soc.`
  return `${soc} is no code of SOC 2018. Correct the career's soc.`
}
