import type { PageVisit } from './build-requests.ts'

const utmName = /^utm_[a-z]\w{0,39}$/i
/** `sub1`, `subId2`, `sub_id`, and the click IDs of ad networks, such as `gclid`. */
const subIdName = /^(sub(_?id)?_?\d{0,2}|[a-z]{1,10}clid|gbraid|wbraid)$/i

/**
 * Address and referrer of the page with the form, and the UTM labels, sub IDs and click IDs of the address. The API cleans and
 * cuts them; here they only stay far below the limit of a request.
 */
export function readPageVisit(address: URL, referrer: string): PageVisit {
  const { protocol, origin, pathname, search, searchParams } = address
  const utm = pickLabels(searchParams, utmName).map(([name, value]) => [name.slice('utm_'.length), value] as const)
  const subIds = pickLabels(searchParams, subIdName)
  // The path of a generated page (`blob:`, `data:`) is another address, or its whole content.
  const url = protocol.startsWith('http') ? origin + pathname + search : origin
  return {
    page: { url: url.slice(0, 2048), ...(referrer && { referrer }) },
    ...(utm.length > 0 && { utm: Object.fromEntries(utm) }),
    ...(subIds.length > 0 && { subIds: Object.fromEntries(subIds) }),
  }
}

/** The labels of an address or of a posted form, by the names that they have in an address. */
export function collectVisitLabels(entries: Iterable<readonly [string, string]>): URLSearchParams {
  const all = [...entries]
  return new URLSearchParams([utmName, subIdName].flatMap((names) => pickLabels(all, names).map(([...pair]) => pair)))
}

function pickLabels(entries: Iterable<readonly [string, string]>, names: RegExp) {
  const labels = [...entries].filter(([name, value]) => value && names.test(name))
  return labels.slice(0, 20).map(([name, value]) => [name, value.slice(0, 300)] as const)
}
