import type { Lead } from '../lead.ts'

type Context = Pick<Lead, 'page' | 'subIds' | 'utm'>

/** Identifiers by which an ad network finds the person again. */
const adIdentifier = /^([a-z]{1,10}clk?id|gbraid|wbraid|fbc|fbp)$/i

/** Whether a label with this name is an identifier of one click or person. */
export function isAdIdentifier(name: string): boolean {
  return adIdentifier.test(name)
}

/** What is stored of where a visitor with Global Privacy Control came from: nothing by which an ad network finds them again. */
export function removeAdIdentifiers({ page, subIds, utm }: Context): Context {
  return {
    page: { url: removeQuery(page.url) },
    ...(subIds && { subIds: removeLabels(subIds) }),
    ...(utm && { utm: removeLabels(utm) }),
  }
}

function removeQuery(url: string): string {
  return url.replace(/[?#].*$/s, '')
}

function removeLabels(labels: { [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(Object.entries(labels).filter(([label]) => !isAdIdentifier(label)))
}
