import { readFileSync } from 'node:fs'
import { recordKinds } from '#shared/contract/catalog/records.ts'
import { accountKind } from '#shared/domain/reporting/ledger/account.ts'

/**
 * The pages of an app that none of the paths shows, as their patterns, such as `/leads/:leadId`. Patterns are read from the
 * source, so that a page that is added later is one of them.
 */
export function findUncoveredPages(app: 'console' | 'portal', paths: readonly string[]): string[] {
  const source = readFileSync(new URL(`../../web/${app}/${app}.tsx`, import.meta.url), 'utf8')
  const patterns = [...source.matchAll(/pattern: (['`])(.+?)\1/g)].flatMap(([, , pattern = '']) => expandKinds(pattern))
  if (patterns.length < 5) throw new Error(`No patterns are in the source of the ${app}.`)
  const pathnames = paths.map((path) => path.split('?')[0] ?? '')
  return [...patterns, '/account'].filter((pattern) => {
    const expression = new RegExp(`^${pattern.replaceAll(/:\w+/g, '(?!new$)[^/]+')}$`)
    return !pathnames.some((pathname) => expression.test(pathname))
  })
}

/** A pattern of accounts is one for each kind. Pages of records are made from one table, so one kind stands for all. */
function expandKinds(pattern: string): string[] {
  if (!kindPlaceholder.test(pattern)) return [pattern]
  if (!pattern.startsWith('/accounts/')) return [pattern.replace(kindPlaceholder, `(${recordKinds.join('|')})`)]
  return accountKind.options.map((kind) => pattern.replace(kindPlaceholder, kind))
}

const kindPlaceholder = /\$\{kind\}/
