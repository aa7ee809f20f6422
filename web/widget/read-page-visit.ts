import type { PageVisit } from '../form/build-requests.ts'

/**
 * Address and referrer of the page with the form, and the UTM labels of the address. The API cleans and cuts them; here they
 * only stay far below the limit of a request.
 */
export function readPageVisit({ origin, pathname, search, searchParams }: URL, referrer: string): PageVisit {
  const labels = [...searchParams].flatMap(([name, value]) =>
    value && /^utm_[a-z]\w{0,39}$/i.test(name) ? [[name.slice(4), value.slice(0, 300)] as const] : [],
  )
  return {
    page: { url: (origin + pathname + search).slice(0, 2048), ...(referrer && { referrer }) },
    ...(labels.length > 0 && { utm: Object.fromEntries(labels.slice(0, 20)) }),
  }
}
