import type { PageVisit } from '../form/build-requests.ts'

type PageLocation = { origin: string; pathname: string; search: string }

/** Address and referrer of the page with the form, and the UTM labels of the address. Values that the API would refuse are shortened or left out. */
export function readPageVisit({ origin, pathname, search }: PageLocation, referrer: string): PageVisit {
  const fullUrl = `${origin}${pathname}${search}`
  const utm = parseUtm(search)
  return {
    page: {
      url: fullUrl.length <= maxUrlLength ? fullUrl : `${origin}${pathname}`.slice(0, maxUrlLength),
      ...(/^https?:\/\//.test(referrer) && referrer.length <= maxUrlLength && { referrer }),
    },
    ...(Object.keys(utm).length > 0 && { utm }),
  }
}

function parseUtm(search: string): { [name: string]: string } {
  const labels = [...new URLSearchParams(search)].flatMap(([name, value]) => {
    const label = /^utm_([a-z0-9_]{1,40})$/i.exec(name)?.[1]
    return label === undefined || label === '__proto__' || label === 'constructor' || value === ''
      ? []
      : [[label, value.slice(0, 200)] as const]
  })
  return Object.fromEntries(labels.slice(0, 20))
}

const maxUrlLength = 2048
