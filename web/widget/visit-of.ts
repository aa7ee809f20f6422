import type { Visit } from '../form/requests.ts'

type Place = { origin: string; pathname: string; search: string }

/** The page that the form is on, where its visitor came from, and the campaign labels of its address. */
export function visitOf({ origin, pathname, search }: Place, referrer: string): Visit {
  const whole = `${origin}${pathname}${search}`
  const utm = utmOf(search)
  return {
    page: {
      url: whole.length <= longestUrl ? whole : `${origin}${pathname}`.slice(0, longestUrl),
      ...(/^https?:\/\//.test(referrer) && referrer.length <= longestUrl && { referrer }),
    },
    ...(Object.keys(utm).length > 0 && { utm }),
  }
}

function utmOf(search: string): { [name: string]: string } {
  const labels = [...new URLSearchParams(search)].flatMap(([name, value]) => {
    const label = /^utm_([a-z0-9_]{1,40})$/i.exec(name)?.[1]
    return label === undefined || label === '__proto__' || label === 'constructor' || value === ''
      ? []
      : [[label, value.slice(0, 200)] as const]
  })
  return Object.fromEntries(labels.slice(0, 20))
}

const longestUrl = 2048
